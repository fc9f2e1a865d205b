import fc from 'fast-check'
import { describe, it } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { type Edition, loadEdition, loadObject } from '../../src/edition/edition.ts'
import type { ArchiveFacts, FeedFacts } from '../../src/edition/facts.ts'
import type { Store } from '../../src/edition/store.ts'
import { aCache, anArticle, type Files, NOW, SITE } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const DAY = 86_400
/** Rendered once for all runs. */
const cache = aCache()

async function published(store: Store, files: Files, now = NOW): Promise<Edition> {
  const { current } = await publishTo(store, files, now, aPublisher(store, now, cache))
  const edition = must(await loadEdition(store, current.edition))
  return edition
}

/** From the subscription document back to the first archive: the ids of each document. */
async function walk(store: Store, edition: Edition, feed = '/'): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (let name: string | undefined = feed; name !== undefined; ) {
    const digest: string = edition.documents.get(name)?.object ?? ''
    const object = await loadObject<FeedFacts | ArchiveFacts>(store, digest)
    if (!object) throw new Error(`${name} is not there`)
    found.set(
      name,
      object.facts.entries.map(({ id }) => id),
    )
    name = object.facts.previous
  }
  return found
}

/** Articles at instants; every tenth one may be retracted. */
function filesAt(instants: readonly number[], retracted = -1): Record<string, string> {
  return Object.fromEntries(
    instants.map((instant, n) => [
      `s-${n}.md`,
      anArticle({
        published: formatInstant(instant),
        ...(n === retracted ? { status: 'retracted' } : {}),
      }),
    ]),
  )
}

const instants = fc.array(fc.integer({ min: NOW - 200 * DAY, max: NOW - 1 }), {
  minLength: 1,
  maxLength: 160,
})

/** The folder of an archive's documents; its page is another document. */
const ARCHIVE = /\/archive\/\d[\w-]*\/$/

describe('the archives of a feed', () => {
  it('hold every article once, and the walk from the subscription document misses none', async ({
    expect,
  }) => {
    await fc.assert(
      fc.asyncProperty(instants, async (times) => {
        const store = aStore()
        const edition = await published(store, filesAt(times))
        const [subscription = [], ...archives] = (await walk(store, edition)).values()
        const all = times.map((_, n) => `s-${n}`)
        expect(new Set([...subscription, ...archives.flat()])).toEqual(new Set(all))
        expect(new Set(archives.flat()).size).toBe(archives.flat().length)
        for (const ids of archives) expect(ids.length).toBeLessThanOrEqual(50)
      }),
      { seed: 41, numRuns: 25 },
    )
  })

  it('keep their bytes whatever is published later, and count retracted articles as before', async ({
    expect,
  }) => {
    await fc.assert(
      fc.asyncProperty(instants, fc.nat({ max: 400 }), async (times, ahead) => {
        const store = aStore()
        const first = await published(store, filesAt(times))
        const later = times.concat(NOW + ahead * 3600, NOW + ahead * 7200)
        const second = await published(store, filesAt(later), NOW + 900 * 3600)
        const closed = [...first.documents].filter(([name]) => ARCHIVE.test(name))
        for (const [name, entry] of closed) expect(second.documents.get(name)).toEqual(entry)

        const gone = await published(store, filesAt(later, 0), NOW + 901 * 3600)
        const rewritten = [...second.documents].filter(
          ([name, { object }]) => ARCHIVE.test(name) && gone.documents.get(name)?.object !== object,
        )
        expect(rewritten.length).toBeLessThanOrEqual(1)
      }),
      { seed: 42, numRuns: 15 },
    )
  })

  it('are named by their period, and close at 50 entries or with the month', async ({ expect }) => {
    const store = aStore()
    const january = Array.from({ length: 120 }, (_, n) => NOW - 50 * DAY + n * 60)
    const february = Array.from({ length: 50 }, (_, n) => NOW - 20 * DAY + n * 60)
    const edition = await published(store, filesAt([...january, ...february]))
    expect([...(await walk(store, edition)).keys()]).toEqual([
      '/',
      '/archive/2026-02/',
      '/archive/2026-01-3/',
      '/archive/2026-01-2/',
      '/archive/2026-01/',
    ])
    const more = await published(store, filesAt([...january, ...february, NOW - DAY]), NOW + 60)
    expect([...(await walk(store, more)).keys()].slice(0, 2)).toEqual(['/', '/archive/2026-02/'])
    expect((await walk(store, more)).get('/')).toHaveLength(30)
  })

  it('exist for the feed of everything, and for declared feeds that ask for them', async ({
    expect,
  }) => {
    const store = aStore()
    const declared = 'feeds:\n  all: { title: All, archives: true, filter: { section: news } }\n'
    const times = Array.from({ length: 60 }, (_, n) => NOW - 50 * DAY + n * 60)
    const files = Object.fromEntries(
      times.map((time, n) => [
        `s-${n}.md`,
        anArticle({ published: formatInstant(time), section: 'news', tags: '[a]' }),
      ]),
    )
    const edition = await published(store, { ...files, 'site.yaml': SITE + declared })
    const archives = [...edition.documents.keys()].filter((name) => ARCHIVE.test(name))
    expect(archives.sort()).toEqual(['/archive/2026-01/', '/feeds/all/archive/2026-01/'])
    const off = await published(
      store,
      { ...files, 'site.yaml': `${SITE}archives: false\n` },
      NOW + 60,
    )
    expect([...off.documents.keys()].filter((name) => /archive/.test(name))).toEqual([])
  })
})
