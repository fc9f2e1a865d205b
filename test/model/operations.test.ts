import { describe, it } from 'vitest'
import { CountedLocation, type Counts } from '../bench/counted.ts'
import { editionAt, grow, putGrown } from '../bench/grown.ts'
import { anArticle, NOW } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'

const GZIP = { 'Accept-Encoding': 'gzip' }
const PATHS = ['/rss.xml', '/feed.json', '/', '/articles/s-7', '/articles/s-7.json', '/articles/no']

async function published(): Promise<MemoryStore> {
  const store = aStore()
  const files = Array.from({ length: 10 }, (_, n) => [`s-${n}.md`, anArticle()] as const)
  await publishTo(store, Object.fromEntries(files))
  return store
}

/** What a path costs a location that has nothing, and then the same isolate. */
async function countsOf(store: MemoryStore, path: string): Promise<{ cold: Counts; warm: Counts }> {
  const location = new CountedLocation((key) => store.values.get(key))
  await location.ask(path, GZIP, NOW + 5)
  const cold = { ...location.counts, bytesRead: 0 }
  await location.ask(path, GZIP, NOW + 5)
  return { cold, warm: { ...location.counts, bytesRead: 0 } }
}

describe('the operations of a request', () => {
  it('are the same with ten articles and with 100,000', async ({ expect }) => {
    const [small, large] = [await published(), await published()]
    const { timeline } = JSON.parse(new TextDecoder().decode(large.values.get('head'))) as {
      timeline: { edition: string }[]
    }
    const edition = await editionAt(large, timeline[0]?.edition ?? '')
    await putGrown(large, grow(edition, 100_000, NOW))
    for (const path of PATHS)
      expect(await countsOf(large, path)).toEqual(await countsOf(small, path))
  })

  it('look up and write each object in the edge cache once', async ({ expect }) => {
    const store = await published()
    for (const path of PATHS) {
      const { cold, warm } = await countsOf(store, path)
      // Of `head` too, beside the answer: it is kept for when KV fails.
      expect(cold).toMatchObject({ matches: cold.reads, puts: cold.reads })
      expect(cold.reads).toBeLessThanOrEqual(6)
      expect(warm).toEqual(cold)
    }
  })
})
