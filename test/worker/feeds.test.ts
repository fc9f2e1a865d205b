import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW } from '../support/corpus.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const FEEDS = [
  ['rss.xml', 'application/rss+xml; charset=utf-8'],
  ['atom.xml', 'application/atom+xml; charset=utf-8'],
  ['feed.json', 'application/feed+json; charset=utf-8'],
] as const

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> {
  return exports.default.fetch(`${SITE}${path}`, { headers, method, redirect: 'manual' })
}

beforeEach(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles({ 'hello.md': anArticle({ title: '"Łódź & <b>"' }) })
})

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe.for(FEEDS)('GET /%s', ([file, mediaType]) => {
  it('answers with the document, its type and its validators', async ({ expect }) => {
    const response = await get(`/${file}`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('tag:example.org,2026:hello')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': mediaType,
      etag: expect.stringMatching(/^W\/"[\w-]{43}\.(rss|atom|json)"$/),
      'last-modified': 'Sun, 01 Mar 2026 00:00:00 GMT',
      'cache-control': 'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400',
      vary: 'Accept-Encoding, A-IM, Sec-Fetch-Dest',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      'x-content-type-options': 'nosniff',
      link: expect.stringContaining(`<${SITE}/${file}>; rel="self"`),
    })
  })

  it('answers an unchanged poll with an empty 304, weak, strong and in a list', async ({
    expect,
  }) => {
    const tag = (await get(`/${file}`)).headers.get('ETag') ?? ''
    const strong = tag.replace('W/', '')
    for (const value of [tag, strong, `"other", ${tag}`, `"a,b", ${strong}, "c"`, '*']) {
      const response = await get(`/${file}`, { 'If-None-Match': value })
      expect(response.status).toBe(304)
      expect(await response.text()).toBe('')
      expect(response.headers.get('ETag')).toBe(tag)
      expect(response.headers.get('Cache-Control')).toContain('max-age=300')
      expect(response.headers.get('Vary')).toBe('Accept-Encoding, A-IM, Sec-Fetch-Dest')
      expect(response.headers.has('Content-Type')).toBe(false)
    }
    expect((await get(`/${file}`, { 'If-None-Match': '"other"' })).status).toBe(200)
  })

  it('answers by date if the request has no tag', async ({ expect }) => {
    const date = (await get(`/${file}`)).headers.get('Last-Modified') ?? ''
    expect((await get(`/${file}`, { 'If-Modified-Since': date })).status).toBe(304)
    expect(
      (await get(`/${file}`, { 'If-Modified-Since': date, 'If-None-Match': '"x"' })).status,
    ).toBe(200)
    expect(
      (await get(`/${file}`, { 'If-Unmodified-Since': 'Sat, 28 Feb 2026 00:00:00 GMT' })).status,
    ).toBe(412)
  })

  it('sends gzip as stored to those who accept it, and the same text to the others', async ({
    expect,
  }) => {
    const plain = await get(`/${file}`, { 'Accept-Encoding': 'identity' })
    const packed = await get(`/${file}`, { 'Accept-Encoding': 'br, gzip' })
    expect(plain.headers.has('Content-Encoding')).toBe(false)
    expect(packed.headers.get('Content-Encoding')).toBe('gzip')
    expect(packed.headers.get('ETag')).toBe(plain.headers.get('ETag'))
    const text = await plain.text()
    expect(plain.headers.get('Content-Length')).toBe(String(new TextEncoder().encode(text).length))
    // What the bytes are on the wire is seen from outside: test/cli/bundle.test.ts.
    expect(await packed.text()).toBe(text)
  })

  it.for(['identity', 'gzip'])(
    'answers HEAD like GET, without a body (%s)',
    async (coding, { expect }) => {
      const headers = { 'Accept-Encoding': coding }
      const [head, full] = [await get(`/${file}`, headers, 'HEAD'), await get(`/${file}`, headers)]
      expect(head.status).toBe(200)
      expect(await head.text()).toBe('')
      expect([...head.headers]).toEqual([...full.headers])
      await full.arrayBuffer()
    },
  )

  it('is never a redirect, and needs no User-Agent and no Accept', async ({ expect }) => {
    for (const headers of [
      { 'User-Agent': '' },
      { Accept: 'text/html' },
      { Accept: 'image/png' },
    ]) {
      const response = await get(`/${file}?utm_source=x`, headers)
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Type')).toBe(mediaType)
      await response.arrayBuffer()
    }
  })
})

