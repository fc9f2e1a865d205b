import { exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { anArticle, NOW, SITE as SETTINGS } from '../support/corpus.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const FILES = {
  'site.yaml': `${SETTINGS}feeds:\n  picked: { title: Picked, filter: { tags: [osce] }, archives: true }\n`,
  'a-story.md': anArticle(
    { tags: '[osce, łódź]', aliases: '[/2021/Old-Story.html, old-id, "/2021/a;b"]' },
    '![x](a@é.png)',
  ),
  'old.md': anArticle({ title: 'Old', published: '2025-01-01T00:00:00Z', tags: '[osce]' }),
  'gone.md': anArticle({ status: 'retracted', reason: 'Wrong.' }),
  'a@é.png': new Uint8Array([1, 2, 3]),
}

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(SITE + path, { redirect: 'manual', ...init })
}

/** An address of each kind that is served. */
const SERVED = [
  ...['/', '/feeds/', '/archive/', '/archive/2025-01/', '/tags/osce/', '/feeds/picked/archive/'],
  ...['/rss.xml', '/feed.json', '/tags/osce/atom.xml', '/feeds/picked/archive/2025-01/feed.json'],
  ...[
    '/archive/2025-01/rss.xml',
    '/feeds/picked/archive/2025-01/',
    '/changes.json',
    '/tags/osce/changes.json',
  ],
  ...['/articles/a-story', '/articles/a-story.json', '/articles/a-story.atom', '/articles/gone'],
  ...['/feeds.opml', '/robots.txt', '/openapi.json', '/sitemap.xml', '/sitemap-2025-01.xml'],
  ...['/news-sitemap.xml', '/health'],
]

/** Other spellings of an address, as people, programs and proxies make them. */
const SPELLINGS: Readonly<Record<string, (path: string) => string>> = {
  'a slash more': (path) => `${path}/`,
  'a slash less': (path) => path.replace(/(?<=.)\/$/, ''),
  'two slashes before': (path) => `/${path}`,
  'many slashes everywhere': (path) => path.replaceAll('/', '///'),
  'a backslash': (path) => `/\\${path}`,
  'needless codes': (path) =>
    path.replace(
      /[a-z.](?![^%]*$)|(?<=^[^%]*)[a-z.]/,
      (sign) => `%${sign.charCodeAt(0).toString(16)}`,
    ),
  capitals: (path) => path.replace(/[a-z](?=[^%/]*$)/g, (letter) => letter.toUpperCase()),
  'a capital': (path) => path.replace(/(?<=\/)[a-z]/, (letter) => letter.toUpperCase()),
  'dots as steps': (path) => `/x/..${path.replace(/^\//, '/./')}`,
  'coded dots': (path) => `/%2e/x/%2E%2e${path}`,
  'a file of the folder': (path) => `${path.replace(/\/$/, '')}/index.html`,
  'a dot at the end': (path) => `${path}.`,
  'a semicolon at the end': (path) => `${path};`,
  'a coded comma at the end': (path) => `${path}%2C`,
  'a bracket and a dot': (path) => `${path}).`,
  'a blank at the end': (path) => `${path}%20`,
  'all at once': (path) => `//${path.replace(/[a-z](?=[^%/]*$)/, (l) => l.toUpperCase())};/`,
}

beforeAll(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles(FILES)
})

