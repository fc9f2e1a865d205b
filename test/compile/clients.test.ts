import { gunzipSync } from 'node:zlib'
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { parseAtomFeed, parseOpml } from 'feedsmith'
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5'
import Parser from 'rss-parser'
import { describe, it } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { type Edition, loadEdition, loadObject } from '../../src/edition/edition.ts'
import { OPML, PAGE_SHELL, pageName } from '../../src/edition/names.ts'
import { anArticle, type Files, NOW, SITE } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const BASE = 'https://wire.example.org'

const FILES: Files = {
  'site.yaml': `${SITE}sections: { politics: { title: Politics & people } }
tags: { eu: { title: European Union } }
feeds: { union: { title: The Union, archives: true, filter: { tags: [eu] } } }
`,
  'bare.md': anArticle({ title: 'Bare' }, '# A title\n\nText.\n\n## A part'),
  'tagged.md': anArticle({
    section: 'politics',
    tags: '[eu, Łódź]',
    authors: '[desk]',
    translations: '{ pl: po-polsku }',
  }),
  'po-polsku.md': anArticle({ language: 'pl', tags: '[eu]' }),
  'signs.md': anArticle(
    {
      title: String.raw`"Next\x85line, \uFDD0 and \x9C"`,
      attachments: '[{ src: "https://e.org/%C2%85%07%EF%B7%90x.mp3", size: 1 }]',
    },
    `${'A\u0085b \ufdd0c \u009c \u{1fffe} '}&#x85; &#xFDD0; <b title="x\u0085y">z</b>

<picture><source srcset="https://e.org/a.webp"><img src="https://e.org/a.png" alt="A"></picture>

<h1>Raw</h1><table><colgroup><col></colgroup><tr><td>1<br>2<wbr>3</td></tr></table><hr>

###### Deep`,
  ),
  'gone.md': anArticle({ status: 'retracted', tags: '[eu]', published: '2025-03-01T00:00:00Z' }),
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [
      `s-${n}.md`,
      anArticle({ published: formatInstant(NOW - 90 * 86_400 + n * 1200), tags: '[eu]' }),
    ]),
  ),
}

type Site = { readonly store: MemoryStore; readonly edition: Edition }

async function aSite(files: Files): Promise<Site> {
  const store = aStore()
  const { current } = await publishTo(store, files, NOW)
  return { store, edition: must(await loadEdition(store, current.edition)) }
}

const unpacked = (bytes: Uint8Array = new Uint8Array()): string =>
  (bytes[0] === 0x1f ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8')

/** The parts of a document, by their names. */
async function partsOf({ store, edition }: Site, name: string): Promise<Map<string, string>> {
  const object = await loadObject(store, edition.documents.get(name)?.object ?? '')
  return new Map(
    object?.header.parts.map((part) => [part.name, unpacked(object.part(part.name)?.bytes)]),
  )
}

/** Every page as a browser gets it, by its address. */
async function pagesOf(site: Site): Promise<Map<string, string>> {
  const shell = await partsOf(site, PAGE_SHELL)
  const [before = '', behind = ''] = [shell.get('html-head'), shell.get('html-tail')]
  const pages = new Map([
    ['404', `${shell.get('not-found-head')}${shell.get('not-found-tail')}`],
    ['503', shell.get('broken') ?? ''],
  ])
  for (const name of site.edition.documents.keys()) {
    if (!name.endsWith('/#page')) continue
    for (const [address, page] of await partsOf(site, name)) pages.set(address, page)
  }
  for (const [id, { object: digest }] of site.edition.articles) {
    const object = await loadObject(site.store, digest)
    const part = (name: string): string => unpacked(object?.part(name)?.bytes)
    pages.set(`/articles/${id}`, part('head') + before + part('html') + behind)
  }
  return pages
}

/** Every feed document in a format, by the folder in which it is served. */
async function feedsOf(site: Site, format: string): Promise<Map<string, string>> {
  const feeds = new Map<string, string>()
  for (const name of site.edition.documents.keys()) {
    const text = (await partsOf(site, name)).get(format)
    if (text !== undefined && name.endsWith('/')) feeds.set(name, text)
  }
  return feeds
}

type Element = DefaultTreeAdapterTypes.Element

function elementsOf(page: string, name: string): Element[] {
  const found: Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.ParentNode): void => {
    for (const child of node.childNodes) {
      if (!defaultTreeAdapter.isElementNode(child)) continue
      if (child.tagName === name) found.push(child)
      visit(child)
    }
  }
  visit(parse(page))
  return found
}

