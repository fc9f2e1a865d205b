import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW } from '../support/corpus.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const FILES = {
  'hello.md': anArticle(
    { aliases: '[old-hello, /2021/hello.html, /2020/Łódź/, /2019/very%2Dold]' },
    '![A](a.svg) [t](t.csv)',
  ),
  'gone.md': anArticle({ status: 'retracted', reason: 'It was wrong.', replaced_by: 'hello' }, ''),
  'arabic.md': anArticle({ title: 'أخبار', language: 'ar' }, 'نص'),
  'a.svg': SVG,
  't.csv': 'a,b\n',
}

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(`${SITE}${path}`, { redirect: 'manual', ...init })
}

beforeEach(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles(FILES)
})

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('GET /articles/<id>', () => {
  it('is a page of its own, in its own language and direction', async ({ expect }) => {
    const response = await get('/articles/arabic')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    const page = await response.text()
    expect(page).toMatch(/^<!doctype html>\n<html lang="ar" dir="rtl">/)
    expect(page).toContain('<h1>أخبار</h1>')
    expect(page).toMatch(/<\/html>\n$/)
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(response.headers.get('Link')).toContain(`<${SITE}/articles/arabic>; rel="canonical"`)
  })

  it('is a JSON Feed of one item at .json', async ({ expect }) => {
    const response = await get('/articles/hello.json')
    expect(response.headers.get('Content-Type')).toBe('application/feed+json; charset=utf-8')
    expect(await response.json()).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ id: 'tag:example.org,2026:hello', url: `${SITE}/articles/hello` }],
    })
  })

  it('is an Atom entry document at .atom', async ({ expect }) => {
    const response = await get('/articles/hello.atom')
    expect(response.headers.get('Content-Type')).toBe(
      'application/atom+xml; type=entry; charset=utf-8',
    )
    expect(await response.text()).toMatch(
      /^<\?xml[^>]*>\n<entry xmlns="http:\/\/www.w3.org\/2005\/Atom"><id>/,
    )
  })

  it.for(['', '.json', '.atom'])(
    'answers an unchanged poll with 304 (%s)',
    async (ending, { expect }) => {
      const first = await get(`/articles/hello${ending}`)
      expect(first.headers.get('Content-Length')).toBe(
        String((await first.arrayBuffer()).byteLength),
      )
      const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' }
      expect((await get(`/articles/hello${ending}`, { headers })).status).toBe(304)
    },
  )

  it.for(['', '.json', '.atom'])(
    'is 410 with reason and replacement once retracted (%s)',
    async (ending, { expect }) => {
      const response = await get(`/articles/gone${ending}`)
      expect(response.status).toBe(410)
      expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
      expect(response.headers.get('Cache-Control')).toContain('max-age=300')
      expect(await response.json()).toMatchObject({
        status: 410,
        reason: 'retracted',
        id: 'gone',
        retracted_at: '2026-03-01T00:00:00Z',
        why: 'It was wrong.',
        replacement: `${SITE}/articles/hello`,
      })
    },
  )

  it.for([
    ...['/articles/old-hello', '/articles/old-hello?x=1', '/2021/hello.html', '/2020/Łódź/'],
    // Percent-encoding that means the same is the same address (RFC 3986 §6.2.2).
    ...['/articles/%6fld%2Dhello', '/2021/hello%2ehtml', '/2020/%c5%81%c3%b3d%c5%ba/'],
    ...['/2019/very-old', '/2019/very%2Dold', '/2019/very%2dold'],
  ])('is where its old address %s leads', async (path, { expect }) => {
    const response = await get(path)
    expect(response.status).toBe(301)
    expect(response.headers.get('Location')).toBe(`${SITE}/articles/hello`)
    expect(response.headers.get('Cache-Control')).toContain('max-age=300')
  })
})

describe('GET /', () => {
  it('lists articles and feeds', async ({ expect }) => {
    const page = await (await get('/')).text()
    for (const part of [
      '/rss.xml',
      '/atom.xml',
      '/feed.json',
      '/articles/hello',
      '/articles/arabic',
    ]) {
      expect(page).toContain(`href="${part}"`)
    }
    expect(page).not.toContain('/articles/gone')
  })
})

describe('GET /media/<digest>/<name>', () => {
  async function pathOf(name: string): Promise<string> {
    const page = await (await get('/articles/hello')).text()
    return new RegExp(`/media/[\\w-]{43}/${name}`).exec(page)?.[0] ?? ''
  }

  it('is an image under a policy that runs nothing', async ({ expect }) => {
    const response = await get(await pathOf('a.svg'))
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(response.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.get('Cache-Control')).toBe(
      'public, max-age=86400, stale-while-revalidate=604800',
    )
    expect(await response.text()).toBe(SVG)
  })

  it('is saved where a browser has nothing to show it with', async ({ expect }) => {
    const response = await get(await pathOf('t.csv'))
    expect(response.headers.get('Content-Disposition')).toBe('attachment')
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('Content-Length')).toBe('4')
    await response.arrayBuffer()
  })

  it('is the stylesheet of the pages too', async ({ expect }) => {
    const response = await get(await pathOf('style.css'))
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
    await response.arrayBuffer()
  })
})

describe('what is not there', () => {
  it.for([
    '/nothing',
    '/articles/',
    '/articles/none',
    '/articles/none.json',
    '/articles/index.html',
    '/articles/index.html.json',
    '/articles/__proto__',
    '/tags/none/rss.xml',
    '/articles/rss.xml',
    '/media/x/y.png',
    '/index.html',
    '/%23page',
    '/o/head',
    '/__object/1/2',
    '//',
    '/%ff',
    '/feed.json/',
  ])('is a problem document: %s', async (path, { expect }) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('Cache-Control')).toContain('public, max-age=60')
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toMatchObject({
      status: 404,
      reason: 'not-found',
      title: 'Not Found',
    })
  })

  it.for(['POST', 'PUT', 'DELETE', 'PATCH'])('is not made by %s', async (method, { expect }) => {
    const response = await get('/rss.xml', { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
    expect(await response.json()).toMatchObject({ reason: 'method-not-allowed' })
  })

  it('lets browsers of any origin ask with conditions', async ({ expect }) => {
    const response = await get('/feed.json', { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': expect.stringContaining('If-None-Match'),
    })
  })
})

describe('GET /health', () => {
  it('says which edition is served, and is never stored', async ({ expect }) => {
    vi.setSystemTime((NOW + 5) * 1000)
    const response = await get('/health')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.json()).toEqual({
      schema: 1,
      site: 'example.org,2026',
      edition: expect.stringMatching(/^[\w-]{43}$/),
      number: 1,
      age: 5,
    })
  })
})
