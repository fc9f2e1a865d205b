import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW, SITE as YAML } from '../support/corpus.ts'
import { refuse } from '../support/gate.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const FORMATS = [
  ['rss', '/rss.xml'],
  ['atom', '/atom.xml'],
  ['json', '/feed.json'],
] as const

type Files = Readonly<Record<string, string>>

const FIVE: Files = Object.fromEntries(
  ['one', 'two', 'three', 'four', 'five'].map((name) => [
    `${name}.md`,
    anArticle({ title: `Title ${name}` }, `The text of ${name}. `.repeat(20)),
  ]),
)

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string }

async function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const response = await exports.default.fetch(SITE + path, {
    headers,
    method,
    redirect: 'manual',
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

async function tagOf(path: string): Promise<string> {
  return (await get(path)).headers.get('ETag') ?? ''
}

/** A program that is known to take a 226, as it names itself. */
const NEWSBOAT = { 'User-Agent': 'newsboat/2.32 (Linux x86_64)', 'A-IM': 'feed' }

/** What somebody who has a document gets, and takes deltas. */
async function since(
  tag: string,
  path: string,
  more: Record<string, string> = {},
): Promise<Answer> {
  return get(path, { ...NEWSBOAT, 'If-None-Match': tag, ...more })
}

async function at(now: number, files: Files): Promise<void> {
  vi.setSystemTime(now * 1000)
  await publishFiles(files, now)
}

beforeEach(() => at(NOW, FIVE))

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe.for(FORMATS)('A-IM: feed, in %s', ([format, path]) => {
  it('gives the entries that are new or have changed, and no others', async ({ expect }) => {
    const tag = await tagOf(path)
    const two = anArticle({ title: 'Title two', updated: '2026-03-01T00:00:30Z' }, 'Other words.')
    await at(NOW + 60, { ...FIVE, 'two.md': two, 'six.md': anArticle({ title: 'Title six' }) })
    const full = await get(path)
    const delta = await since(tag, path)
    expect(delta.status).toBe(226)
    expect(Object.fromEntries(delta.headers)).toMatchObject({
      im: 'feed',
      'delta-base': tag,
      etag: full.headers.get('ETag'),
      vary: 'A-IM, If-None-Match, Accept-Encoding',
      'cache-control': 'no-store',
      'content-type': full.headers.get('Content-Type'),
      'content-length': String(new TextEncoder().encode(delta.text).length),
      link: full.headers.get('Link'),
    })
    expect(refuse(format, delta.text)).toBeUndefined()
    for (const title of ['Title two', 'Title six']) expect(delta.text).toContain(title)
    expect(delta.text).toContain('Other words.')
    for (const title of ['one', 'three', 'four', 'five'])
      expect(delta.text).not.toContain(`Title ${title}`)
    // Nothing says that this were all there is.
    expect(full.text.includes('fh:complete')).toBe(format !== 'json')
    expect(delta.text).not.toContain('fh:complete')
    expect((await since(full.headers.get('ETag') ?? '', path)).status).toBe(304)
  })

  it('has tombstones for retracted entries, and none for those that only left the feed', async ({
    expect,
  }) => {
    const retracted = anArticle({ title: 'Title one', status: 'retracted', reason: 'First.' })
    await at(NOW + 60, { ...FIVE, 'one.md': retracted })
    const tag = await tagOf(path)
    await at(NOW + 120, {
      ...FIVE,
      'one.md': retracted,
      'two.md': anArticle({ title: 'Title two', status: 'retracted', reason: 'Łie & <lie>.' }),
    })
    const { status, text } = await since(tag, path)
    expect(status).toBe(226)
    expect(refuse(format, text)).toBeUndefined()
    expect(text).toContain('tag:example.org,2026:two')
    expect(text).not.toContain('tag:example.org,2026:one')
    // Both notices of the new one, and of the other none.
    expect(text.match(/Retrac(?:ted|tion): Title \w+/g)).toEqual([
      'Retraction: Title two',
      'Retracted: Title two',
    ])
    const full = await get(path)
    for (const id of ['one', 'two']) expect(full.text).toContain(`tag:example.org,2026:${id}`)
    const gone = await tagOf(path)
    const { 'three.md': _, ...left } = FIVE
    await at(NOW + 180, { ...left, 'one.md': retracted, 'two.md': retracted })
    const delta = await since(gone, path)
    expect(delta.status).toBe(226)
    expect(delta.text).not.toContain('2026:three')
  })

  it('gives the whole document to a client that a delta would not serve', async ({ expect }) => {
    const tag = await tagOf(path)
    await at(NOW + 60, { ...FIVE, 'six.md': anArticle() })
    const other = FORMATS.find(([name]) => name !== format)?.[0] ?? ''
    const unknown = [
      `"${'a'.repeat(43)}.${format}"`,
      tag.replace(`.${format}`, `.${other}`),
      tag.replace(`.${format}`, ''),
      '"x"',
    ]
    for (const base of unknown) expect((await since(base, path)).status).toBe(200)
    const plain = await get(path, { 'If-None-Match': tag })
    expect(plain.status).toBe(200)
    expect(plain.headers.get('Vary')).toBe('Accept-Encoding, A-IM, Sec-Fetch-Dest')
    expect((await since(tag, path, { 'A-IM': 'feed;q=0' })).status).toBe(200)
    expect((await since(tag, path, { 'A-IM': 'vcdiff, diffe' })).status).toBe(200)
    expect((await since(tag, path, { 'A-IM': 'gzip, feed;q=0.5' })).status).toBe(226)
    expect((await get(path, NEWSBOAT)).status).toBe(200)
    const date = { ...NEWSBOAT, 'If-Modified-Since': 'Sat, 28 Feb 2026 00:00:00 GMT' }
    expect((await get(path, date)).status).toBe(200)
    const head = await get(path, { ...NEWSBOAT, 'If-None-Match': tag }, 'HEAD')
    expect(head.status).toBe(200)
    const several = await since(`"x", "${'a'.repeat(43)}.${format}", ${tag}`, path)
    expect(several.status).toBe(226)
    expect(several.headers.get('Delta-Base')).toBe(tag)
  })

  it('leaves out articles of which only the markup is new, and takes no other feed for its base', async ({
    expect,
  }) => {
    const tag = await tagOf(path)
    const yaml = `${YAML}feeds:\n  all: { title: All, filter: { language: en } }\n`
    await at(NOW + 60, { ...FIVE, 'site.yaml': yaml, 'six.md': anArticle({ title: 'Title six' }) })
    const delta = await since(tag, path)
    expect(delta.status).toBe(226)
    expect(delta.text).toContain('Title six')
    expect(delta.text).not.toContain('Title one')
    expect((await since(tag, `/feeds/all${path}`)).status).toBe(200)
  })
})

/** Who asks for a delta, and whether one is given. */
const CLIENTS: readonly [who: string, given: boolean, headers: Record<string, string>][] = [
  ['newsboat', true, NEWSBOAT],
  ['newsboat as it was called', true, { ...NEWSBOAT, 'User-Agent': 'Newsboat/r2.10' }],
  [
    'Liferea',
    true,
    {
      'A-IM': 'feed',
      'User-Agent': 'Liferea/1.15.5 (Linux; https://lzone.de/liferea/) AppleWebKit',
    },
  ],
  ['a program of ours', true, { 'A-IM': 'feed, edgewire' }],
  ['one that names it first', true, { 'A-IM': 'edgewire;q=0.1,feed', 'User-Agent': 'x/1' }],
  ['one that takes it back', false, { 'A-IM': 'feed, edgewire;q=0' }],
  ['one that only names us', false, { 'A-IM': 'edgewire' }],
  ['one that says nothing of itself', false, { 'A-IM': 'feed' }],
  [
    'rss2email',
    false,
    { 'A-IM': 'feed', 'User-Agent': 'rss2email/3.14 (https://github.com/rss2email/rss2email)' },
  ],
  [
    'feedparser',
    false,
    { 'A-IM': 'feed', 'User-Agent': 'feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/' },
  ],
  ['what has newsboat in its name', false, { 'A-IM': 'feed', 'User-Agent': 'x newsboat/2.32' }],
  ['newsboat behind a cache', false, { ...NEWSBOAT, Via: '1.1 cache.example' }],
  ['newsboat that does not ask for it', false, { 'User-Agent': 'newsboat/2.32' }],
  ['a list without an end', false, { ...NEWSBOAT, 'A-IM': `feed${', x'.repeat(40_000)}` }],
]

describe('a client that asks for a delta', () => {
  it.for(CLIENTS)('%s: %s', async ([, given, headers], { expect }) => {
    const tag = await tagOf('/rss.xml')
    await at(NOW + 60, { ...FIVE, 'six.md': anArticle({ title: 'Title six' }) })
    const { status } = await get('/rss.xml', { ...headers, 'If-None-Match': tag })
    expect(status).toBe(given ? 226 : 200)
  })

  it('gets an answer that no shared cache may store, since a cache would add its own tag', async ({
    expect,
  }) => {
    const tag = await tagOf('/rss.xml')
    const old = await tagOf('/atom.xml')
    await at(NOW + 60, { ...FIVE, 'six.md': anArticle({ aliases: '[old]' }) })
    const current = await tagOf('/rss.xml')
    const asked: readonly [status: number, path: string, headers: Record<string, string>][] = [
      [200, '/rss.xml', {}],
      [200, '/rss.xml', { 'If-None-Match': tag }],
      [304, '/rss.xml', { 'If-None-Match': current }],
      [412, '/rss.xml', { 'If-Match': '"x"' }],
      [226, '/atom.xml', { ...NEWSBOAT, 'If-None-Match': old }],
      [200, '/articles/one', {}],
      [301, '/articles/old', {}],
      [303, '/rss.xml', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }],
      [404, '/nothing', {}],
      [200, '/changes.json', {}],
    ]
    for (const [status, path, headers] of asked) {
      const alone = await get(path, { 'A-IM': 'feed', ...headers })
      expect([alone.status, path]).toEqual([status, path])
      expect(alone.headers.get('Cache-Control'), path).toMatch(/^(?:private, max-age=\d+|no-store)/)
      const { 'A-IM': _, ...plain } = headers
      const other = await get(path, plain)
      expect(other.headers.get('Cache-Control'), path).toMatch(/^(?:public, max-age=\d+|no-store)/)
      expect(other.headers.get('Vary') ?? '').not.toContain('User-Agent')
    }
    const method = await get('/rss.xml', { 'A-IM': 'feed' }, 'POST')
    expect(method.headers.get('Cache-Control')).toMatch(/^private/)
  })

  it('gets one for any of the last eight documents, and the whole document for an older one', async ({
    expect,
  }) => {
    const tags: string[] = []
    for (let n = 1; n <= 9; n++) {
      tags.unshift(await tagOf('/rss.xml'))
      await at(NOW + n * 60, { ...FIVE, 'six.md': anArticle({ title: `Title ${n}` }) })
    }
    expect((await since(tags[7] ?? '', '/rss.xml')).status).toBe(226)
    expect((await since(tags[8] ?? '', '/rss.xml')).status).toBe(200)
  })
})

describe('a delta', () => {
  it('is smaller than the whole as this client would get it, packed or not', async ({ expect }) => {
    const GZIP = { 'Accept-Encoding': 'gzip' }
    const tag = await tagOf('/rss.xml')
    // Text that gzip makes very small: the delta as it is has more bytes than the whole, packed.
    const long = anArticle({ title: 'Long' }, 'The same words again. '.repeat(500))
    await at(NOW + 60, { ...FIVE, 'six.md': long })
    const plain = await since(tag, '/rss.xml')
    const packed = await since(tag, '/rss.xml', GZIP)
    expect([plain.status, packed.status]).toEqual([226, 226])
    expect(packed.text).toBe(plain.text)
    expect(packed.headers.get('Content-Encoding')).toBe('gzip')
    expect(plain.headers.has('Content-Encoding')).toBe(false)
    const lengthOf = ({ headers }: Answer): number => Number(headers.get('Content-Length'))
    const whole = lengthOf(await get('/rss.xml', GZIP))
    expect(lengthOf(packed)).toBeLessThan(whole)
    expect(whole).toBeLessThan(lengthOf(plain))
    // The second time, it is packed already: not a bit is other.
    expect(lengthOf(await since(tag, '/rss.xml', GZIP))).toBe(lengthOf(packed))
    await at(NOW + 120, { 'other.md': anArticle({ title: 'All other' }) })
    for (const headers of [{}, GZIP])
      expect((await since(tag, '/rss.xml', headers)).status).toBe(200)
  })

  it('is made of twelve entries at most, since each is looked up by itself', async ({ expect }) => {
    const some = (count: number): Files =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [
          `more-${n}.md`,
          anArticle({ published: '2026-02-02T10:00:00Z' }),
        ]),
      )
    const tag = await tagOf('/rss.xml')
    for (const [count, status] of [
      [12, 226],
      [13, 200],
    ] as const) {
      await at(NOW + count * 60, { ...FIVE, ...some(count) })
      expect((await since(tag, '/rss.xml')).status).toBe(status)
    }
  })

  it('is not made if the byte budget has cut an entry', async ({ expect }) => {
    const yaml = `${YAML}byte_budget: 2000\n`
    await at(NOW + 60, { ...FIVE, 'site.yaml': yaml })
    const tag = await tagOf('/feed.json')
    await at(NOW + 120, {
      ...FIVE,
      'site.yaml': yaml,
      'six.md': anArticle({ published: '2026-02-02T10:00:00Z' }, 'x'.repeat(1000)),
    })
    expect((await since(tag, '/feed.json')).status).toBe(200)
  })

  it('offers images for loading, as the document does', async ({ expect }) => {
    const yaml = `${YAML}image_enclosures: true\n`
    await at(NOW + 60, { ...FIVE, 'site.yaml': yaml })
    const tag = await tagOf('/rss.xml')
    const image = '{ src: "https://e.org/a.png", alt: A }'
    const six = anArticle({ published: '2026-02-02T10:00:00Z', image })
    await at(NOW + 120, { ...FIVE, 'site.yaml': yaml, 'six.md': six })
    const { status, text } = await since(tag, '/rss.xml')
    expect(status).toBe(226)
    const enclosure = '<enclosure url="https://e.org/a.png" length="0" type="image/png"/>'
    expect(text).toContain(enclosure)
    expect((await get('/rss.xml')).text).toContain(enclosure)
  })

  it('is not made of an archive', async ({ expect }) => {
    const old = { published: '2026-01-01T00:00:00Z' }
    await at(NOW + 60, { ...FIVE, 'old.md': anArticle(old), 'older.md': anArticle(old) })
    const path = '/archive/2026-01/feed.json'
    const tag = await tagOf(path)
    await at(NOW + 120, {
      ...FIVE,
      'old.md': anArticle(old),
      'older.md': anArticle({ ...old, status: 'retracted' }),
    })
    expect((await since(tag, path)).status).toBe(200)
  })
})