const attribute = ({ attrs }: Element, key: string): string =>
  attrs.find(({ name }) => name === key)?.value ?? ''
const alternatesOf = (page: string): Element[] =>
  ['link', 'a', 'area']
    .flatMap((name) => elementsOf(page, name))
    .filter((element) => attribute(element, 'rel').toLowerCase().split(/\s+/).includes('alternate'))
const firstOfType =
  (...types: readonly string[]) =>
  (page: string): string => {
    const found = alternatesOf(page).find((element) =>
      types.includes(attribute(element, 'type').toLowerCase().replace(/;.*/, '').trim()),
    )
    return found ? attribute(found, 'href') : ''
  }

const [RSS, ATOM, JSON_FEED] = [
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
]

/** The address to which each client subscribes that is given the address of a page. */
const SUBSCRIBES: Readonly<Record<string, (page: string) => string>> = {
  'SimplePie (Locator: link, then a, then area; a page counts too)': firstOfType(
    'text/html',
    RSS ?? '',
    ATOM ?? '',
  ),
  'Liferea and XML::Feed (links of XML)': firstOfType(RSS ?? '', ATOM ?? ''),
  'a client of Atom alone': (page) => firstOfType(ATOM ?? '')(page).replace('atom.xml', 'rss.xml'),
  'a client of JSON Feed alone': (page) =>
    firstOfType(JSON_FEED ?? '')(page).replace('feed.json', 'rss.xml'),
  'whoever takes the first alternate': (page) => {
    const [first] = alternatesOf(page)
    return first ? attribute(first, 'href') : ''
  },
}

const site = await aSite(FILES)
const pages = await pagesOf(site)

describe('every page', () => {
  it.for(Object.entries(SUBSCRIBES))(
    'leads to the feed of everything: %s',
    ([, rule], { expect }) => {
      expect(pages.size).toBeGreaterThan(75)
      for (const [address, page] of pages) expect(rule(page), address).toBe('/rss.xml')
    },
  )

  it('names narrower feeds next, and documents of one article last', ({ expect }) => {
    const addresses = alternatesOf(pages.get('/articles/tagged') ?? '')
      .filter((link) => attribute(link, 'type') !== '')
      .map((link) => attribute(link, 'href'))
    expect(addresses.filter((address) => /rss|articles/.test(address))).toEqual([
      '/rss.xml',
      '/sections/politics/rss.xml',
      '/tags/eu/rss.xml',
      '/tags/lodz/rss.xml',
      '/authors/desk/rss.xml',
      '/articles/tagged.json',
      '/articles/tagged.atom',
    ])
  })

  it('has one title above all headings, and a title that no other page has', ({ expect }) => {
    const titles = new Map<string, string>()
    for (const [address, page] of pages) {
      expect(elementsOf(page, 'h1').length, address).toBe(1)
      if (address.startsWith('/articles/')) continue
      const [title = ''] = Array.from(page.matchAll(/<title>(.*?)<\/title>/g), ([, text]) => text)
      expect(titles.get(title), `${address}: ${title}`).toBeUndefined()
      titles.set(title, address)
    }
    expect([...titles.keys()]).toContain('December 2025 — The Union')
    const bare = pages.get('/articles/bare') ?? ''
    expect(bare).toContain('<h2 id="a-title">A title</h2>')
    expect(bare).toContain('<h3 id="a-part">A part</h3>')
  })

  it('says what it says without controls and noncharacters', ({ expect }) => {
    const page = pages.get('/articles/signs') ?? ''
    expect(page).toContain('<h1>Next line, and</h1>')
    const [text = ''] = page.match(/<p>A .*<\/p>/) ?? []
    expect(text.replace(/ +/g, ' ')).toBe('<p>A b c … \ufffd <b title="x y">z</b></p>')
    expect(page).toContain('>x.mp3</a>')
    expect(page).toContain('<h2 id="raw">Raw</h2>')
    expect(page).toContain('<h6 id="deep">Deep</h6>')
  })

  it('is HTML without a parse error', ({ expect }) => {
    for (const [address, page] of pages) {
      const errors: string[] = []
      parse(page, {
        onParseError: ({ code }) => void errors.push(code),
        sourceCodeLocationInfo: true,
      })
      expect(errors, address).toEqual([])
    }
  })
})

