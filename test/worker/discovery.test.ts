import { exports } from 'cloudflare:workers'
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { parseOpml } from 'feedsmith'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { anArticle, type Files, NOW, SITE } from '../support/corpus.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const BASE = 'https://wire.example.org'
const HOUR = 3600

const FILES: Files = {
  'site.yaml': `${SITE}tags:\n  łódź: { title: Łódź & around, aliases: [lodsch] }\nfeeds:\n  eu-politics: { title: EU politics, filter: { section: politics, tags: [eu] } }\n`,
  'a.md': anArticle({ section: 'politics', tags: '[eu, łódź]', authors: '[desk]' }),
  'b.md': anArticle({
    title: 'B',
    language: 'zh-Hant',
    aliases: '[old-b]',
    published: formatInstant(NOW - HOUR),
  }),
  'c.md': anArticle({ title: 'Fish & <chips>', published: formatInstant(NOW - 40 * HOUR) }),
  'd.md': anArticle({ status: 'retracted', tags: '[eu]' }),
  ...Object.fromEntries(
    Array.from({ length: 70 }, (_, n) => [
      `s-${n}.md`,
      anArticle({ published: formatInstant(NOW - 60 * 24 * HOUR + n * 1200), tags: '[many]' }),
    ]),
  ),
}

const ask = (path: string): Promise<Response> =>
  exports.default.fetch(BASE + path, { redirect: 'manual' })
const text = async (path: string): Promise<string> => (await ask(path)).text()

function elements(xml: string, name: string): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (element: XmlElement): void => {
    if (element.name === name) found.push(element)
    for (const child of element.children) if (child instanceof XmlElement) visit(child)
  }
  const { root } = parseXml(xml)
  if (root) visit(root)
  return found
}

beforeAll(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles(FILES)
})

afterAll(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('the address of a feed', () => {
  it.for([
    '/tags/lodz/rss.xml',
    '/tags/lodz/atom.xml',
    '/tags/lodz/feed.json',
    '/tags/lodz/',
    '/sections/politics/rss.xml',
    '/authors/desk/feed.json',
    '/languages/zh-hant/atom.xml',
    '/feeds/eu-politics/rss.xml',
    '/archive/2025-12/atom.xml',
  ])('is %s, and it never redirects', async (path, { expect }) => {
    for (const headers of [{}, { Accept: 'text/html', 'User-Agent': 'Mozilla/5.0' }]) {
      const response = await exports.default.fetch(`${BASE}${path}?utm=x`, {
        headers,
        redirect: 'manual',
      })
      expect(response.status).toBe(200)
      await response.arrayBuffer()
    }
  })

  it.for([
    ['/tags/lodz', '/tags/lodz/'],
    ['/tags/Lodz/rss.xml', '/tags/lodz/rss.xml'],
    ['/TAGS/lodz/RSS.xml', '/tags/lodz/rss.xml'],
    ['/tags/%C5%81%C3%B3d%C5%BA/atom.xml', '/tags/lodz/atom.xml'],
    ['/tags/lodsch/feed.json', '/tags/lodz/feed.json'],
    ['/tags/lodsch', '/tags/lodz/'],
    ['/authors/The%20desk/rss.xml', '/authors/desk/rss.xml'],
    ['/languages/zh-Hant/rss.xml', '/languages/zh-hant/rss.xml'],
    ['/Feed.json', '/feed.json'],
    ['/articles/old-b', '/articles/b'],
    ['/articles/old-b.json', '/articles/b.json'],
    ['/articles/old-b.atom', '/articles/b.atom'],
  ] as const)('has other spellings: %s leads to %s', async ([from, to], { expect }) => {
    const response = await ask(from)
    expect(response.status).toBe(301)
    expect(response.headers.get('Location')).toBe(BASE + to)
    expect((await ask(to)).status).toBe(200)
  })

  it('is 404 for an unknown feed, with the feeds of similar names', async ({ expect }) => {
    const response = await ask('/sections/poltics/rss.xml')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      reason: 'not-found',
      near: [`${BASE}/sections/politics/`],
    })
    for (const path of [
      '/tags/nothing-like-it/',
      '/feeds/rss.xml',
      '/feeds/register',
      '/archive/rss.xml',
      '/archive/2025-13/',
      '/archive/periods',
      '/articles/shell',
      '/tags/%ff/rss.xml',
    ])
      expect((await ask(path)).status, path).toBe(404)
  })
})

