import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW, SITE as SETTINGS } from '../support/corpus.ts'
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
      /^<\?xml[^>]*>\n<entry xmlns="http:\/\/www.w3.org\/2005\/Atom" xml:lang="en"><id>/,
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
    const query = path.endsWith('?x=1') ? '?x=1' : ''
    expect(response.headers.get('Location')).toBe(`${SITE}/articles/hello${query}`)
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
    // A takedown has to reach everyone within minutes.
    expect(response.headers.get('Cache-Control')).toBe(
      'public, max-age=300, stale-while-revalidate=600, stale-if-error=600',
    )
    expect(await response.text()).toBe(SVG)
  })

  it('is saved to disk if browsers cannot show it', async ({ expect }) => {
    const response = await get(await pathOf('t.csv'))
    expect(response.headers.get('Content-Disposition')).toBe('attachment')
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('Content-Length')).toBe('4')
    await response.arrayBuffer()
  })

  it('is the stylesheet of the pages too', async ({ expect }) => {
    const response = await get(await pathOf('style.css'))
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toContain('max-age=86400')
    await response.arrayBuffer()
  })
})

/** What each type may do when somebody opens the file by itself. */
const OPENED: readonly [file: string, disposition: string, may: string][] = [
  ['a.svg', 'inline', 'sandbox'],
  ['a.png', 'inline', "img-src 'self'"],
  ['a.avif', 'inline', "img-src 'self'"],
  ['a.wav', 'inline', "media-src 'self'"],
  ['a.mp3', 'inline', "media-src 'self'"],
  ['a.mp4', 'inline', "media-src 'self'"],
  ['a.pdf', 'inline', "object-src 'self'"],
  ['a.txt', 'inline', 'sandbox'],
  ['a.json', 'attachment', 'sandbox'],
  ['a.zip', 'attachment', 'sandbox'],
  ['a.vtt', 'attachment', 'sandbox'],
]