const rssParser = new Parser()
const linksOf = (text: string): XmlElement[] =>
  (parseXml(text).root?.children ?? []).filter(
    (child): child is XmlElement =>
      child instanceof XmlElement &&
      child.name === 'link' &&
      child.attributes['rel'] === 'alternate',
  )
const hrefOf = (link: XmlElement | undefined): string => link?.attributes['href'] ?? ''

/** The address that each client takes for the website of an Atom feed. */
const WEBSITES: Readonly<Record<string, (text: string) => string | Promise<string>>> = {
  'SimplePie, node-feedparser, XML::Feed: the first alternate': (text) => hrefOf(linksOf(text)[0]),
  'newsboat: the last alternate': (text) => hrefOf(linksOf(text).at(-1)),
  'feedparser, gPodder, Liferea: the one of text/html': (text) =>
    hrefOf(linksOf(text).find(({ attributes }) => attributes['type'] === 'text/html')),
  'rss-parser, itself': async (text) => (await rssParser.parseString(text)).link ?? '',
  'feedsmith, itself: all that there are': (text) =>
    (parseAtomFeed(text).links ?? [])
      .flatMap(({ rel, href }) => (rel === 'alternate' ? [href ?? ''] : []))
      .join(' '),
}

describe('the website of a feed', () => {
  it.for(Object.entries(WEBSITES))('is its page in Atom: %s', async ([, rule], { expect }) => {
    const feeds = await feedsOf(site, 'atom')
    expect([...feeds.keys()]).toContain('/archive/2025-12/')
    // A document of the archive is about its month, and that has a page.
    for (const [folder, text] of feeds) {
      expect(await rule(text), folder).toBe(BASE + folder)
      expect(site.edition.documents.has(pageName(folder)), folder).toBe(true)
    }
  })

  it('is the same in RSS and JSON', async ({ expect }) => {
    for (const [folder, text] of await feedsOf(site, 'rss'))
      expect((await rssParser.parseString(text)).link, folder).toBe(BASE + folder)
    for (const [folder, text] of await feedsOf(site, 'json'))
      expect(JSON.parse(text), folder).toMatchObject({ home_page_url: BASE + folder })
  })

  it('is the publisher’s home where the site has no pages', async ({ expect }) => {
    const files = {
      'site.yaml': `${SITE}pages: false\nurl: https://example.org/{id}\n`,
      ...Object.fromEntries(Object.entries(FILES).filter(([name]) => /^s-/.test(name))),
    }
    for (const [folder, text] of await feedsOf(await aSite(files), 'atom'))
      expect(linksOf(text).map(hrefOf), folder).toEqual(['https://example.org/'])
  })
})

