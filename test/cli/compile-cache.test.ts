import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'

import { afterAll, beforeAll, beforeEach, describe, it, type MockInstance, vi } from 'vitest'
import { isWhole } from '../../src/compile/compile-cache.ts'
import { openCache, withWholeCache } from '../../src/machine/compile-cache.ts'

import { anArticle, type Files, NOW, platform } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'

const FILES: Files = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [`s-${n}.md`, anArticle({}, `Text ${n} `.repeat(200))]),
)

const folder = mkdtempSync(join(tmpdir(), 'edgewire-cache-'))
const file = join(folder, 'cache.db')
let sound = new Uint8Array()
let wanted: string[] = []
let told: MockInstance<typeof process.stderr.write>

/** Publishes into a new store, from the cache as it lies there. */
async function publishFrom(): Promise<MemoryStore> {
  const store = aStore()
  const cache = openCache(folder, NOW)
  await withWholeCache(cache, () => publishTo(store, FILES, NOW, aPublisher(store, NOW, cache)))
  cache.close()
  return store
}

function damagedIn(store: MemoryStore): string[] {
  return [...store.values]
    .filter(([key, bytes]) => key !== 'head' && !isWhole(bytes, key.slice(2), platform))
    .map(([key]) => key)
}

/** Changes rows of the cache as somebody might who has a database at hand. */
function tamper(sql: string): void {
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}

beforeAll(async () => {
  wanted = [...(await publishFrom()).values.keys()].sort()
  sound = new Uint8Array(readFileSync(file))
})

beforeEach(() => {
  told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
  writeFileSync(file, sound)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a compile cache', () => {
  it('is used as it is if nothing happened to it', async ({ expect }) => {
    expect([...(await publishFrom()).values.keys()].sort()).toEqual(wanted)
    expect(told).not.toHaveBeenCalled()
  })

  it('is thrown away with a message if bits have flipped, and is never published', async ({
    expect,
  }) => {
    const flips = fc.array(fc.nat({ max: sound.length - 1 }), { minLength: 1, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(flips, fc.integer({ min: 1, max: 255 }), async (places, mask) => {
        for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
        const bytes = sound.slice()
        for (const place of places) bytes[place] = (bytes[place] ?? 0) ^ mask
        writeFileSync(file, bytes)
        const store = await publishFrom()
        expect([...store.values.keys()].sort()).toEqual(wanted)
        expect(damagedIn(store)).toEqual([])
      }),
      { numRuns: 15, seed: 12 },
    )
  })

  it.for([
    ['emptied', () => new Uint8Array()],
    ['garbled', () => new Uint8Array(5000).fill(7)],
    ['cut in half', () => sound.slice(0, sound.length / 2)],
    ['cut at its end', () => sound.slice(0, -100)],
    ['of a version that may not be written', () => sound.map((byte, at) => (at === 18 ? 7 : byte))],
  ] as const)('that is %s is made anew', async ([, damaged], { expect }) => {
    writeFileSync(file, damaged())
    const store = await publishFrom()
    expect([...store.values.keys()].sort()).toEqual(wanted)
    expect(damagedIn(store)).toEqual([])
  })

  it.for([
    ['a text of another key', 'UPDATE memo SET text = (SELECT text FROM memo LIMIT 1)'],
    [
      'a row of another key, with its check',
      `UPDATE memo SET text = one.text, mark = one.mark
       FROM (SELECT text, mark FROM memo WHERE text LIKE '%"object"%' LIMIT 1) AS one`,
    ],
    ['another object', 'UPDATE objects SET bytes = (SELECT bytes FROM objects LIMIT 1)'],
    ['half of each object', 'UPDATE objects SET bytes = substr(bytes, 1, length(bytes) / 2)'],
    ['sizes that are none', "UPDATE objects SET size = 'x'"],
    ['no bytes, where a size is known', "UPDATE objects SET bytes = x''"],
    ['a number that is too large', 'UPDATE objects SET size = 9223372036854775807'],
    [
      'a constraint that nobody wrote',
      `DELETE FROM memo; CREATE TRIGGER no BEFORE INSERT ON memo BEGIN SELECT RAISE(ABORT, ''); END`,
    ],
  ] as const)('that holds %s is found out', async ([, sql], { expect }) => {
    tamper(sql)
    const store = await publishFrom()
    expect([...store.values.keys()].sort()).toEqual(wanted)
    expect(damagedIn(store)).toEqual([])
    expect(told).toHaveBeenCalledWith(expect.stringMatching(/damaged: it is thrown away/))
  })

  it('takes what two processes write, one after the other', ({ expect }) => {
    const [one, two] = [openCache(folder, NOW), openCache(folder, NOW)]
    one.remember('a', '1')
    one.close()
    two.remember('b', '2')
    expect([two.recall('a'), two.recall('b')]).toEqual(['1', '2'])
    two.close()
  })
})
