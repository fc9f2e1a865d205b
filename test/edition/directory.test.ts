import fc from 'fast-check'
import { describe, it } from 'vitest'
import { applyDiff, diffNames } from '../../src/changes/diff.ts'
import {
  type DirectoryEntry,
  entryIn,
  leafOf,
  placementOf,
  splitNames,
} from '../../src/edition/directory.ts'

const anyEntry: fc.Arbitrary<DirectoryEntry> = fc.record({
  object: fc.constantFrom('a'.repeat(43), 'b'.repeat(43)),
  changed: fc.integer({ min: 0, max: 3 }),
})
const anyName = fc.oneof(
  fc.string(),
  fc.integer({ max: 5000, min: 0 }).map((n) => `story-${n}`),
  fc.constant('__proto__'),
)
const anyNames = fc
  .array(fc.tuple(anyName, anyEntry), { maxLength: 40 })
  .map((pairs) => new Map(pairs))

function aDirectory(size: number): Map<string, DirectoryEntry> {
  return new Map(
    Array.from({ length: size }, (_, n) => [`story-${n}`, { object: 'a'.repeat(43), changed: n }]),
  )
}

describe('a directory', () => {
  it('finds every name in the one leaf that its placement names, and no other name', ({
    expect,
  }) => {
    for (const size of [0, 1, 256, 257, 5000]) {
      const names = aDirectory(size)
      const leaves = splitNames(names)
      const references = leaves.map(({ prefix }) => ({ prefix, object: prefix, changed: 0 }))
      const find = (name: string): DirectoryEntry | undefined => {
        const leaf = leaves.find(({ prefix }) => prefix === leafOf(references, name)?.prefix)
        return leaf && entryIn(leaf.facts, name)
      }
      for (const [name, entry] of names) expect(find(name)).toEqual(entry)
      for (const name of ['nothing', 'toString', '__proto__', ''])
        expect(find(name)).toBeUndefined()
    }
  })

  it('has leaves of at most 256 names, that cover every placement once', ({ expect }) => {
    const leaves = splitNames(aDirectory(5000))
    expect(leaves.every(({ facts }) => Object.keys(facts.names).length <= 256)).toBe(true)
    expect(leaves.reduce((sum, { prefix }) => sum + 2 ** -prefix.length, 0)).toBe(1)
    expect(leaves.length).toBeLessThan(60)
  })

  it('is cut into the same leaves whatever the order of names', ({ expect }) => {
    fc.assert(
      fc.property(anyNames, (names) => {
        const shuffled = new Map([...names].reverse())
        expect(JSON.stringify(splitNames(shuffled))).toBe(JSON.stringify(splitNames(names)))
      }),
      { seed: 21 },
    )
  })

  it('changes few leaves when a name is added', ({ expect }) => {
    const before = new Set(splitNames(aDirectory(5000)).map((leaf) => JSON.stringify(leaf)))
    const after = splitNames(aDirectory(5001)).map((leaf) => JSON.stringify(leaf))
    expect(after.filter((leaf) => !before.has(leaf)).length).toBeLessThanOrEqual(2)
  })

  it('spreads names evenly over the bits of their placement', ({ expect }) => {
    const ones = Array.from({ length: 32 }, () => 0)
    for (const name of aDirectory(4000).keys()) {
      for (const [bit, digit] of [...placementOf(name)].entries())
        ones[bit] = (ones[bit] ?? 0) + Number(digit)
    }
    for (const count of ones) expect(Math.abs(count / 4000 - 0.5)).toBeLessThan(0.05)
  })
})

describe('the difference of two directories', () => {
  it('is empty between a directory and itself', ({ expect }) => {
    fc.assert(
      fc.property(anyNames, (names) => {
        expect(diffNames(names, new Map(names))).toEqual([])
      }),
      { seed: 22 },
    )
  })

  it('turns the first into the second', ({ expect }) => {
    fc.assert(
      fc.property(anyNames, anyNames, (a, b) => {
        expect(applyDiff(a, diffNames(a, b))).toEqual(b)
      }),
      { seed: 23, numRuns: 300 },
    )
  })
})