describe('an entry', () => {
  const PICTURED: Files = {
    'site.yaml': `${SITE}icon: icon.png
tags: { eu: { title: European Union } }
feeds:
  app: { title: For the app, image_enclosures: true, archives: true, filter: { tags: [eu] } }
`,
    'icon.png': new Uint8Array([137, 80, 78, 71, 1]),
    'hero.png': new Uint8Array([137, 80, 78, 71]),
    'a.md': anArticle({ tags: '[eu, plain]', image: '{ src: hero.png, alt: A hero }' }),
    'talk.md': anArticle({
      tags: '[eu]',
      published: '2026-01-01T00:00:00Z',
      image: '{ src: "https://e.org/far.webp?x", alt: Far }',
      attachments: '[{ src: "https://e.org/talk.mp3", size: 9 }]',
    }),
    'bare.md': anArticle({ tags: '[eu]' }),
  }
  const enclosuresIn = (xml: string, element: RegExp): string[] =>
    Array.from(
      xml.matchAll(element),
      ([, address = '', type]) => `${address.split('/').at(-1)} ${type}`,
    )

  it('offers its image for loading where the feed asks for that, behind its files', async ({
    expect,
  }) => {
    const asked = await aSite(PICTURED)
    const [rss, atom, json] = [
      await feedsOf(asked, 'rss'),
      await feedsOf(asked, 'atom'),
      await feedsOf(asked, 'json'),
    ]
    const inRss = /<enclosure url="([^"]*)" length="\d+" type="([^"]*)"/g
    const inAtom = /<link rel="enclosure" type="([^"]*)" href="([^"]*)"/g
    const hero = 'hero.png image/png'
    const talk = 'talk.mp3 audio/mpeg'
    // RSS has room for one.
    expect(enclosuresIn(rss.get('/feeds/app/') ?? '', inRss)).toEqual([hero, talk])
    expect(enclosuresIn(rss.get('/feeds/app/archive/2026-01/') ?? '', inRss)).toEqual([talk])
    expect(enclosuresIn(rss.get('/') ?? '', inRss)).toEqual([talk])
    expect(atom.get('/feeds/app/')?.match(inAtom)?.length).toBe(3)
    expect(atom.get('/feeds/app/')).toContain('type="image/webp" href="https://e.org/far.webp?x"')
    expect(atom.get('/')?.match(inAtom)?.length).toBe(1)
    const { items } = JSON.parse(json.get('/feeds/app/') ?? '') as {
      items: { attachments?: { mime_type: string }[]; content_html: string }[]
    }
    expect(
      items.map(({ attachments }) => attachments?.map(({ mime_type: type }) => type).join()),
    ).toEqual(['image/png', undefined, 'audio/mpeg,image/webp'])
    // It stands in the text, and not among the files once more.
    for (const { content_html: text } of items) expect(text).not.toContain('image/')
  })

  it('is in categories that people and programs can read', async ({ expect }) => {
    const named = await aSite(PICTURED)
    const atom = (await feedsOf(named, 'atom')).get('/') ?? ''
    expect(atom).toContain(`<category term="eu" scheme="${BASE}/tags/" label="European Union"/>`)
    expect(atom).toContain(`<category term="plain" scheme="${BASE}/tags/" label="plain"/>`)
    const rss = (await feedsOf(named, 'rss')).get('/')
    expect(rss).toContain(`<category domain="${BASE}/tags/">eu</category>`)
  })

  it('is shown under the emblem of the site where it has no picture', async ({ expect }) => {
    const shown = await pagesOf(await aSite(PICTURED))
    const emblem = /^https:\/\/wire\.example\.org\/media\/[\w-]+\/icon\.png$/
    const imagesOf = (page = ''): readonly unknown[] => {
      const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? []
      const [, open] = /property="og:image" content="([^"]*)"/.exec(page) ?? []
      return [open, ...((JSON.parse(data) as { image: unknown[] }).image ?? [])]
    }
    const bare = shown.get('/articles/bare') ?? ''
    for (const image of imagesOf(bare)) expect(image).toMatch(emblem)
    expect(imagesOf(bare).length).toBe(2)
    expect(bare).toContain('<meta property="og:image:alt" content="The Wire">')
    expect(bare).toContain('<meta name="twitter:card" content="summary">')
    for (const image of imagesOf(shown.get('/articles/a'))) expect(image).toMatch(/hero\.png$/)
  })

  it('names the picture of its author, which may be a file', async ({ expect }) => {
    const pictured = await aSite({
      'site.yaml': SITE.replace('url: https://example.org/desk', 'avatar: people/desk.png'),
      'people/desk.png': new Uint8Array([137, 80, 78, 71]),
      'a.md': anArticle({ authors: '[desk]' }),
    })
    const { items } = JSON.parse((await feedsOf(pictured, 'json')).get('/') ?? '') as {
      items: { authors: { avatar: string }[] }[]
    }
    const avatar = items[0]?.authors[0]?.avatar ?? ''
    expect(avatar).toMatch(/^https:\/\/wire\.example\.org\/media\/[\w-]+\/desk\.png$/)
    expect(pictured.edition.documents.has(avatar.slice(BASE.length))).toBe(true)
  })
})