describe('the history of a feed', () => {
  it('is walked by links, in headers as in documents, back to where the walk began', async ({
    expect,
  }) => {
    const links = async (path: string): Promise<Record<string, string>> => {
      const header = (await ask(path)).headers.get('Link') ?? ''
      const pairs = header.matchAll(/<([^>]*)>; rel="([^"]*)"/g)
      return Object.fromEntries(Array.from(pairs, ([, href, rel]) => [rel ?? '', href ?? '']))
    }
    expect(await links('/atom.xml')).toMatchObject({
      'prev-archive': `${BASE}/archive/2025-12-2/atom.xml`,
    })
    expect(await links('/archive/2025-12-2/atom.xml')).toMatchObject({
      self: `${BASE}/archive/2025-12-2/atom.xml`,
      current: `${BASE}/atom.xml`,
      'prev-archive': `${BASE}/archive/2025-12/atom.xml`,
    })
    const first = await links('/archive/2025-12/atom.xml')
    expect(first).toMatchObject({ 'next-archive': `${BASE}/archive/2025-12-2/atom.xml` })
    expect(first).not.toHaveProperty('prev-archive')
    const walked: string[] = []
    for (let path: string | undefined = '/feed.json'; path; ) {
      walked.push(path)
      const feed = JSON.parse(await text(path)) as { next_url?: string }
      path = feed.next_url?.slice(BASE.length)
    }
    expect(walked.slice(1)).toEqual(['/archive/2025-12-2/feed.json', '/archive/2025-12/feed.json'])
  })
})

describe('programs find', () => {
  it('all feeds in /feeds.opml, grouped, each once', async ({ expect }) => {
    const response = await ask('/feeds.opml')
    expect(response.headers.get('Content-Type')).toBe('text/x-opml; charset=utf-8')
    const opml = parseOpml(await response.text())
    const groups = opml.body?.outlines ?? []
    expect(groups.map(({ text: title }) => title)).toEqual([
      'Everything',
      'Sections',
      'Tags',
      'Authors',
      'Languages',
      'Feeds',
    ])
    const addresses = groups.flatMap(({ outlines = [] }) =>
      outlines.map(({ xmlUrl }) => xmlUrl ?? ''),
    )
    expect(addresses).toContain(`${BASE}/tags/lodz/rss.xml`)
    expect(new Set(addresses).size).toBe(addresses.length)
    expect(addresses.every((address) => address.endsWith('/rss.xml'))).toBe(true)
    for (const address of addresses)
      expect((await ask(address.slice(BASE.length))).status).toBe(200)
  })

  it('every page in the sitemaps that robots.txt names', async ({ expect }) => {
    const robots = await text('/robots.txt')
    expect(robots).toContain(`Sitemap: ${BASE}/sitemap.xml`)
    const parts = elements(await text('/sitemap.xml'), 'loc').map((loc) =>
      loc.text.slice(BASE.length),
    )
    expect(parts).toEqual(['/sitemap-2025-12.xml', '/sitemap-2025-12-2.xml', '/sitemap-latest.xml'])
    const pages = (await Promise.all(parts.map((part) => text(part)))).flatMap((xml) =>
      elements(xml, 'loc').map((loc) => loc.text),
    )
    expect(new Set(pages).size).toBe(73)
    expect(pages).not.toContain(`${BASE}/articles/d`)
  })

  it('the news of two days by the clock of the request', async ({ expect }) => {
    const news = async (): Promise<string[]> =>
      elements(await text('/news-sitemap.xml'), 'news:title').map((title) => title.text)
    expect(await news()).toEqual(['B', 'Fish & <chips>'])
    const first = await ask('/news-sitemap.xml')
    expect(await first.text()).toContain('<news:language>zh-tw</news:language>')
    vi.setSystemTime((NOW + 7 * HOUR + 1800) * 1000)
    const near = await ask('/news-sitemap.xml')
    expect(near.headers.get('ETag')).toBe(first.headers.get('ETag'))
    vi.setSystemTime((NOW + 9 * HOUR) * 1000)
    expect(await news()).toEqual(['B'])
    expect((await ask('/news-sitemap.xml')).headers.get('ETag')).not.toBe(first.headers.get('ETag'))
    vi.setSystemTime((NOW + 72 * HOUR) * 1000)
    expect(await news()).toEqual([])
    vi.setSystemTime(NOW * 1000)
  })

  it('the language of an article in its entry document', async ({ expect }) => {
    for (const [path, language] of [
      ['/articles/a.atom', 'en'],
      ['/articles/b.atom', 'zh-Hant'],
    ] as const) {
      const { root } = parseXml(await text(path))
      expect(root?.attributes['xml:lang'], path).toBe(language)
    }
  })

  it('the feeds that fit a page in its head', async ({ expect }) => {
    const article = await text('/articles/a')
    for (const folder of ['/', '/sections/politics/', '/tags/eu/', '/tags/lodz/', '/authors/desk/'])
      expect(article).toContain(`href="${folder}atom.xml"`)
    const page = await text('/tags/lodz/')
    expect(page).toContain('The Wire: Łódź &amp; around')
    expect(page).toContain('<link rel="alternate" type="application/rss+xml"')
  })
})
