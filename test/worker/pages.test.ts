import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { anArticle, NOW, SITE } from '../support/corpus.ts'
import { emptyKv, newIsolate, publishFiles } from '../support/kv-store.ts'

const BASE = 'https://wire.example.org'
const FILES = {
  'site.yaml': `${SITE}tags: { osce: { title: OSCE } }\n`,
  'hello.md': anArticle({ section: 'politics', tags: '[osce]', authors: '[desk]' }),
  'old.md': anArticle({ title: 'Old', published: '2025-11-03T10:00:00Z' }),
  'gone.md': anArticle(
    { status: 'retracted', reason: 'It was <wrong>.', replaced_by: 'hello' },
    '',
  ),
}

/** What browsers say of a person who follows a link, and of their other requests. */
const NAVIGATES = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
/** A reader that takes HTML too, and names its feeds before it. */
const READER =
  'application/xml,application/atom+xml,application/rss+xml,application/feed+json,text/html,*/*;q=0.9'

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return exports.default.fetch(BASE + path, { redirect: 'manual', headers })
}

beforeEach(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles(FILES)
})

afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await emptyKv()
})

describe('a feed document', () => {
  it.for<[path: string, page: string]>([
    ['/rss.xml', '/'],
    ['/tags/osce/atom.xml', '/tags/osce/'],
    ['/archive/2025-11/feed.json', '/archive/2025-11/'],
  ])('sends a browser that would show %s to the page %s', async ([path, page], { expect }) => {
    const response = await get(path, NAVIGATES)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe(page)
    expect(response.headers.get('Vary')).toBe('Sec-Fetch-Dest')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect((await get(page)).headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  })

  it.for<[who: string, headers: Record<string, string>]>([
    ['a reader that says nothing', {}],
    ['a reader that takes HTML', { Accept: READER }],
    ['one that asks like a browser', { Accept: BROWSER, 'User-Agent': 'Mozilla/5.0' }],
    ['a link that saves it', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'empty' }],
    ['a script', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
    ['a frame', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
  ])('is the document for %s', async ([, headers], { expect }) => {
    const response = await get('/rss.xml', headers)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toContain('application/rss+xml')
    expect(response.headers.get('Vary')).toBe('Accept-Encoding, A-IM, Sec-Fetch-Dest')
    expect(await response.text()).toContain('<rss')
  })

  it('is the document for everybody if the site has no pages', async ({ expect }) => {
    const site = `${SITE}pages: false\nurl: https://www.example.org/{id}\n`
    await publishFiles({ ...FILES, 'site.yaml': site }, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const response = await get('/rss.xml', NAVIGATES)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<link>https://www.example.org/hello</link>')
    const nothing = await get('/nothing', { Accept: BROWSER })
    expect(nothing.headers.get('Content-Type')).toContain('application/problem+json')
  })
})

describe('a link that saves a document', () => {
  it('gets the document in every browser, also in those that send it as a navigation', async ({
    expect,
  }) => {
    const response = await get('/tags/osce/rss.xml?download', NAVIGATES)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="rss.xml"')
    expect(await response.text()).toContain('<rss')
    expect(await (await get('/tags/osce/')).text()).toContain('href="/tags/osce/rss.xml?download"')
    expect((await get('/tags/osce/rss.xml')).headers.has('Content-Disposition')).toBe(false)
  })
})

describe('a page', () => {
  it('loads from other hosts what the article on it shows, and nothing else', async ({
    expect,
  }) => {
    const image = '{ src: "https://img.example.com/a.png", alt: A }'
    const files = {
      'site.yaml': `${SITE}logo: https://logo.example.net/l.png\n`,
      'a.md': anArticle(
        { image, tags: '[a]' },
        '<video src="https://v.example.org/a.mp4"></video>',
      ),
      'b.md': anArticle({ title: 'B', tags: '[b]' }),
    }
    await publishFiles(files, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const shown = async (path: string): Promise<string | undefined> => {
      const policy = (await get(path)).headers.get('Content-Security-Policy') ?? ''
      return /img-src ([^;]*);/.exec(policy)?.[1]
    }
    const own = "'self' https://logo.example.net"
    expect(await shown('/articles/a')).toBe(`${own} https://img.example.com https://v.example.org`)
    expect(await shown('/tags/a/')).toBe(`${own} https://img.example.com`)
    for (const path of ['/articles/b', '/tags/b/', '/archive/', '/archive/2026-02/', '/feeds/'])
      expect(await shown(path), path).toBe(own)
  })

  it('leaves addresses in the text of an article as they are, while its links lead to the site itself', async ({
    expect,
  }) => {
    const code = '`<link href="https://wire.example.org/rss.xml">`'
    const files = { 'a.md': anArticle({}, `${code} [b](b.md)`), 'b.md': anArticle({ title: 'B' }) }
    await publishFiles(files, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const page = await (await get('/articles/a')).text()
    expect(page).toContain('href="https://wire.example.org/rss.xml"&gt;')
    expect(page).toContain('<a href="/articles/b">b</a>')
  })

  it('names files by what their addresses end with', async ({ expect }) => {
    const srcs = ['https://e.org/pod/', 'https://e.org/%C5%81.pdf?x=1', 'https://e.org/']
    const attachments = `[${srcs.map((src) => `{ src: "${src}", type: audio/mpeg }`).join(', ')}]`
    await publishFiles({ 'a.md': anArticle({ attachments }) }, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const page = await (await get('/articles/a')).text()
    const names = [...page.matchAll(/<li><a href="https:\/\/e.org[^"]*">([^<]*)</g)].map(
      ([, name]) => name,
    )
    expect(names).toEqual(['pod', 'Ł.pdf', 'https://e.org/'])
  })

  it('leads from the folder of an old address that ends in index.html', async ({ expect }) => {
    const files = { 'a.md': anArticle({ aliases: '[/2021/story/index.html]' }) }
    await publishFiles(files, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    expect((await get('/2021/story/index.html')).headers.get('Location')).toBe(`${BASE}/articles/a`)
    expect((await get('/2021/story/')).headers.get('Location')).toBe(`${BASE}/articles/a`)
  })

  it.for(['/archive', '/archive/2025-11', '/archive/2026-02', '/feeds'])(
    'is reached without its last slash: %s',
    async (path, { expect }) => {
      const response = await get(path)
      expect(response.status).toBe(301)
      expect(response.headers.get('Location')).toBe(`${BASE}${path}/`)
    },
  )

  it.for([
    '/',
    '/articles/hello',
    '/tags/osce/',
    '/sections/politics/',
    '/authors/desk/',
    '/feeds/',
    '/archive/',
    '/archive/2025-11/',
    '/archive/2026-02/',
  ])('%s runs nothing of strangers, and says what it is', async (path, { expect }) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toMatch(/default-src 'none';.*script-src 'self';/)
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin')
    const page = await response.text()
    expect(page).toContain(`<link rel="canonical" href="${BASE}${path}">`)
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page).not.toMatch(/ (?:style|on\w+)="|<script>|(?:src|href)="http:\/\//)
    const scripts = page.match(/<script(?! type="application\/ld\+json"| src="\/media\/)/g)
    expect(scripts).toBeNull()
    const again = await get(path, { 'If-None-Match': response.headers.get('ETag') ?? '' })
    expect(again.status).toBe(304)
  })

  it('of an article carries structured data, which no text of the article can end', async ({
    expect,
  }) => {
    const evil = '"</script><b>&amp; x"'
    const image = '{ src: "https://img.example.com/a.png", alt: A, credit: C }'
    const files = {
      'a.md': anArticle({
        title: evil,
        image,
        tags: '[t]',
        section: 's',
        license: 'https://l.example/',
      }),
      'b.md': anArticle(
        { title: 'B', updated: '2026-02-02T10:00:00Z', correction: 'It was wrong.' },
        '| a |\n|---|\n| b |\n\n```\ncode\n```\n',
      ),
    }
    await publishFiles(files, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    const page = await (await get('/articles/a')).text()
    expect(page.match(/<\/script>/g)).toHaveLength(1)
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? ''
    expect(JSON.parse(json)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: '</script><b>&amp; x',
      mainEntityOfPage: `${BASE}/articles/a`,
      image: ['https://img.example.com/a.png'],
      datePublished: '2026-02-01T10:00:00Z',
      author: [{ '@type': 'Organization', name: 'The Wire' }],
      keywords: ['t'],
      license: 'https://l.example/',
    })
    for (const part of [
      '<meta property="og:type" content="article">',
      '<meta property="og:image" content="https://img.example.com/a.png">',
      '<meta name="twitter:card" content="summary_large_image">',
      '<link rel="alternate" type="application/feed+json" title="This article (JSON Feed)" href="/articles/a.json">',
      '<figcaption>C</figcaption>',
      'rel="license" href="https://l.example/"',
    ])
      expect(page).toContain(part)
    const corrected = await (await get('/articles/b')).text()
    expect(corrected).toMatch(
      /<strong>Correction<\/strong>, <time [^>]+>February 2, 2026<\/time>: It was wrong/,
    )
    // What can be scrolled can be reached.
    expect(corrected).toContain('<pre tabindex="0">')
    expect(corrected).toContain('<div class="scroll" tabindex="0"><table>')
  })
})

describe('the page for an address at which nothing is', () => {
  it('has the same design, and proposes what may have been meant', async ({ expect }) => {
    const response = await get('/tags/osc/', { Accept: BROWSER })
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Vary')).toBe('Accept, Accept-Encoding')
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    const page = await response.text()
    expect(page).toContain('<p>Did you mean <a href="/tags/osce/">/tags/osce/</a>?</p>')
    expect(page).toMatch(/style\.css">[\s\S]*<h1>Nothing is here<\/h1>[\s\S]*<\/html>\n$/)
    expect(page).toContain('<meta name="robots" content="noindex">')
  })

  it.for([undefined, '*/*', READER, 'application/json'])(
    'is a problem document for a program (Accept: %s)',
    async (accept, { expect }) => {
      const headers = accept === undefined ? {} : { Accept: accept }
      for (const path of ['/nothing', '/articles/gone']) {
        const response = await get(path, headers)
        expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
        expect(response.headers.get('Vary')).toBe('Accept')
        await response.arrayBuffer()
      }
    },
  )

  it('says of a retracted article that it was withdrawn, why, and what replaces it', async ({
    expect,
  }) => {
    const response = await get('/articles/gone', { Accept: BROWSER })
    expect(response.status).toBe(410)
    const page = await response.text()
    expect(page).toMatch(/This article was withdrawn<\/strong>, <time [^>]+>March 1, 2026<\/time>/)
    expect(page).toContain('It was &lt;wrong&gt;.')
    expect(page).toContain('<a href="/articles/hello">')
    expect(page).toContain('<meta name="robots" content="noindex">')
  })

  it('says that something went wrong, in the design if that can be read', async ({ expect }) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(Date.prototype, 'toUTCString').mockImplementation(() => {
      throw new Error('broken')
    })
    const response = await get('/', { Accept: BROWSER })
    expect(response.status).toBe(500)
    expect(await response.text()).toMatch(/style\.css">[\s\S]*<h1>Something went wrong<\/h1>/)
    const problem = await get('/', {})
    expect(await problem.json()).toMatchObject({ reason: 'internal' })
  })

  it('says without a design that nothing is published yet', async ({ expect }) => {
    await emptyKv()
    newIsolate()
    const response = await get('/', { Accept: BROWSER })
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('30')
    expect(await response.text()).toContain('<h1>Service Unavailable</h1>')
  })

  it('lists all feeds if only the kind of a feed is named', async ({ expect }) => {
    const response = await get('/tags/')
    expect(response.status).toBe(301)
    expect(response.headers.get('Location')).toBe(`${BASE}/feeds/#tags`)
    expect(await (await get('/feeds/')).text()).toContain('<a href="/tags/osce/">OSCE</a>')
  })
})