describe('a list of feeds', () => {
  /** What a reader shows that imported it: FreshRSS by category, newsboat by tag. */
  async function imported(): Promise<readonly (readonly string[])[]> {
    const text = (await partsOf(site, OPML)).get('text') ?? ''
    return (parseOpml(text).body?.outlines ?? []).flatMap(({ text: group, outlines = [] }) =>
      outlines.map(({ title = '', xmlUrl = '' }) => [group ?? '', title, xmlUrl]),
    )
  }

  it('is imported as each feed once, by group', async ({ expect }) => {
    expect(await imported()).toEqual(
      [
        ['Everything', 'The Wire', '/'],
        ['Sections', 'The Wire: Politics & people', '/sections/politics/'],
        ['Tags', 'The Wire: European Union', '/tags/eu/'],
        ['Tags', 'The Wire: Łódź', '/tags/lodz/'],
        ['Authors', 'The Wire: The desk', '/authors/desk/'],
        ['Languages', 'The Wire: English', '/languages/en/'],
        ['Languages', 'The Wire: Polish', '/languages/pl/'],
        ['Feeds', 'The Union', '/feeds/union/'],
      ].map(([group = '', title = '', folder]) => [group, title, `${BASE}${folder}rss.xml`]),
    )
  })
})

describe('sitemaps', () => {
  const locations = async (one: Site, name: string): Promise<string[]> =>
    Array.from(
      ((await partsOf(one, name)).get('text') ?? '').matchAll(/<loc>(.*?)<\/loc>/g),
      ([, address = '']) => address.slice(BASE.length),
    )

  it('are listed if there is an address in them, and so are they in robots.txt', async ({
    expect,
  }) => {
    const listed = await locations(site, '/sitemap.xml')
    // The one article of March 2025 is withdrawn.
    expect(listed).toEqual([
      '/sitemap-2025-12.xml',
      '/sitemap-2025-12-2.xml',
      '/sitemap-latest.xml',
    ])
    for (const name of listed) expect((await locations(site, name)).length).toBeGreaterThan(0)
    expect((await partsOf(site, '/robots.txt')).get('text')).toContain('/sitemap.xml')
  })

  it.for([
    ['withdrawn', { status: 'retracted', published: '2025-03-01T00:00:00Z' }],
    ['embargoed', { published: '2099-01-01T00:00:00Z' }],
  ] as const)('are none where all articles are %s', async ([, front], { expect }) => {
    const empty = await aSite({ 'a.md': anArticle(front) })
    expect(await locations(empty, '/sitemap.xml')).toEqual([])
    expect([...empty.edition.documents.keys()].filter((name) => /sitemap-/.test(name))).toEqual([])
    expect((await partsOf(empty, '/robots.txt')).get('text')).toBe('User-agent: *\nAllow: /\n')
  })
})
