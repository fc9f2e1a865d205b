import fc from 'fast-check'
import { describe, it } from 'vitest'
import { applyDiff, diffLeaves } from '../../src/changes/diff.ts'
import { type Edition, loadEdition, loadObject, reachedBy } from '../../src/edition/edition.ts'
import type { FeedFacts, RetractionFacts } from '../../src/edition/facts.ts'
import { parseHead, positionAt } from '../../src/edition/head.ts'
import { digestOf } from '../../src/edition/object.ts'
import { objectKey } from '../../src/edition/store.ts'
import { fail } from '../../src/markup/result.ts'
import { anyFiles } from '../support/arbitraries.ts'
import { anArticle, type Files, NOW, platform, SITE } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aPublisher, publishTo, type Told, tryPublish } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const HOUR = 3600
const DAY = 86_400

const publishFiles = (store: MemoryStore, files: Files, now = NOW): Promise<Told> =>
  publishTo(store, files, now)

async function editionOf(store: MemoryStore, { edition }: { edition: string }): Promise<Edition> {
  const loaded = must(await loadEdition(store, edition))
  return loaded
}

const at = (instant: number): string => `${new Date(instant * 1000).toISOString().slice(0, 19)}Z`

describe('publishing', () => {
  it('gives the same digests whatever the order of files', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(anyFiles, async (files) => {
        const shuffled = Object.fromEntries(Object.entries(files).reverse())
        const [a, b] = [aStore(), aStore()]
        const first = await publishFiles(a, files)
        const second = await publishFiles(b, shuffled)
        expect(second.current).toEqual(first.current)
        expect([...b.values.keys()].sort()).toEqual([...a.values.keys()].sort())
      }),
      { seed: 31, numRuns: 50 },
    )
  })

  it('stores every object under the digest of what it contains', async ({ expect }) => {
    const store = aStore()
    const { current } = await publishFiles(store, {
      'a.md': anArticle({}, '![x](a.png)'),
      'a.png': new Uint8Array([1]),
    })
    const edition = await editionOf(store, current)
    for (const digest of reachedBy(edition)) {
      const object = await loadObject(store, digest)
      expect(object && digestOf(object.header, platform)).toBe(digest)
    }
    expect(store.values.size).toBe(new Set(reachedBy(edition)).size + 1)
  })

  it('writes objects first and head last', async ({ expect }) => {
    const store = aStore()
    await publishFiles(store, { 'a.md': anArticle() })
    expect(store.written.at(-1)).toBe('head')
    expect(store.written.slice(0, -1).every((key) => key.startsWith('o/'))).toBe(true)
  })

  it('writes nothing if nothing changed, whatever the time', async ({ expect }) => {
    const store = aStore()
    const files = {
      'a.md': anArticle(),
      'gone.md': anArticle({ status: 'retracted' }),
      'due.md': anArticle({ published: at(NOW + DAY) }),
      'far.md': anArticle({ published: '2099-01-01T00:00:00Z' }),
    }
    const first = await publishFiles(store, files)
    const again = await publishFiles(store, files, NOW + HOUR)
    expect(first.changes.map(({ id }) => id)).toEqual(['a', 'gone'])
    expect(again).toMatchObject({
      changes: [],
      current: first.current,
      scheduled: first.scheduled,
      written: { keys: 0, bytes: 0 },
    })
    expect(first.waiting).toEqual([{ id: 'far', published: 4_070_908_800 }])
  })

  it('writes one article and what it appears in, and nothing else', async ({ expect }) => {
    const store = aStore()
    const many = Object.fromEntries(
      Array.from({ length: 310 }, (_, n) => [`s-${n}.md`, anArticle()]),
    )
    await publishFiles(store, many)
    store.written.length = 0
    const { written } = await publishFiles(
      store,
      { ...many, 'new.md': anArticle({ title: 'New' }) },
      NOW + HOUR,
    )
    // Article and its leaf, feed, front page, a part of the sitemap and its index, their leaf, the
    // edition, head.
    expect(written.keys).toBe(9)
    expect(store.written).toHaveLength(9)
  })

  it('never overwrites an object', async ({ expect }) => {
    const store = aStore()
    await publishFiles(store, { 'a.md': anArticle() })
    await publishFiles(store, { 'a.md': anArticle({ title: 'B' }) }, NOW + 1)
    await publishFiles(store, { 'a.md': anArticle({ title: 'C' }), 'b.md': anArticle() }, NOW + 2)
    const objects = store.written.filter((key) => key !== 'head')
    expect(new Set(objects).size).toBe(objects.length)
  })

  it('never asks for a key that no edition names', async ({ expect }) => {
    const store = aStore()
    await publishFiles(store, { 'a.md': anArticle() })
    await publishFiles(store, { 'a.md': anArticle(), 'b.md': anArticle() }, NOW + 1)
    for (const key of store.reads) expect(key === 'head' || store.values.has(key)).toBe(true)
  })

  it('refuses a namespace of another site, and touches nothing', async ({ expect }) => {
    const store = aStore()
    await publishFiles(store, { 'a.md': anArticle() })
    const before = new Map(store.values)
    const other = {
      'a.md': anArticle(),
      'site.yaml': SITE.replace('example.org,2026', 'example.net,2020'),
    }
    expect(await tryPublish(aPublisher(store, NOW + 1), other)).toEqual(
      fail({ reason: 'other-site', site: 'example.org,2026', own: 'example.net,2020' }),
    )
    expect(store.values).toEqual(before)
  })

  it('refuses a head that it cannot read, or that a newer version wrote', async ({ expect }) => {
    const files = { 'a.md': anArticle() }
    const store = aStore()
    store.values.set('head', new TextEncoder().encode('hello'))
    expect(await tryPublish(aPublisher(store), files)).toEqual(fail({ reason: 'unreadable-head' }))
    const head = {
      schema: 99,
      site: 'x',
      timeline: [{ at: 1, number: 1, edition: 'a'.repeat(43) }],
      last: 1,
      written: 1,
    }
    store.values.set('head', new TextEncoder().encode(JSON.stringify(head)))
    expect(await tryPublish(aPublisher(store), files)).toEqual(
      fail({ reason: 'newer-schema', schema: 99 }),
    )
  })

  it('says which object of the published edition cannot be read', async ({ expect }) => {
    const store = aStore()
    const { current } = await publishFiles(store, { 'a.md': anArticle() })
    store.values.delete(objectKey(current.edition))
    expect(await tryPublish(aPublisher(store, NOW + 1), { 'a.md': anArticle() })).toEqual(
      fail({ reason: 'missing-object', digest: current.edition }),
    )
  })
})

