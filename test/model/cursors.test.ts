import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { rollback } from '../../src/edition/rollback.ts'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import type { Bindings } from '../../src/worker/kv.ts'
import { aCache, anArticle, type Files, NOW } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { edgeCache, openIsolate } from '../support/model-kv.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'

const DAY = 86_400

/** A store, and what a new location sees of it: a `head` of its own, and not every key. */
class Bench {
  readonly store = aStore()
  readonly cache = aCache()
  readonly reads: string[] = []
  readonly hidden = new Set<string>()
  head: Uint8Array | undefined

  async publish(files: Files, now: number): Promise<string> {
    const told = await publishTo(this.store, files, now, this.publisher(now))
    this.head = this.store.values.get(HEAD_KEY)
    return `${told.current.number}-${told.current.edition}`
  }

  publisher(now: number): ReturnType<typeof aPublisher> {
    return aPublisher(this.store, now, this.cache)
  }

  /** Asks in a location that has nothing yet. */
  async ask(path: string, now: number, headers: Record<string, string> = {}): Promise<Answer> {
    vi.setSystemTime(now * 1000)
    this.reads.length = 0
    const get = async (key: string) => {
      this.reads.push(key)
      const value = key === HEAD_KEY ? this.head : this.store.values.get(key)
      return this.hidden.has(key) ? null : (value?.slice().buffer ?? null)
    }
    const bindings = { EDGEWIRE: { get } } as unknown as Bindings
    const response = await openIsolate(bindings, edgeCache()).get(path, headers)
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      ...(text === '' ? {} : JSON.parse(text)),
    }
  }
}

type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly items: readonly { readonly content_html: string }[]
  readonly [key: string]: unknown
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const HELLO = { 'hello.md': anArticle() }

describe('a cursor', () => {
  it('of an edition that is late here is no reason to start again', async ({ expect }) => {
    const bench = new Bench()
    const cursor = await bench.publish(HELLO, NOW)
    await bench.publish({ ...HELLO, 'new.md': anArticle() }, NOW + 60)
    const edition = objectKey(cursor.slice(2))
    bench.hidden.add(edition)
    const late = await bench.ask(`/changes.json?since=${cursor}`, NOW + 60)
    expect(late).toMatchObject({ status: 503, reason: 'unavailable' })
    expect(late.headers.get('Retry-After')).toMatch(/^\d+$/)
    const lost = await bench.ask(`/changes.json?since=${cursor}`, NOW + 60 + 8 * DAY)
    expect(lost).toMatchObject({ status: 410, reason: 'unknown-cursor' })
  })

  it('whose edition is half pruned is gone', async ({ expect }) => {
    const bench = new Bench()
    const cursor = await bench.publish(HELLO, NOW)
    const old = [...bench.store.values.keys()].filter((key) => key !== objectKey(cursor.slice(2)))
    await bench.publish({ 'hello.md': anArticle({}, 'Other.') }, NOW + 60)
    const query = `/changes.json?since=${cursor}`
    const now = NOW + 9 * DAY
    expect((await bench.ask(query, now)).status).toBe(200)
    const [leaf, article] = [bench.reads[3], bench.reads[5]]
    for (const key of [leaf, article]) {
      expect(old).toContain(key)
      bench.hidden.add(key ?? '')
      expect((await bench.ask(query, now)).status).toBe(410)
      // Sooner, it can only be late: the edition before answers, and it is the partner's own.
      const late = await bench.ask(query, NOW + 60)
      expect(late).toMatchObject({ status: 200, items: [], _edgewire: { cursor } })
      bench.hidden.clear()
    }
  })

  it('of an edition that was given up sees what another one of the same second says', async ({
    expect,
  }) => {
    const bench = new Bench()
    const due = NOW + 600
    const story = { published: '2026-03-01T00:10:00Z' }
    await bench.publish({ ...HELLO, 'story.md': anArticle(story, 'One.') }, NOW)
    const early = bench.head
    await bench.publish(HELLO, NOW + 60)
    const cursor = await bench.publish({ ...HELLO, 'story.md': anArticle(story, 'Two.') }, due)
    const last = bench.head
    // A location that lags behind shows the edition that was scheduled first.
    bench.head = early
    const walk = await bench.ask('/changes.json?since=0', due + 1)
    const { cursor: given } = walk['_edgewire'] as { cursor: string }
    expect(walk.items.map((item) => item.content_html)).toContain('<p>One.</p>')
    bench.head = last
    const news = await bench.ask(`/changes.json?since=${given}`, due + 1)
    expect(news['_edgewire']).toMatchObject({ cursor, counts: { added: 0, corrected: 1 } })
    expect(news.items.map((item) => item.content_html)).toEqual(['<p>Two.</p>'])
  })

  it('leads back after a rollback to what is current then', async ({ expect }) => {
    const bench = new Bench()
    await bench.publish({ ...HELLO, 'kept.md': anArticle() }, NOW)
    const { 'hello.md': hello } = HELLO
    const cursor = await bench.publish(
      {
        'hello.md': `${hello}More.`,
        'new.md': anArticle(),
        'kept.md': anArticle({ status: 'retracted' }),
      },
      NOW + 60,
    )
    await rollback(bench.publisher(NOW + 120), {})
    bench.head = bench.store.values.get(HEAD_KEY)
    const page = await bench.ask(`/changes.json?since=${cursor}`, NOW + 120)
    expect(page['_edgewire']).toMatchObject({
      counts: { added: 1, corrected: 1, retracted: 0, removed: 1 },
      removed: [{ article: 'new' }],
    })
  })
})

describe('what a poll for changes costs', () => {
  it.for([10, 300])('is flat, in a corpus of %i', { timeout: 60_000 }, async (size, { expect }) => {
    const bench = new Bench()
    const files: Files = Object.fromEntries(
      Array.from({ length: size }, (_, n) => [`s-${n}.md`, anArticle({ tags: '[osce]' })]),
    )
    const cursor = await bench.publish(files, NOW)
    const idle = await bench.ask(`/changes.json?since=${cursor}`, NOW)
    // `head` and the edition.
    expect(bench.reads).toHaveLength(2)
    const tag = { 'If-None-Match': idle.headers.get('ETag') ?? '' }
    expect((await bench.ask(`/changes.json?since=${cursor}`, NOW, tag)).status).toBe(304)
    expect(bench.reads).toHaveLength(2)
    await bench.publish({ ...files, 'new.md': anArticle({ tags: '[osce]' }) }, NOW + 60)
    const news = await bench.ask(`/changes.json?since=${cursor}`, NOW + 60)
    expect(news.items).toHaveLength(1)
    // And the edition before, a leaf of each, and the article.
    expect(bench.reads).toHaveLength(6)
    await bench.ask(`/tags/osce/changes.json?since=${cursor}`, NOW + 60)
    // And the register, with its leaf.
    expect(bench.reads).toHaveLength(8)
  })
})
