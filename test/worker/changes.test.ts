import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW, SITE as YAML } from '../support/corpus.ts'
import { emptyKv, kvStore, newIsolate, publishFiles } from '../support/kv-store.ts'
import { aPublisher, tryPublish } from '../support/publishing.ts'

const SITE = 'https://wire.example.org'

type Item = { readonly id: string; readonly _edgewire: { readonly id: string } }
type Page = {
  readonly status: number
  readonly headers: Headers
  readonly items: readonly Item[]
  readonly _edgewire: Record<string, never>
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<Page> {
  const response = await exports.default.fetch(path.startsWith('/') ? SITE + path : path, {
    headers,
    redirect: 'manual',
  })
  const text = await response.text()
  const body = text === '' ? {} : JSON.parse(text)
  return { ...body, body: text, status: response.status, headers: response.headers }
}

async function at(now: number, files: Parameters<typeof publishFiles>[0]): Promise<void> {
  vi.setSystemTime(now * 1000)
  await publishFiles(files, now)
}

async function cursorNow(folder = '/'): Promise<string> {
  return String((await ask(`${folder}changes.json`))._edgewire['cursor'])
}

const ids = ({ items }: Page): string[] => items.map(({ _edgewire: { id } }) => id)

beforeEach(() => at(NOW, { 'hello.md': anArticle({ tags: '[osce]' }) }))

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('an edition that a clock which was a year ahead has dated', () => {
  it('is served if there is no other, and is followed by the next once the clock is right', async ({
    expect,
  }) => {
    await emptyKv()
    const files = { 'hello.md': anArticle(), 'other.md': anArticle() }
    await publishFiles(files, NOW + 365 * 86_400)
    const walk = await ask('/changes.json?since=0')
    expect(walk.status).toBe(200)
    expect(ids(walk).sort()).toEqual(['hello', 'other'])
    expect(walk.headers.get('Last-Modified')).toBe(new Date(NOW * 1000).toUTCString())
    const cursor = await cursorNow()

    vi.setSystemTime((NOW + 60) * 1000)
    const edited = { ...files, 'hello.md': anArticle({}, 'Other') }
    const publisher = aPublisher(kvStore, NOW + 60)
    expect(await tryPublish(publisher, edited, { clockWasWrong: true })).toHaveProperty('ok', true)
    newIsolate()
    const next = await ask(`/changes.json?since=${cursor}`)
    expect({ status: next.status, ids: ids(next) }).toEqual({ status: 200, ids: ['hello'] })
  })
})

describe('GET /changes.json', () => {
  it('says where to begin, and nothing else', async ({ expect }) => {
    const start = await ask('/changes.json')
    expect(start).toMatchObject({ status: 200, title: 'The Wire', items: [], language: 'en' })
    expect(start._edgewire).toEqual({
      about: `${SITE}/openapi.json`,
      cursor: expect.stringMatching(/^1-[\w-]{43}$/),
      walk: `${SITE}/changes.json?since=0`,
    })
    expect(start.headers.get('Content-Type')).toBe('application/feed+json; charset=utf-8')
    const tag = start.headers.get('ETag') ?? ''
    expect((await ask('/changes.json', { 'If-None-Match': tag })).status).toBe(304)
  })

  it('walks the corpus from nothing, with the items that feeds have', async ({ expect }) => {
    const walk = await ask('/changes.json?since=0')
    const feed = await ask('/feed.json')
    expect(walk.items).toEqual(feed.items)
    expect(walk._edgewire).toMatchObject({
      cursor: await cursorNow(),
      caught_up: true,
      counts: { added: 1, corrected: 0, retracted: 0, removed: 0 },
    })
  })

  it('is walked to its end by its own addresses, whatever ids there are', async ({ expect }) => {
    const names = Array.from({ length: 120 }, (_, n) => `${'x'.repeat(96)}-${100 + n}`)
    await at(NOW + 60, Object.fromEntries(names.map((id) => [`${id}.md`, anArticle()])))
    const found: string[] = []
    let page = await ask('/changes.json?since=0')
    let next = ''
    for (;;) {
      expect(page.status).toBe(200)
      found.push(...ids(page))
      next = String((page as { next_url?: string }).next_url ?? '')
      if (next === '') break
      page = await ask(next)
    }
    expect(page._edgewire['caught_up']).toBe(true)
    expect(found.toSorted()).toEqual(names)
    const longer = await ask(
      `/changes.json?since=0&to=${await cursorNow()}&after=${'x'.repeat(101)}`,
    )
    expect(longer.status).toBe(400)
  })

  it('tells what was added, corrected, retracted and removed, oldest first', async ({ expect }) => {
    await at(NOW + 60, {
      'hello.md': anArticle(),
      'bad.md': anArticle(),
      'lost.md': anArticle(),
      'same.md': anArticle(),
    })
    const since = await cursorNow()
    const files = {
      'hello.md': anArticle({ updated: '2026-03-01T00:01:30Z' }, 'Mended.'),
      'bad.md': anArticle({ status: 'retracted', reason: 'Wrong.', replaced_by: 'hello' }),
      'lost.md': anArticle(),
      'same.md': anArticle(),
    }
    await at(NOW + 120, { ...files, 'zero.md': anArticle() })
    await at(NOW + 180, { ...files, 'zero.md': anArticle(), 'a-new.md': anArticle() })
    const { 'lost.md': _, ...left } = files
    await at(NOW + 240, { ...left, 'zero.md': anArticle(), 'a-new.md': anArticle() })
    const page = await ask(`/changes.json?since=${since}`)
    expect(ids(page)).toEqual(['hello', 'zero', 'a-new'])
    expect(page._edgewire).toEqual({
      about: `${SITE}/openapi.json`,
      cursor: await cursorNow(),
      caught_up: true,
      counts: { added: 2, corrected: 1, retracted: 1, removed: 1 },
      retracted: [
        {
          id: 'tag:example.org,2026:bad',
          article: 'bad',
          retracted_at: '2026-03-01T00:02:00Z',
          reason: 'Wrong.',
          replacement: `${SITE}/articles/hello`,
        },
      ],
      removed: [{ id: 'tag:example.org,2026:lost', article: 'lost' }],
    })
    const [hello] = page.items
    expect(hello).toMatchObject({ content_html: '<p>Mended.</p>' })
  })

  it('answers 304 to a partner who is up to date', async ({ expect }) => {
    const cursor = await cursorNow()
    const page = await ask(`/changes.json?since=${cursor}`)
    expect(page).toMatchObject({ status: 200, items: [] })
    expect(page._edgewire).toMatchObject({ cursor, caught_up: true })
    const again = { 'If-None-Match': page.headers.get('ETag') ?? '' }
    expect((await ask(`/changes.json?since=${cursor}`, again)).status).toBe(304)
    await at(NOW + 60, { 'hello.md': anArticle(), 'new.md': anArticle() })
    const news = await ask(`/changes.json?since=${cursor}`, again)
    expect(news.status).toBe(200)
    expect(ids(news)).toContain('new')
  })

  it('announces no article of which only the markup is new', async ({ expect }) => {
    const since = await cursorNow()
    const yaml = `${YAML}navigation:\n  - { title: Home, path: / }\nsections:\n  x: { title: X }\n`
    await at(NOW + 60, { 'site.yaml': yaml, 'hello.md': anArticle({ tags: '[osce]' }) })
    const page = await ask(`/changes.json?since=${since}`)
    expect(page._edgewire['cursor']).not.toBe(since)
    expect(page.items).toEqual([])
  })
})

describe('a cursor', () => {
  it.for(['x', '1', '1-', '-1-abc', `1-${'a'.repeat(42)}`, `01-${'a'.repeat(43)}`, '0-0', ''])(
    '`%s` is refused as malformed, with 400',
    async (cursor, { expect }) => {
      const answer = await ask(`/changes.json?since=${cursor}`)
      expect(answer).toMatchObject({
        status: 400,
        reason: 'invalid-cursor',
        changes: `${SITE}/changes.json?since=0`,
      })
    },
  )

  it('that names no edition is answered with 410, and how to start again', async ({ expect }) => {
    const [, digest] = (await cursorNow()).split(/-(.*)/)
    const tag = (await ask('/feed.json')).headers.get('ETag') ?? ''
    const feed = /[\w-]{43}/.exec(tag)?.[0]
    await at(NOW + 60, { 'hello.md': anArticle(), 'new.md': anArticle() })
    for (const cursor of [`1-${'a'.repeat(43)}`, `2-${digest}`, `1-${feed}`]) {
      const answer = await ask(`/changes.json?since=${cursor}`)
      expect(answer).toMatchObject({ status: 410, reason: 'unknown-cursor' })
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
    }
  })

  it('that is newer than the edition known here is given back unchanged', async ({ expect }) => {
    const cursor = `9-${'a'.repeat(43)}`
    const answer = await ask(`/changes.json?since=${cursor}`)
    expect(answer).toMatchObject({ status: 200, items: [] })
    expect(answer._edgewire).toMatchObject({ cursor, caught_up: true })
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
  })

  it('with a number that this site cannot have reached is answered with 410', async ({
    expect,
  }) => {
    const digest = 'a'.repeat(43)
    for (const [number, known, to] of [
      [101, 200, 503],
      [102, 410, 410],
      [9_999_999_999, 410, 410],
    ]) {
      const cursor = `${number}-${digest}`
      expect((await ask(`/changes.json?since=${cursor}`)).status, cursor).toBe(known)
      expect((await ask(`/changes.json?since=0&to=${cursor}`)).status, cursor).toBe(to)
    }
  })

  it('leads nobody to an edition that is not due yet', async ({ expect }) => {
    const due = { published: '2026-03-01T01:00:00Z', title: 'Marker' }
    vi.setSystemTime((NOW + 1) * 1000)
    const told = await publishFiles({ 'hello.md': anArticle(), 'due.md': anArticle(due) }, NOW + 1)
    const [next] = told.scheduled
    const [since, to] = [await cursorNow(), `${next?.number}-${next?.edition}`]
    vi.setSystemTime((NOW + 3599) * 1000)
    for (const query of [`since=${since}&to=${to}`, `since=0&to=${to}`, `since=${to}`]) {
      const response = await exports.default.fetch(`${SITE}/changes.json?${query}`)
      expect(await response.text()).not.toContain('arker')
    }
    vi.setSystemTime((NOW + 3600) * 1000)
    expect(ids(await ask(`/changes.json?since=${since}&to=${to}`))).toEqual(['due'])
    expect(ids(await ask(`/changes.json?since=${since}`))).toEqual(['due'])
  })
})

/** What becomes of an article while somebody walks to an edition that shows it. */
const MEANWHILE: readonly [how: string, files: Record<string, string>, status: number][] = [
  ['is retracted', { 'hello.md': anArticle({ status: 'retracted' }) }, 410],
  ['is gone', { 'other.md': anArticle() }, 410],
  ['is corrected', { 'hello.md': anArticle({}, 'Mended.') }, 200],
  ['stays', { 'hello.md': anArticle({ tags: '[osce]' }), 'other.md': anArticle() }, 200],
]

describe('a walk to an edition that is no longer current', () => {
  it.for(MEANWHILE)('whose article %s', async ([, files, status], { expect }) => {
    const cursor = await cursorNow()
    const page = `/changes.json?since=0&to=${cursor}`
    const old = await ask(page)
    expect(ids(old)).toEqual(['hello'])
    // Not for a day either, while nothing can be fetched.
    expect(old.headers.get('Cache-Control')).toMatch(/stale-if-error=600$/)
    await at(NOW + 60, files)
    const answer = await ask(page)
    expect(answer.status).toBe(status)
    if (status === 410) expect(answer).toMatchObject({ reason: 'unknown-cursor' })
    // What a cache kept is asked for again, and neither its tag nor its date keeps it alive.
    const conditions = [
      { 'If-None-Match': old.headers.get('ETag') ?? '' },
      { 'If-Modified-Since': old.headers.get('Last-Modified') ?? '' },
    ]
    for (const one of conditions) expect((await ask(page, one)).status).toBe(status)
    // Compared with, it may be for as long as it is kept.
    expect((await ask(`/changes.json?since=${cursor}`)).status).toBe(200)
    if (status === 200) {
      const again = { 'If-None-Match': answer.headers.get('ETag') ?? '' }
      expect((await ask(page, again)).status).toBe(304)
    }
  })
})

describe('GET /tags/osce/changes.json', () => {
  it('tells leaving the feed from being retracted, and joining from being new', async ({
    expect,
  }) => {
    const tagged = { tags: '[osce]' }
    await at(NOW + 60, {
      'hello.md': anArticle(tagged),
      'goes.md': anArticle(tagged),
      'stays.md': anArticle(tagged),
      'out.md': anArticle(),
      'lost.md': anArticle(tagged),
      'other.md': anArticle(),
    })
    const since = await cursorNow('/tags/osce/')
    expect(since).toBe(await cursorNow())
    await at(NOW + 120, {
      'hello.md': anArticle({ ...tagged, status: 'retracted' }),
      'goes.md': anArticle(),
      'stays.md': anArticle(tagged),
      'out.md': anArticle(tagged),
      'other.md': anArticle({ status: 'retracted' }),
    })
    const page = await ask(`/tags/osce/changes.json?since=${since}`)
    expect(page).toMatchObject({
      title: 'The Wire: osce',
      home_page_url: `${SITE}/tags/osce/`,
      feed_url: `${SITE}/tags/osce/changes.json`,
    })
    expect(ids(page)).toEqual(['out'])
    expect(page._edgewire).toMatchObject({
      counts: { added: 1, corrected: 0, retracted: 1, removed: 1, left: 1 },
      retracted: [{ article: 'hello' }],
      removed: [{ article: 'lost' }],
      left: [{ article: 'goes', id: 'tag:example.org,2026:goes' }],
    })
    expect(ids(await ask('/tags/osce/changes.json?since=0')).sort()).toEqual(['out', 'stays'])
  })

  it('lists articles that join a feed because its filter widens, although they did not change', async ({
    expect,
  }) => {
    const yaml = (tags: string): string =>
      `${YAML}feeds:\n  picked: { title: Picked, filter: { tags: [${tags}] } }\n`
    const files = { 'a.md': anArticle({ tags: '[a]' }), 'b.md': anArticle({ tags: '[b]' }) }
    await at(NOW + 60, { ...files, 'site.yaml': yaml('a') })
    const since = await cursorNow()
    await at(NOW + 120, { ...files, 'site.yaml': yaml('a, b') })
    expect(ids(await ask(`/feeds/picked/changes.json?since=${since}`))).toEqual(['b'])
    expect(ids(await ask(`/changes.json?since=${since}`))).toEqual([])
    const narrow = await cursorNow()
    await at(NOW + 180, { ...files, 'site.yaml': yaml('b') })
    const page = await ask(`/feeds/picked/changes.json?since=${narrow}`)
    expect(page._edgewire).toMatchObject({ left: [{ article: 'a' }] })
  })

  it('is 404 for a feed that does not exist, and a redirect for another spelling', async ({
    expect,
  }) => {
    expect((await ask('/tags/nothing/changes.json')).status).toBe(404)
    const other = await ask('/tags/OSCE/changes.json?since=0')
    expect(other.status).toBe(301)
    expect(other.headers.get('Location')).toBe(`${SITE}/tags/osce/changes.json?since=0`)
  })
})