describe('the timeline', () => {
  it('holds an edition for each instant of the coming week at which something is due', async ({
    expect,
  }) => {
    const store = aStore()
    const { scheduled } = await publishFiles(store, {
      'a.md': anArticle(),
      'b.md': anArticle({ published: at(NOW + DAY) }),
      'c.md': anArticle({ published: at(NOW + DAY) }),
      'd.md': anArticle({ published: at(NOW + 2 * DAY) }),
      'e.md': anArticle({ published: at(NOW + 8 * DAY) }),
    })
    expect(scheduled.map((milestone) => milestone.at)).toEqual([NOW + DAY, NOW + 2 * DAY])
    const [first, second] = await Promise.all(
      scheduled.map((milestone) => editionOf(store, milestone)),
    )
    expect([...(first?.articles.keys() ?? [])].sort()).toEqual(['a', 'b', 'c'])
    expect([...(second?.articles.keys() ?? [])].sort()).toEqual(['a', 'b', 'c', 'd'])
    expect(second?.articles.get('d')?.changed).toBe(NOW + 2 * DAY)
  })

  it('names at most eight, and says what waits beyond them', async ({ expect }) => {
    const files = Object.fromEntries(
      Array.from({ length: 10 }, (_, n) => [
        `s-${n}.md`,
        anArticle({ published: at(NOW + (n + 1) * HOUR) }),
      ]),
    )
    const { scheduled, waiting } = await publishFiles(aStore(), files)
    expect(scheduled).toHaveLength(8)
    expect(waiting.map(({ id }) => id)).toEqual(['s-8', 's-9'])
  })

  it('takes over a due edition as it was when its instant has passed', async ({ expect }) => {
    const store = aStore()
    const files = { 'a.md': anArticle(), 'b.md': anArticle({ published: at(NOW + HOUR) }) }
    const { scheduled } = await publishFiles(store, files)
    const later = await publishFiles(store, files, NOW + 2 * HOUR)
    expect(later.current).toEqual(scheduled[0])
    expect(later.written.keys).toBe(0)
  })

  it('gives every edition a higher number than all before it', async ({ expect }) => {
    const store = aStore()
    const due = { 'b.md': anArticle({ published: at(NOW + HOUR) }) }
    const first = await publishFiles(store, { 'a.md': anArticle(), ...due })
    const second = await publishFiles(
      store,
      { 'a.md': anArticle({ title: 'Z' }), ...due },
      NOW + 60,
    )
    const numbers = [first.current, ...first.scheduled, second.current, ...second.scheduled].map(
      ({ number }) => number,
    )
    expect(numbers).toEqual([1, 2, 3, 4])
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    expect(head?.timeline.map(({ number }) => number)).toEqual([1, 3, 4])
    expect(head && positionAt(head, NOW + HOUR)?.current.number).toBe(4)
  })

  it('keeps the editions whose successor is younger than ten minutes, and one more', async ({
    expect,
  }) => {
    const store = aStore()
    for (const [index, title] of ['A', 'B', 'C', 'D'].entries()) {
      await publishFiles(store, { 'a.md': anArticle({ title }) }, NOW + index * HOUR)
    }
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    expect(head?.timeline.map(({ number }) => number)).toEqual([2, 3, 4])
  })
})

