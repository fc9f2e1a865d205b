import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type Difference, differingRegions, diffLeaves, diffNames } from '../../src/changes/diff.ts'
import { walkPage } from '../../src/changes/walk.ts'
import {
  type LeafFacts,
  type LeafReference,
  type Names,
  placementOf,
  splitNames,
} from '../../src/edition/directory.ts'
import { StoredObject, writeObject } from '../../src/edition/object.ts'
import { objectKey, type Store } from '../../src/edition/store.ts'
import { platform } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { must } from '../support/results.ts'

/** A directory of so many names, of which some are left out, changed or new. */
type Shape = { readonly size: number; readonly gone: number; readonly edited: number }

function namesOf({ size, gone, edited }: Shape, version: number): Names {
  const names = Array.from({ length: size }, (_, n) => `name-${n}`)
  const kept = names.filter((_, n) => gone === 0 || n % gone !== version)
  return new Map(
    kept.map((name, n) => {
      const changed = edited > 0 && n % edited === 0 ? version : 0
      return [name, { object: `${changed}`.padEnd(43, 'x'), changed }]
    }),
  )
}

async function leavesOf(names: Names, store: Store): Promise<LeafReference[]> {
  return Promise.all(
    splitNames(names).map(async ({ prefix, facts }) => {
      const { digest, bytes } = writeObject('leaf', facts, [], platform)
      await store.put([[objectKey(digest), bytes]])
      return { prefix, object: digest, changed: 0 }
    }),
  )
}

const shape = fc.record({
  size: fc.constantFrom(0, 1, 100, 256, 257, 600, 2000),
  gone: fc.constantFrom(0, 0, 2, 7, 500),
  edited: fc.constantFrom(0, 1, 3, 400),
})

describe('a walk through the difference of two directories', () => {
  it('finds all of it, once, page by page, whatever the sizes and the limits', async ({
    expect,
  }) => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        shape,
        fc.constantFrom(1, 8, 32),
        fc.constantFrom(60, 100, 5000),
        async (one, other, leaves, names) => {
          const store = aStore()
          const [before, after] = [namesOf(one, 1), namesOf(other, 2)]
          const [from, to] = [await leavesOf(before, store), await leavesOf(after, store)]
          const found: Difference[] = []
          let end: string | undefined
          do {
            let reads = 0
            const page = await walkPage({
              from,
              to,
              after: end,
              limits: { leaves, names },
              leaf: async ({ object }) => {
                reads += 1
                const [bytes] = await store.get([objectKey(object)])
                return bytes && new StoredObject<LeafFacts>(bytes).facts
              },
              counts: () => true,
            })
            if ('lost' in page) throw new Error(page.lost)
            expect(page.differences.length).toBeLessThanOrEqual(names)
            // Beyond its limit, a page reads only what leaves of another shape make it read.
            expect(reads).toBeLessThanOrEqual(2 * Math.max(leaves, 8) + 32)
            found.push(...page.differences)
            end = page.end
          } while (end !== undefined)
          expect(found.map(({ name }) => name)).toEqual(
            found.map(({ name }) => name).toSorted(byPlacement),
          )
          const all = diffNames(before, after)
          expect(found.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(all)
          expect(must(await diffLeaves(store, from, to))).toEqual(all)
        },
      ),
      { seed: 7, numRuns: 40 },
    )
  })

  it('covers every placement once, and skips leaves that are the same', ({ expect }) => {
    const leaf = (prefix: string, object = prefix): LeafReference => ({
      prefix,
      object,
      changed: 0,
    })
    const regions = (from: string[], to: string[]): string[] =>
      differingRegions(
        from.map((prefix) => leaf(prefix, `a${prefix}`)),
        to.map((prefix) => leaf(prefix, `b${prefix}`)),
      ).map(({ prefix, before, after }) => `${prefix}:${before?.prefix}:${after?.prefix}`)
    expect(regions([''], ['0', '10', '11'])).toEqual(['0::0', '10::10', '11::11'])
    expect(regions(['00', '01', '1'], ['0', '10', '11'])).toEqual([
      '00:00:0',
      '01:01:0',
      '10:1:10',
      '11:1:11',
    ])
    expect(regions([], ['0', '1'])).toEqual(['0:undefined:0', '1:undefined:1'])
    expect(differingRegions([leaf('0'), leaf('1')], [leaf('0'), leaf('1')])).toEqual([])
  })

  it('says which side cannot be read', async ({ expect }) => {
    const reference = (object: string): LeafReference => ({ prefix: '', object, changed: 0 })
    const walk = (lost: string) =>
      walkPage({
        from: [reference('old')],
        to: [reference('new')],
        after: undefined,
        limits: { leaves: 32, names: 100 },
        leaf: async ({ object }) => (object === lost ? undefined : { names: {} }),
        counts: () => true,
      })
    expect(await walk('old')).toEqual({ lost: 'before' })
    expect(await walk('new')).toEqual({ lost: 'after' })
    expect(await walk('')).toEqual({ differences: [], end: undefined })
  })
})

function byPlacement(a: string, b: string): number {
  return placementOf(a) + a < placementOf(b) + b ? -1 : 1
}
