import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, type Files, NOW, SITE } from '../support/corpus.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const BASE = 'https://wire.example.org'
const OWN = 'https://www.example.org/news'

/** A wire whose articles are read on the publisher's own site. */
const FILES: Files = {
  'site.yaml': `${SITE}pages: false\nurl: ${OWN}/{year}/{id}\n`,
  'a.md': anArticle({ aliases: '[old-a]' }, 'See [b](b.md).'),
  'b.md': anArticle({ title: 'B', url: `${OWN}/bee`, tags: '[x]' }),
  'c.md': anArticle({ title: 'C', url: `${OWN}/?id=c#text` }),
  'gone.md': anArticle({ title: 'Gone', status: 'retracted', replaced_by: 'b' }),
}

const ask = (path: string): Promise<Response> =>
  exports.default.fetch(BASE + path, { redirect: 'manual' })
const textOf = async (path: string): Promise<string> => (await ask(path)).text()

beforeEach(() => {
  vi.setSystemTime(NOW * 1000)
})

afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('a site without pages', () => {
  beforeEach(async () => {
    await publishFiles(FILES)
  })

  it.for([
    ['/', 302, 'https://example.org/'],
    ['/index.html?utm_source=x', 302, 'https://example.org/?utm_source=x'],
    ['/articles/a', 302, `${OWN}/2026/a`],
    ['/articles/a?utm_source=x&b', 302, `${OWN}/2026/a?utm_source=x&b`],
    ['/articles/b', 302, `${OWN}/bee`],
    // What the address says itself, no request says otherwise.
    ['/articles/c?utm_source=x&id=b&%69d=d', 302, `${OWN}/?id=c&utm_source=x#text`],
    ['/articles/old-a', 301, `${BASE}/articles/a`],
  ] as const)('sends who asks for %s on with %i to %s', async ([path, status, to], { expect }) => {
    const response = await ask(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('Location')).toBe(to)
    expect(response.headers.get('Cache-Control')).toBe(
      'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400',
    )
  })

  it('has no page', async ({ expect }) => {
    for (const path of ['/tags/x/', '/articles/nothing'])
      expect((await ask(path)).status, path).toBe(404)
  })

  it.for(['.json', '.atom'])(
    'serves articles as %s, which name their page',
    async (ending, { expect }) => {
      const response = await ask(`/articles/a${ending}`)
      expect(response.status).toBe(200)
      const link = response.headers.get('Link')
      expect(link).toContain(`<${OWN}/2026/a>; rel="alternate"; type="text/html"`)
      expect(link).toContain(`<${BASE}/articles/a${ending}>; rel="self"`)
      const text = await response.text()
      expect(text).toContain(`${OWN}/2026/a`)
      expect(text).toContain(`${OWN}/bee`)
      expect(text).not.toMatch(/wire\.example\.org\/articles\/[ab]"/)
    },
  )

  it('leads to the publisher’s pages from every feed', async ({ expect }) => {
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/tags/x/rss.xml']) {
      const response = await ask(path)
      const home = '<https://example.org/>; rel="alternate"; type="text/html"'
      expect(response.headers.get('Link'), path).toContain(home)
      const text = await response.text()
      expect(text, path).toContain(`${OWN}/bee`)
      expect(text, path).not.toContain(`${BASE}/articles/`)
    }
  })

  it('names the page of an article that replaces another', async ({ expect }) => {
    const response = await ask('/articles/gone')
    expect(response.status).toBe(410)
    expect(await response.json()).toMatchObject({ replacement: `${OWN}/bee` })
  })
})

describe('a site with pages', () => {
  it('keeps its page of an article that is read elsewhere, and says where', async ({ expect }) => {
    await publishFiles({ ...FILES, 'site.yaml': SITE })
    const response = await ask('/articles/b')
    expect(response.status).toBe(200)
    expect(response.headers.get('Link')).toContain(`<${OWN}/bee>; rel="canonical"`)
    expect(await response.text()).toContain(`<link rel="canonical" href="${OWN}/bee">`)
    expect(await textOf('/articles/a')).toContain(`href="${OWN}/bee"`)
    expect((await ask('/')).status).toBe(200)
  })
})

describe('a site without pages, whose own pages would be at its address', () => {
  it('answers 404 instead of redirecting in a circle', async ({ expect }) => {
    const home = SITE.replace('home: https://example.org/', `home: ${BASE}/`)
    await publishFiles({
      'site.yaml': `${home}pages: false\n`,
      'a.md': anArticle({ url: `${BASE}/articles/a` }),
    })
    for (const path of ['/', '/articles/a']) expect((await ask(path)).status, path).toBe(404)
    expect((await ask('/articles/a.json')).status).toBe(200)
  })
})

describe('an article of long ago', () => {
  it('is served, with its date, from everywhere', async ({ expect }) => {
    const published = '1889-02-01T10:00:00+01:00'
    await publishFiles({ 'site.yaml': SITE, 'a.md': anArticle({ published, tags: '[x]' }) })
    const page = await ask('/articles/a')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('February 1, 1889 at 10:00 AM GMT+1')
    expect(await textOf('/rss.xml')).toContain('<pubDate>Fri, 01 Feb 1889 09:00:00 GMT</pubDate>')
    expect(await textOf('/atom.xml')).toContain('<published>1889-02-01T09:00:00Z</published>')
    const since = { 'If-Modified-Since': page.headers.get('Last-Modified') ?? '' }
    const again = await exports.default.fetch(`${BASE}/articles/a`, { headers: since })
    expect(again.status).toBe(304)
    expect(await textOf('/archive/1889-02/')).toContain('/articles/a"')
    expect(await textOf('/changes.json?since=0')).toContain('1889-02-01T09:00:00Z')
  })
})