describe('a file that somebody opens', () => {
  it.for(OPENED)('%s: %s, %s', async ([file, disposition, may], { expect }) => {
    const attachments = `[{ src: ${file}, title: File }]`
    await publishFiles({ 'a.md': anArticle({ attachments }), [file]: 'bytes' }, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const [path = ''] =
      /\/media\/[\w-]{43}\/a\.\w+/.exec(await (await get('/articles/a')).text()) ?? []
    const { headers } = await get(path)
    expect(headers.get('Content-Disposition')).toBe(disposition)
    expect(headers.get('Content-Security-Policy')).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; ${may}`,
    )
    expect(headers.get('Content-Security-Policy')).not.toContain('script-src')
    // Taken down with its article, at once.
    await publishFiles({ 'a.md': anArticle({ status: 'retracted' }), [file]: 'bytes' }, NOW + 3)
    vi.setSystemTime((NOW + 4) * 1000)
    const gone = await get(path, { headers: { 'If-None-Match': headers.get('ETag') ?? '' } })
    expect(gone.status).toBe(404)
    expect(gone.headers.get('Cache-Control')).toContain('max-age=60')
  })
})

/** Old addresses that lie where others are, and how they are asked for. */
const OLD: readonly [alias: string, path: string, status: number][] = [
  ['/2021/story/', '/2021/story/', 301],
  ['/2021/story/', '/2021/story/rss.xml', 404],
  ['/2021/story/', '/2021/story/atom.xml', 404],
  ['/2021/story/', '/2021/story/feed.json', 404],
  ['/2021/story/', '/2021/story/changes.json', 404],
  ['/2021/story/', '/2021/story', 301],
  ['/2021/story/', '/2021/story/index.html', 301],
  ['/2021/story', '/2021/story/', 301],
  ['/2021/story/index.htm', '/2021/story/', 301],
  ['/2021/story', '/2021/story?utm_source=x', 301],
  ['/?p=42', '/?p=42', 301],
  ['/?p=42', '/?utm_source=x&p=42', 301],
  ['/?p=42', '/index.html?p=42', 301],
  ['/?p=42', '/?p=43', 200],
  ['/?p=42', '/?q=42', 200],
  ['/?p=42', '/', 200],
  ['/index.php?id=7&lang=en', '/index.php?lang=en&id=%37', 301],
  ['/index.php?id=7&lang=en', '/index.php?id=7', 404],
  ['/index.php?post/7', '/index.php?post/7', 301],
  ['/b?x', '/articles/a/', 301],
  ['/2021/a', '/2021/a.json', 301],
  ['/2021/a(b),c', '/2021/a%28b%29%2Cc', 301],
  ['/2021/a%28b', '/2021/a(b', 301],
  ['/2021/Łódź', '/2021/%c5%81%C3%B3d%c5%ba', 301],
  ['/2021/é', '/2021/e%CC%81', 301],
  ['/2021/100%/x', '/2021/100%/%78', 301],
  ['/2021/story', '/%32021/%73tory', 301],
  ['old-id', '/articles/old%2Did', 301],
  ['old-id', '/%61rticles/old-id', 301],
  ['/2021/feed.json/', '/2021/feed.json/', 301],
  ['/2021/sitemap.xml/', '/2021/sitemap.xml/', 301],
]

describe('an old address', () => {
  it.for(OLD)('%s, asked for as %s: %s', async ([alias, path, status], { expect }) => {
    await publishFiles({ 'a.md': anArticle({ aliases: `["${alias}"]` }) }, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const response = await get(path)
    expect(response.status).toBe(status)
    const ending = /\.json$/.exec(path)?.[0] ?? ''
    // What found the article is not asked again, and all else is.
    const query = path.includes('utm_source=x') ? '?utm_source=x' : ''
    if (status === 301)
      expect(response.headers.get('Location')).toBe(`${SITE}/articles/a${ending}${query}`)
    if (status === 404)
      expect(response.headers.get('Content-Type')).toContain('application/problem+json')
  })

  it.for(['/2021/%61b', '/2021/ab', '/2021/ab/', '/2021/ab/index.html', '/2021/%61%62'])(
    'is one for all its spellings: another article cannot have %s',
    async (alias, { expect }) => {
      const files = {
        'a.md': anArticle({ aliases: '[/2021/ab]' }),
        'b.md': anArticle({ aliases: `["${alias}"]` }),
      }
      await expect(publishFiles(files, NOW + 1)).rejects.toThrow('"reason":"taken-alias"')
    },
  )
})

/** Old addresses of feeds: the aliases of a site, and where a request is led to. */
const OLD_FEEDS: readonly [settings: string, path: string, leadsTo: string | undefined][] = [
  ['aliases: [/index.xml]', '/index.xml', '/rss.xml'],
  ['aliases: [/feed/]', '/feed', '/rss.xml'],
  ['aliases: [/feed/]', '/feed/?utm_source=x', '/rss.xml?utm_source=x'],
  ['aliases: ["/?feed=atom"]', '/?b=1&feed=atom&a', '/atom.xml?b=1&a'],
  ['aliases: [/blog/atom.xml]', '/blog/atom.xml', '/atom.xml'],
  ['aliases: [/feed/atom/]', '/feed/atom/', '/atom.xml'],
  ['aliases: [/old.json]', '/old.json', '/feed.json'],
  ['aliases: [/rss/feed.json]', '/rss/feed.json', '/feed.json'],
  ['aliases: ["/?feed=rss2"]', '/?feed=rss2', '/rss.xml'],
  ['aliases: ["/?feed=atom"]', '/?feed=atom', '/atom.xml'],
  ['aliases: ["/?feed=atom"]', '/?feed=rss2', undefined],
  ['aliases: [{ path: /feed/, format: atom }]', '/feed/', '/atom.xml'],
  ['tags: { notes: { aliases: [jottings, /notes.rdf] } }', '/notes.rdf', '/tags/notes/rss.xml'],
  ['tags: { notes: { aliases: [jottings, /notes.rdf] } }', '/tags/jottings/', '/tags/notes/'],
  [
    'feeds: { x: { title: X, filter: { tags: [notes] }, aliases: [/x.atom] } }',
    '/x.atom',
    '/feeds/x/atom.xml',
  ],
  ['authors: { ann: { name: Ann, aliases: [/ann/feed] } }', '/ann/feed/', '/authors/ann/rss.xml'],
]

describe('an old address of a feed', () => {
  it.for(OLD_FEEDS)('%s: %s', async ([settings, path, leadsTo], { expect }) => {
    const files = {
      'site.yaml': SETTINGS.replace(/authors:[\s\S]*$/, '') + settings,
      'a.md': anArticle({ tags: '[notes]', authors: '[ann]' }),
    }
    await publishFiles(files, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    for (const method of ['GET', 'HEAD']) {
      const response = await get(path, {
        method,
        headers: { 'If-None-Match': '"x"', 'A-IM': 'feed, edgewire' },
      })
      expect(response.status).toBe(leadsTo === undefined ? 200 : 301)
      expect(response.headers.get('Location')).toBe(leadsTo === undefined ? null : SITE + leadsTo)
    }
  })

  it.for([
    ['aliases: [/rss.xml]', 'reserved-alias', 'site.yaml'],
    ['aliases: [/a, /a/]', 'taken-alias', 'site.yaml'],
    ['aliases: [/old]', 'taken-alias', 'a.md'],
    ['aliases: [{ path: /feed/, format: rdf }]', 'invalid-value', 'site.yaml'],
    ['aliases: [//evil.example/]', 'invalid-value', 'site.yaml'],
  ] as const)('is refused: %s', async ([settings, reason, file], { expect }) => {
    const files = {
      'site.yaml': `${SETTINGS}${settings}\n`,
      'a.md': anArticle({ aliases: '[/old]' }),
    }
    const refused = publishFiles(files, NOW + 1)
    await expect(refused).rejects.toThrow(`"file":"${file}"`)
    await expect(publishFiles(files, NOW + 1)).rejects.toThrow(`"reason":"${reason}"`)
  })
})

describe('a redirect', () => {
  const NAVIGATES = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }

  it.for([
    '//evil.example/rss.xml',
    '//evil.example/',
    '//evil.example',
    '///evil.example/feed.json',
    '/\\evil.example/rss.xml',
    '//evil.example/tags/OSCE',
    '/tags/OSCE//evil.example/',
    '/TAGS/osce//evil.example/rss.xml',
    '/feeds//evil.example/archive',
    '//archive',
    '/%2f/evil.example/rss.xml',
    '/tags/%6Fsce/%0d%0aLocation:%20https://evil.example/',
  ])('from %s leads to nobody else', async (path, { expect }) => {
    await publishFiles({ 'a.md': anArticle({ tags: '[osce]' }) }, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const response = await get(path, { headers: NAVIGATES })
    expect(response.status).toBeLessThan(500)
    const to = response.headers.get('Location') ?? '/'
    expect(new URL(to, SITE).origin).toBe(SITE)
  })
})

describe('an address at which nothing is', () => {
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
    '/%23page',
    '/o/head',
    '/__object/1/2',
    '/%ff',
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

  it.for(['POST', 'PUT', 'DELETE', 'PATCH'])('does not accept %s', async (method, { expect }) => {
    const response = await get('/rss.xml', { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
    expect(await response.json()).toMatchObject({ reason: 'method-not-allowed' })
  })

  it('lets browsers of any origin ask with whatever they like, but for credentials', async ({
    expect,
  }) => {
    const response = await get('/feed.json', { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': '*',
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