afterAll(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('an address that is spelled in another way', () => {
  it.for(Object.entries(SPELLINGS))(
    'leads to the one that is served: %s',
    async ([, spell], { expect }) => {
      for (const path of SERVED) {
        const spelled = spell(path)
        const response = await ask(`${spelled}?utm_source=x&a=%20b`)
        await response.arrayBuffer()
        // A URL is parsed before it is sent: some spellings never leave the client.
        if (new URL(SITE + spelled).pathname === path) {
          expect([200, 410], spelled).toContain(response.status)
          continue
        }
        expect(response.headers.get('Location'), spelled).toBe(`${SITE}${path}?utm_source=x&a=%20b`)
        expect(response.status).toBe(301)
      }
    },
  )

  it('is served as it is in its own', async ({ expect }) => {
    for (const path of SERVED) {
      const response = await ask(`${path}?utm_source=x`)
      await response.arrayBuffer()
      expect(response.status, path).toBe(path === '/articles/gone' ? 410 : 200)
    }
  })

  it('may leave out what some proxies decode on the way', async ({ expect }) => {
    const page = await (await ask('/articles/a-story')).text()
    const path = /\/media\/[\w-]{43}\/a%40%C3%A9\.png/.exec(page)?.[0] ?? ''
    for (const spelled of [path, path.replace('%40', '@')]) {
      const response = await ask(spelled)
      await response.arrayBuffer()
      expect(response.status, spelled).toBe(200)
    }
    for (const spelled of [
      `${path};`,
      path.replace('%40', '@').replace('png', '%70ng'),
      path.replace('%C3%A9', '%c3%a9'),
      path.replace('%C3%A9', 'e%CC%81'),
    ])
      expect((await ask(spelled)).headers.get('Location')).toBe(SITE + path)
  })

  it.for([
    ['/2021/Old-Story.html).', '/articles/a-story'],
    ['/2021//Old%2DStory.html/', '/articles/a-story'],
    ['/articles/OLD-ID.json', '/articles/a-story.json'],
    ['/2021/a;b', '/articles/a-story'],
    ['/2021/a%3bb;', '/articles/a-story'],
    ['/Tags', '/feeds/#tags'],
    ['//tags/OSCE//RSS.xml', '/tags/osce/rss.xml'],
  ] as const)('leads from %s to %s in one step', async ([path, to], { expect }) => {
    expect((await ask(path)).headers.get('Location')).toBe(SITE + to)
  })

  it('takes the query before what comes after #', async ({ expect }) => {
    expect((await ask('/tags?a=b')).headers.get('Location')).toBe(`${SITE}/feeds/?a=b#tags`)
  })

  it('saves the document that was to be saved', async ({ expect }) => {
    const headers = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
    for (const query of ['?download', '?utm_source=x&download', '?download=&a']) {
      const moved = await ask(`/tags/OSCE/rss.xml${query}`, { headers })
      const to = moved.headers.get('Location') ?? ''
      expect(to).toBe(`${SITE}/tags/osce/rss.xml${query}`)
      const response = await ask(to.slice(SITE.length), { headers })
      await response.arrayBuffer()
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Disposition')).toContain('attachment')
    }
    const shown = await ask('/tags/osce/rss.xml?downloads=1', { headers })
    expect(shown.status).toBe(303)
    expect(shown.headers.get('Location')).toBe('/tags/osce/?downloads=1')
  })

  it('never leads in a circle, nor to anybody else', async ({ expect }) => {
    const piece = fc.oneof(
      fc.constantFrom(...SERVED),
      fc.constantFrom(
        '/',
        '//',
        '/.',
        '/..',
        '%2f',
        '%5c',
        '\\',
        ';',
        '.',
        '@',
        ':',
        'evil.example',
      ),
      fc.constantFrom('%', '%ff', '%41', 'é', 'e\u0301', '%2e', 'index.html', '%00', '%0d%0a', "'"),
      fc.string({ maxLength: 3 }),
    )
    const path = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''))
    await fc.assert(
      fc.asyncProperty(path, async (written) => {
        let address = `${SITE}/${written.replace(/[?#]/g, '')}`
        for (let step = 0; step < 3; step++) {
          const response = await exports.default.fetch(address, { redirect: 'manual' })
          await response.arrayBuffer()
          expect(response.status).toBeLessThan(500)
          if (response.status < 300 || response.status > 399) return
          address = new URL(response.headers.get('Location') ?? '', address).href
          expect(new URL(address).origin).toMatch(/^https:\/\/(wire\.)?example\.org$/)
        }
        expect.fail(`${written} leads in a circle`)
      }),
      { numRuns: 300 },
    )
  })
})