describe('the news for readers', () => {
  it('moves an article’s date with its text, and not with its page alone', async ({ expect }) => {
    const store = aStore()
    const first = await publishFiles(store, { 'a.md': anArticle() })
    const named = {
      'a.md': anArticle(),
      'site.yaml': SITE.replace('base:', 'navigation: [{title: Home, path: /}]\nbase:'),
    }
    const second = await publishFiles(store, named, NOW + HOUR)
    const third = await publishFiles(
      store,
      { ...named, 'a.md': anArticle({}, 'Other text') },
      NOW + 2 * HOUR,
    )
    const dates = await Promise.all(
      [first, second, third].map(
        async ({ current }) => (await editionOf(store, current)).articles.get('a')?.changed,
      ),
    )
    expect(dates).toEqual([NOW, NOW, NOW + 2 * HOUR])
  })

  it('dates a retraction by the edition that first saw it', async ({ expect }) => {
    const store = aStore()
    await publishFiles(store, { 'a.md': anArticle() })
    const files = { 'a.md': anArticle({ status: 'retracted', reason: 'Wrong.' }) }
    const { current, counts } = await publishFiles(store, files, NOW + HOUR)
    const later = await publishFiles(store, { ...files, 'b.md': anArticle() }, NOW + DAY)
    expect(counts).toEqual({ articles: 0, retractions: 1 })
    for (const published of [current, later.current]) {
      const { articles } = await editionOf(store, published)
      const object = await loadObject<RetractionFacts>(store, articles.get('a')?.object ?? '')
      expect(object?.facts).toMatchObject({ id: 'a', retracted_at: NOW + HOUR, reason: 'Wrong.' })
    }
  })

  it('says nothing of a retraction under an embargo', async ({ expect }) => {
    const store = aStore()
    const files = {
      'a.md': anArticle({ status: 'retracted', published: at(NOW + DAY), reason: 'Secret.' }),
    }
    const { current, counts, scheduled } = await publishFiles(store, files)
    expect(counts).toEqual({ articles: 0, retractions: 0 })
    expect(scheduled).toEqual([])
    expect((await editionOf(store, current)).articles.size).toBe(0)
  })

  it('keeps the newest by publish date, and brings back the ten last corrected', async ({
    expect,
  }) => {
    const store = aStore()
    const files: Record<string, string> = {
      'site.yaml': `${SITE}feed_length: 5\narchives: false\n`,
    }
    for (let n = 0; n < 30; n++) {
      const published = at(NOW - (n + 1) * DAY)
      const updated = n >= 10 && n < 25 ? { updated: at(NOW - n * HOUR) } : {}
      files[`s-${n}.md`] = anArticle({ published, ...updated })
    }
    const { documents } = await editionOf(store, (await publishFiles(store, files)).current)
    const feed = await loadObject<FeedFacts>(store, documents.get('/')?.object ?? '')
    expect(feed?.facts.entries.map(({ id }) => id)).toEqual(
      [0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((n) => `s-${n}`),
    )
  })

  it('puts files only into the editions that show them', async ({ expect }) => {
    const store = aStore()
    const files = {
      'a.md': anArticle({ published: at(NOW + HOUR) }, '![x](a.png)'),
      'a.png': new Uint8Array([1]),
    }
    const { current, scheduled } = await publishFiles(store, files)
    const names = async (milestone: typeof current): Promise<string[]> =>
      [...(await editionOf(store, milestone)).documents.keys()].filter((name) =>
        name.endsWith('a.png'),
      )
    expect(await names(current)).toEqual([])
    expect(await Promise.all(scheduled.map(names))).toEqual([[expect.stringContaining('/media/')]])
  })
})

describe('the difference of two editions', () => {
  it('is found in the leaves that differ, and leads from one to the other', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(anyFiles, anyFiles, async (one, two) => {
        const store = aStore()
        const a = await editionOf(store, (await publishFiles(store, one)).current)
        const b = await editionOf(store, (await publishFiles(store, two, NOW + 1)).current)
        const same = await diffLeaves(store, a.facts.articles, a.facts.articles)
        expect(must(same)).toEqual([])
        const difference = must(await diffLeaves(store, a.facts.articles, b.facts.articles))
        expect(new Map([...applyDiff(a.articles, difference)].sort())).toEqual(
          new Map([...b.articles].sort()),
        )
      }),
      { seed: 32, numRuns: 50 },
    )
  })
})
