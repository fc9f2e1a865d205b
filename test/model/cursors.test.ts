import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import { rollback } from '../../src/publish/rollback.ts'
import { bindingsOver } from '../support/bindings.ts'
import { aCache, anArticle, type Files, NOW } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { edgeCache, type OpenIsolate, openIsolate } from '../support/model-kv.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'
import { textOf } from '../support/unpacked.ts'

const DAY = 86_400

/** A store, and what a new location sees of it: a `head` of its own, and not every key. */
class Bench {
  readonly store = aStore()
  readonly cache = aCache()
  readonly reads: string[] = []
  readonly hidden = new Set<string>()
  /** Keys at which KV fails. */
  readonly failing = new Set<string>()
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
    return this.askIn(this.location(), path, now, headers)
  }

  location(): OpenIsolate {
    const bindings = bindingsOver((key) => {
      this.reads.push(key)
      if (this.failing.has(key)) throw new Error('KV GET failed: 503')
      if (this.hidden.has(key)) return undefined
      return key === HEAD_KEY ? this.head : this.store.values.get(key)
    })
    return openIsolate(bindings, edgeCache())
  }

  async askIn(
    isolate: OpenIsolate,
    path: string,
    now: number,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    vi.setSystemTime(now * 1000)
    this.reads.length = 0
    const response = await isolate.get(path, headers)
    const text = await textOf(response)
    return {
      status: response.status,
      headers: response.headers,
      ...(text.startsWith('{') ? JSON.parse(text) : {}),
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
  it('stays valid while its edition has not arrived at the location', async ({ expect }) => {
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

  it('is looked up again as soon as KV is back, after KV failed to give its edition', async ({
    expect,
  }) => {
    const bench = new Bench()
    const cursor = await bench.publish(HELLO, NOW)
    await bench.publish({ ...HELLO, 'new.md': anArticle() }, NOW + 60)
    const isolate = bench.location()
    const ask = (): Promise<Answer> =>
      bench.askIn(isolate, `/changes.json?since=${cursor}`, NOW + 60)
    expect((await bench.askIn(isolate, '/changes.json', NOW + 60)).status).toBe(200)
    bench.failing.add(objectKey(cursor.slice(2)))
    expect((await ask()).status).toBe(503)
    bench.failing.clear()
    expect((await ask()).items).toHaveLength(1)
  })

  it('is gone when its edition is half pruned', async ({ expect }) => {
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

  it('tells what changed when its edition was given up for another one of the same second', async ({
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

  it('leads back to the current edition after a rollback', async ({ expect }) => {
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

describe('the cost of a poll for changes', () => {
  it.for([10, 300])(
    'is the same with %i articles',
    { timeout: 60_000 },
    async (size, { expect }) => {
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
    },
  )
})

/** A digest that stands for nothing. */
const forged = (n: number): string => `${n}`.padStart(43, 'f')

describe('a cursor or a tag that was never given out', () => {
  it('costs no read', async ({ expect }) => {
    const bench = new Bench()
    const first = await bench.publish(HELLO, NOW)
    // Number 2 is given to what is due, and given up.
    const due = { 'due.md': anArticle({ published: '2026-03-01T01:00:00Z' }) }
    await bench.publish({ ...HELLO, ...due }, NOW + 60)
    await bench.publish({ 'hello.md': anArticle({}, 'Other.') }, NOW + 120)
    const now = NOW + 180
    const isolate = bench.location()
    const known = await bench.askIn(isolate, `/changes.json?since=${first}`, now)
    expect(known.status).toBe(200)
    const { number } = await bench.askIn(isolate, '/health', now)
    const others = [`1-${forged(1)}`, `${number}-${forged(2)}`, `${number}-${first.slice(2)}`]
    for (const cursor of others) {
      for (const query of [`since=${cursor}`, `since=0&to=${cursor}`]) {
        const answer = await bench.askIn(isolate, `/changes.json?${query}`, now)
        expect([query, answer.status, answer['reason']]).toEqual([query, 410, 'unknown-cursor'])
        expect(bench.reads).toEqual([])
      }
    }
    const ahead = await bench.askIn(isolate, `/changes.json?since=0&to=99-${forged(3)}`, now)
    expect(ahead).toMatchObject({ status: 503, reason: 'unavailable' })
    expect(bench.reads).toEqual([])
  })

  it('is read once where it may have been given up, and only so many of it in a while', async ({
    expect,
  }) => {
    const bench = new Bench()
    const due = { 'due.md': anArticle({ published: '2026-03-01T01:00:00Z' }) }
    await bench.publish({ ...HELLO, ...due }, NOW)
    await bench.publish({ 'hello.md': anArticle({}, 'Other.') }, NOW + 60)
    const isolate = bench.location()
    const ask = (n: number, now: number): Promise<Answer> =>
      bench.askIn(isolate, `/changes.json?since=2-${forged(n)}`, now)
    expect((await ask(0, NOW + 120)).status).toBe(410)
    expect(bench.reads).toContain(objectKey(forged(0)))
    expect((await ask(0, NOW + 121)).status).toBe(410)
    expect(bench.reads).toEqual([])
    const asked = new Set<string>()
    for (let n = 0; n < 200; n++) {
      expect((await ask(n, NOW + 121)).status).toBe(410)
      for (const key of bench.reads) asked.add(key)
    }
    expect(asked.size).toBeLessThan(32)
    // Later, it may be there.
    await ask(0, NOW + 160)
    expect(bench.reads).toContain(objectKey(forged(0)))
  })

  it('is told from a real one that is older than a history, in which each edition leads to the one before', async ({
    expect,
  }) => {
    const bench = new Bench()
    const cursors: string[] = []
    for (let n = 0; n < 130; n++)
      cursors.push(await bench.publish({ 'hello.md': anArticle({}, `Text ${n}.`) }, NOW + n * 60))
    const now = NOW + 130 * 60
    const isolate = bench.location()
    for (const index of [0, 20, 28, 29, 30, 100])
      expect(
        (await bench.askIn(isolate, `/changes.json?since=${cursors[index]}`, now)).status,
      ).toBe(200)
    for (const number of [1, 21, 29, 30, 31, 101, 130]) {
      const answer = await bench.askIn(isolate, `/changes.json?since=${number}-${forged(1)}`, now)
      expect([number, answer.status, bench.reads]).toEqual([number, 410, []])
    }
    // One older edition is all that it takes.
    await bench.ask(`/changes.json?since=2-${forged(1)}`, now)
    expect(bench.reads).toHaveLength(3)
  })

  it('makes no delta, and costs what a feed has: eight versions, which everybody asks for', async ({
    expect,
  }) => {
    const bench = new Bench()
    for (let n = 0; n < 20; n++)
      await bench.publish({ 'hello.md': anArticle({}, `Text ${n}.`) }, NOW + n * 60)
    const now = NOW + 3600
    const isolate = bench.location()
    const plain = await bench.askIn(isolate, '/feed.json', now)
    const tags = Array.from({ length: 30 }, (_, n) => `"${forged(n)}.json"`).join(', ')
    const headers = { 'A-IM': 'feed, edgewire', 'If-None-Match': tags }
    const answer = await bench.askIn(isolate, '/feed.json', now, headers)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ETag')).toBe(plain.headers.get('ETag'))
    expect(bench.reads.filter((key) => key.includes('fff'))).toEqual([])
    expect(bench.reads.length).toBeLessThanOrEqual(16)
    await bench.askIn(isolate, '/feed.json', now + 1, {
      ...headers,
      'If-None-Match': `"${forged(99)}.json"`,
    })
    expect(bench.reads).toEqual([])
  })
})