describe('a change', () => {
  it('gives the feed another tag and a later date, and leaves other documents as they are', async ({
    expect,
  }) => {
    const before = await get('/rss.xml')
    const article = await get('/articles/hello.json')
    vi.setSystemTime((NOW + 60) * 1000)
    await publishFiles(
      { 'hello.md': anArticle({ title: '"Łódź & <b>"' }), 'new.md': anArticle({ title: 'New' }) },
      NOW + 60,
    )
    const after = await get('/rss.xml', { 'If-None-Match': before.headers.get('ETag') ?? '' })
    expect(after.status).toBe(200)
    expect(await after.text()).toContain('<title>New</title>')
    expect(after.headers.get('Last-Modified')).toBe('Sun, 01 Mar 2026 00:01:00 GMT')
    const same = await get('/articles/hello.json', {
      'If-None-Match': article.headers.get('ETag') ?? '',
    })
    expect(same.status).toBe(304)
  })
})

describe('an embargo', () => {
  const due = NOW + 3600
  const files = {
    'hello.md': anArticle(),
    'due.md': anArticle({ title: 'Marker', published: '2026-03-01T01:00:00Z' }, '![x](due.png)'),
    'due.png': new Uint8Array([1, 2, 3]),
  }

  it('shows the story the second it is due, without anything running, and not before', async ({
    expect,
  }) => {
    await publishFiles(files)
    const paths = [
      '/',
      '/rss.xml',
      '/atom.xml',
      '/feed.json',
      '/articles/due',
      '/articles/due.json',
      '/articles/due.atom',
      '/health',
    ]
    vi.setSystemTime((due - 1) * 1000)
    const tag = (await get('/rss.xml')).headers.get('ETag') ?? ''
    for (const path of paths) expect(await (await get(path)).text()).not.toContain('Marker')
    expect((await get('/articles/due')).status).toBe(404)
    vi.setSystemTime(due * 1000)
    for (const path of paths.slice(0, -1))
      expect(await (await get(path)).text()).toContain('Marker')
    const news = await get('/rss.xml', { 'If-None-Match': tag })
    expect(news.status).toBe(200)
    expect(news.headers.get('Last-Modified')).toBe('Sun, 01 Mar 2026 01:00:00 GMT')
    await news.arrayBuffer()
  })

  it('ends every freshness, that of a 404 too, where the next edition begins', async ({
    expect,
  }) => {
    await publishFiles(files)
    vi.setSystemTime((due - 20) * 1000)
    for (const path of ['/', '/rss.xml', '/articles/hello', '/articles/due', '/nothing']) {
      const response = await get(path)
      // A 404 is never shown stale: what it misses may be there by then.
      expect(response.headers.get('Cache-Control'), path).toBe(
        `public, max-age=20${response.status === 404 ? '' : ', stale-if-error=86400'}`,
      )
      await response.arrayBuffer()
    }
  })

  it('holds for its files, even for somebody who knows their digest', async ({ expect }) => {
    await publishFiles(files)
    vi.setSystemTime(due * 1000)
    const html = await (await get('/articles/due')).text()
    const path = /\/media\/[\w-]{43}\/due\.png/.exec(html)?.[0] ?? ''
    expect((await get(path)).status).toBe(200)
    await emptyKv()
    vi.setSystemTime(NOW * 1000)
    await publishFiles(files)
    expect((await get(path)).status).toBe(404)
  })
})
