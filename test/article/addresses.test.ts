import fc from 'fast-check'
import { describe, it } from 'vitest'
import { stringify } from 'yaml'
import { matches } from '../../src/article/filter.ts'
import { directionOf, languageOf, localesOf, nameOfLanguage } from '../../src/article/language.ts'
import { formatProblem } from '../../src/article/problem.ts'
import { folderNameOf, slugOf } from '../../src/article/slug.ts'
import { plainPath } from '../../src/article/web-address.ts'
import { compileEdition } from '../../src/compile/compile.ts'
import { OWN_ADDRESSES } from '../../src/compile/own-addresses.ts'
import { anyText } from '../support/arbitraries.ts'
import {
  anArticle,
  aPress,
  articlesOf,
  type Files,
  NOW,
  problemsOf,
  SITE,
  tryPress,
} from '../support/corpus.ts'

const BASE = 'https://wire.example.org'

const quoted = (text: string): string => JSON.stringify(text)

/** The ways to write an address into a site: each is a file with it, and what its key is called. */
const SLOTS: readonly (readonly [key: string, files: (address: string) => Files])[] = [
  ['url', (a) => ({ 'a.md': anArticle({ url: quoted(a) }) })],
  ['via', (a) => ({ 'a.md': anArticle({ via: quoted(a) }) })],
  ['license', (a) => ({ 'a.md': anArticle({ license: quoted(a) }) })],
  ['external_url', (a) => ({ 'a.md': anArticle({ external_url: quoted(a) }) })],
  ['image.src', (a) => ({ 'a.md': anArticle({ image: `{src: ${quoted(a)}, alt: A}` }) })],
  ['attachments.0.src', (a) => ({ 'a.md': anArticle({ attachments: `[{src: ${quoted(a)}}]` }) })],
  ['home', (a) => site(SITE.replace('https://example.org/\n', `${quoted(a)}\n`))],
  ['license', (a) => site(`${SITE}license: ${quoted(a)}\n`)],
  ['icon', (a) => site(`${SITE}icon: ${quoted(a)}\n`)],
  ['logo', (a) => site(`${SITE}logo: ${quoted(a)}\n`)],
  ['authors.desk.url', (a) => site(SITE.replace('https://example.org/desk', quoted(a)))],
  [
    'authors.desk.avatar',
    (a) => site(SITE.replace('url: https', `avatar: ${quoted(a)}, url: https`)),
  ],
  ['navigation.0.path', (a) => site(`${SITE}navigation: [{title: A, path: ${quoted(a)}}]\n`)],
]

function site(yaml: string): Files {
  return { 'site.yaml': yaml, 'a.md': anArticle() }
}

const WHAT_RUNS = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'data:image/svg+xml,<svg/>',
  'vbscript:x',
  'blob:https://e.org/x',
  'file:///etc/passwd',
  'about:blank',
  'mailto:desk@example.org',
  'https://user:password@e.org/',
  'https://e..org/',
  "https://e.org;script-src *'/",
]

/** The addresses that leave a site: in listings, in its settings, and in texts. */
function addressesOf(files: Files): string[] {
  const { corpus } = aPress(files)
  const { home, license, icon, logo, authors, navigation } = corpus.site
  const listed = corpus.articles.flatMap((article) => [
    article.url,
    article.via,
    article.license,
    article.externalUrl,
    article.image?.url,
    ...article.attachments.map(({ url }) => url),
    ...addressesIn(corpus.bodyOf(article, new Set()).html),
  ])
  const people = Object.values(authors).flatMap(({ url, avatar }) => [url, avatar])
  const paths = navigation.map(({ path }) => (path.startsWith('/') ? BASE + path : path))
  return [...listed, home, license, icon, logo, ...people, ...paths].filter(
    (address) => address !== undefined,
  )
}

/** In clean HTML, every `<` begins a tag. */
function addressesIn(html: string): string[] {
  const tags = html.match(/<[a-z][^>]*>/g) ?? []
  return tags.flatMap((tag) =>
    Array.from(tag.matchAll(/ (?:href|src|poster)="([^"]*)"/g), ([, address = '']) =>
      address.replaceAll('&amp;', '&'),
    ),
  )
}

describe('an address', () => {
  it.for(
    SLOTS.flatMap(([key, files]) => WHAT_RUNS.map((address) => [key, address, files] as const)),
  )('is refused with its place as %s: %s', ([key, address, files], { expect }) => {
    const [first] = problemsOf(files(address))
    expect(first && formatProblem(first)).toMatch(
      new RegExp(`^(?:a\\.md|site\\.yaml):\\d+:\\d+: \`${key}\` is \`.*\`: expected `),
    )
  })

  it('is refused with a list of what is allowed', ({ expect }) => {
    const image = { image: '{src: "javascript:alert(1)", alt: A}' }
    expect(problemsOf({ 'a.md': anArticle(image) }).map(formatProblem)).toEqual([
      'a.md:4:14: `image.src` is `javascript:alert(1)`: expected an address that begins with http: or https:, or the path of a file in content/.',
    ])
    expect(problemsOf({ 'a.md': anArticle({ via: 'ftp://e.org/' }) }).map(formatProblem)).toEqual([
      'a.md:4:6: `via` is `ftp://e.org/`: expected an address that begins with http: or https:.',
    ])
  })

  const pieces = fc.constantFrom(
    ...['https://', 'http:', 'javascript:', 'data:', '//', '/', '\\', '\t', '\n', ' ', '@', ':'],
    ...[
      '..',
      '.',
      '%5c',
      '%2F',
      '#',
      '?',
      'e.org',
      'wire.example.org',
      '{',
      '"',
      '<',
      'ł',
      '[',
      ';',
    ],
  )
  const anyAddress = fc.oneof(
    fc.array(pieces, { minLength: 1, maxLength: 9 }).map((parts) => parts.join('')),
    anyText,
    fc.constantFrom(...WHAT_RUNS),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  )
  const inText = (address: string): Files => ({
    'a.md': anArticle(
      {},
      `[a](<${address}>) [b](${address})\n\n<a href=${quoted(address)}>c</a>\n<video src='${address}'></video> <img src='${address}' alt="x">`,
    ),
  })

  it('is written exactly as it was judged, or not at all, wherever it stands', ({ expect }) => {
    const slots = [...SLOTS.map(([, files]) => files), inText]
    fc.assert(
      fc.property(fc.constantFrom(...slots), anyAddress, (files, address) => {
        if (!tryPress(files(address)).ok) return
        for (const written of addressesOf(files(address))) {
          const { href, protocol, username, password } = new URL(written)
          expect(href).toBe(written)
          expect(protocol).toMatch(/^(?:https?|mailto|tel|xmpp|geo):$/)
          expect(username + password).toBe('')
        }
      }),
      { numRuns: 600, seed: 12 },
    )
  })

  it.for([
    ['/tags/peace/', '/tags/peace/'],
    ['https://wire.example.org/about', '/about'],
    ['https://e.org', 'https://e.org/'],
    ['/a b', '/a%20b'],
    ['/%5cevil.example/', '/%5cevil.example/'],
    // Alone, a path would lead to another host.
    ['https://wire.example.org//evil.example/', 'https://wire.example.org//evil.example/'],
  ] as const)(
    'of the navigation is a path of the site, or full: %s',
    ([path, written], { expect }) => {
      const yaml = `${SITE}navigation: [{title: A, path: ${quoted(path)}}]\n`
      expect(aPress(site(yaml)).corpus.site.navigation).toEqual([{ title: 'A', path: written }])
    },
  )

  it.for([
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example/',
    '/a/..//evil.example/',
    'about',
  ])('of the navigation does not leave the site unseen: %s', (path, { expect }) => {
    const yaml = `${SITE}navigation: [{title: A, path: ${quoted(path)}}]\n`
    const [first] = problemsOf(site(yaml))
    expect(first && formatProblem(first)).toContain(
      'expected a path of the site, or a full web address: /sections/politics/.',
    )
  })

  it('of the site is written as browsers write it', ({ expect }) => {
    const yaml = SITE.replace(BASE, 'HTTPS://Wire.Example.org:443/')
    const { corpus } = aPress({ 'site.yaml': yaml, 'a.md': anArticle({}, '[x](/y)') })
    expect(corpus.site.base).toBe(BASE)
    expect(corpus.articles[0]?.url).toBe(`${BASE}/articles/a`)
  })

  it('of a template is judged where it stands', ({ expect }) => {
    const yaml = `${SITE}pages: false\nurl: https://e..org/{id}\n`
    expect(problemsOf(site(yaml)).map(formatProblem)).toEqual([
      expect.stringMatching(/^site\.yaml:10:6: `url` is .*: expected a host that can exist/),
    ])
  })
})

const aliased = (alias: string): Files => ({
  'a.md': anArticle({ aliases: `[${quoted(alias)}]` }),
  'b.md': anArticle(),
})

describe('an alias', () => {
  it.for([
    ['/2021/story/', '/2021/story'],
    ['/2021/story/index.html', '/2021/story'],
    ['/?p=42', '/?p=42'],
    ['/index.php?id=7&lang=%65n', '/index.php?id=7&lang=en'],
    ['/index.php?lang=en&id=7', '/index.php?id=7&lang=en'],
    ['/index.php?post/7', '/index.php?post%2F7='],
    ['/old%2dstory', '/old-story'],
    ['/Łódź', '/%C5%81%C3%B3d%C5%BA'],
    ['/%c5%81', '/%C5%81'],
    ['/what%3F', '/what%3F'],
    ['/100%', '/100%'],
    ['old-id', '/articles/old-id'],
    [`/${'x'.repeat(999)}`, `/${'x'.repeat(999)}`],
  ] as const)('has the one spelling that a request is given: %s', ([alias, path], { expect }) => {
    expect(articlesOf(aliased(alias))[0]?.aliases).toEqual([path])
  })

  it.for([
    '//evil.example/',
    '/\\evil.example/',
    '/%2fevil.example/',
    '/%5Cevil.example/',
    '/a//b',
    '/a/../rss.xml',
    '/%2e%2E/rss.xml',
    '/a/.',
    '/a?',
    '/rss.xml?a=b#c',
    '/a#b',
    '/a b',
    '/a%00',
    '/',
    `/${'x'.repeat(1000)}`,
    `/${'ł'.repeat(500)}`,
    'x'.repeat(101),
  ])('leads nowhere else, and is refused: %s', (alias, { expect }) => {
    expect(problemsOf(aliased(alias))).toMatchObject([{ reason: 'invalid-value' }])
  })

  it.for([
    [
      'an article',
      ['/articles/b', '/Articles/b', '/articles/B/', '/articles/b.json', '/%61rticles/b', 'b'],
    ],
    ['the other form of one', ['/articles/b.atom']],
  ] as const)('is not the address of %s, in any spelling', ([, aliases], { expect }) => {
    for (const alias of aliases)
      expect(problemsOf(aliased(alias)), alias).toMatchObject([{ reason: 'taken-alias' }])
  })

  it('belongs to one article only, in all of its forms', ({ expect }) => {
    const both = (one: string, other: string) =>
      problemsOf({
        'a.md': anArticle({ aliases: `[${one}]` }),
        'b.md': anArticle({ aliases: `[${other}]` }),
      })
    for (const other of ['/old', '/%6fld', '/old.json', '/old.atom'])
      expect(both('/old', other), other).toMatchObject([{ file: 'b.md', reason: 'taken-alias' }])
    expect(both('/old.json', '/old')).toMatchObject([{ file: 'b.md', reason: 'taken-alias' }])
  })

  it('is never an address at which the site answers itself', async ({ expect }) => {
    const press = aPress({
      'site.yaml': `${SITE}feeds:\n  eu: { title: EU, archives: true, filter: { tags: [eu] } }\n`,
      'a.md': anArticle({ tags: '[eu]', section: 'politics', authors: '[desk]' }, '![A](a.svg)'),
      'b.md': anArticle({ language: 'pl' }),
      'a.svg': '<svg/>',
      ...Object.fromEntries(
        Array.from({ length: 70 }, (_, n) => [
          `n-${n}.md`,
          anArticle({ published: `2025-0${1 + (n % 9)}-01T00:00:00Z`, tags: '[eu]' }),
        ]),
      ),
    })
    const nothing = {
      get: async (keys: readonly string[]) => keys.map(() => undefined),
      put: async () => {},
    }
    const { edition } = await compileEdition({
      press,
      before: undefined,
      number: 1,
      at: NOW,
      store: nothing,
    })
    const names = [...edition.documents.keys()].filter((name) => !name.includes('#'))
    expect(names.some((name) => /^\/sitemap-\d/.test(name))).toBe(true)
    const others = [
      '/health',
      '/changes.json',
      '/news-sitemap.xml',
      '/rss.xml',
      '/atom.xml',
      '/feed.json',
    ]
    for (const name of [...names, ...others]) {
      const shifted = name.replace(/[a-z]/g, (letter) => letter.toUpperCase())
      for (const spelling of [name, shifted, name.endsWith('/') ? name.slice(0, -1) : `${name}/`])
        expect(OWN_ADDRESSES.has(spelling), spelling).toBe(true)
    }
  })

  it('stays on this host, and is looked up as it is named', ({ expect }) => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '%2f',
      '%5C',
      '%6d',
      '.',
      '%2e',
      'a',
      'ł',
      '%',
      '@',
      ':',
      '\t',
      '%00',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.boolean(), (parts, rooted) => {
        const files = aliased((rooted ? '/' : '') + parts.join(''))
        const read = tryPress(files)
        if (!read.ok) return
        const alias = read.value.corpus.articles[0]?.aliases[0] ?? ''
        const { host, pathname } = new URL(alias, BASE)
        expect([host, plainPath(pathname)]).toEqual(['wire.example.org', alias])
        expect(plainPath(alias)).toBe(alias)
        expect(OWN_ADDRESSES.has(alias)).toBe(false)
      }),
      { numRuns: 500, seed: 12 },
    )
  })
})

describe('an id', () => {
  it('has 100 characters at most, wherever it is written', ({ expect }) => {
    const [most, more] = ['x'.repeat(100), 'x'.repeat(101)]
    const with_ = (id: string): readonly Files[] => [
      { [`${id}.md`]: anArticle() },
      { 'a.md': anArticle({ id }) },
      { 'a.md': anArticle({ translations: `{pl: ${id}}` }), [`${most}.md`]: anArticle() },
      { 'a.md': anArticle({ replaced_by: id, status: 'retracted' }), [`${most}.md`]: anArticle() },
      site(SITE.replace('desk:', `${id}:`)),
      site(`${SITE}feeds: { ${id}: { title: X, filter: { tags: [x] } } }\n`),
    ]
    for (const files of with_(most)) expect(() => aPress(files)).not.toThrow()
    for (const files of with_(more))
      expect(problemsOf(files).map(formatProblem).join('\n')).toMatch(/at most 100 characters/)
  })

  it('can be made of any title, and a folder of any label', ({ expect }) => {
    const label = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(label, fc.integer({ min: 1, max: 400 }), (text, times) => {
        expect(slugOf(text.repeat(times))).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/)
        expect(slugOf(text.repeat(times)).length).toBeLessThanOrEqual(100)
        expect(folderNameOf(text)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
        expect(folderNameOf(text).length).toBeLessThanOrEqual(100)
      }),
      { numRuns: 200, seed: 12 },
    )
    expect(folderNameOf('新'.repeat(100))).toHaveLength(99)
    expect(slugOf('ß'.repeat(100))).toHaveLength(100)
  })
})

describe('a language', () => {
  it('is one for which names of languages and dates are known', ({ expect }) => {
    const tag = fc
      .tuple(
        fc.constantFrom('en', 'sl', 'zh', 'qaa'),
        fc.constantFrom('', '-Hant', '-Zzzz'),
        fc.constantFrom('', '-US', '-419', '-ZZ'),
        fc.array(fc.constantFrom('-rozaj', '-biske', '-nedis', '-12345678'), { maxLength: 4 }),
      )
      .map((parts) => parts.flat().join(''))
    fc.assert(
      fc.property(tag, (language) => {
        const read = tryPress({ 'a.md': anArticle({ language }) })
        if (!read.ok) {
          expect(read.failure.problems.map(formatProblem)[0]).toMatch(
            /^a\.md:4:11: `language` is `/,
          )
          return
        }
        expect(new Intl.DisplayNames([language], { type: 'language' }).of(language)).toBeTruthy()
        expect(new Intl.DateTimeFormat([language]).format(0)).toBeTruthy()
      }),
      { numRuns: 100, seed: 12 },
    )
    const twice = problemsOf({ 'a.md': anArticle({ language: 'sl-rozaj-rozaj' }) })
    expect(twice.map(formatProblem)).toEqual([
      'a.md:4:11: `language` is `sl-rozaj-rozaj`: expected a language tag: en, pl, zh-Hant, pt-BR (this one has a part twice).',
    ])
  })
})

describe('a language tag', () => {
  it.for([
    ['en-us', 'en-US', 'ltr'],
    ['EN_GB', 'en-GB', 'ltr'],
    ['zh-hant-tw', 'zh-Hant-TW', 'ltr'],
    ['sr-Latn-RS', 'sr-Latn-RS', 'ltr'],
    ['DE-de-1996', 'de-DE-1996', 'ltr'],
    ['sl-ROZAJ-Biske', 'sl-rozaj-biske', 'ltr'],
    ['en-U-ca-Gregory-X-AB-Cdef', 'en-u-ca-gregory-x-ab-cdef', 'ltr'],
    ['x-Klingon', 'x-klingon', 'ltr'],
    ['zh-yue', 'yue', 'ltr'],
    ['ES-419', 'es-419', 'ltr'],
    ['arz', 'arz', 'rtl'],
    ['prs', 'prs', 'rtl'],
    ['ff-adlm', 'ff-Adlm', 'rtl'],
    ['FF', 'ff', 'ltr'],
    ['ar-latn', 'ar-Latn', 'ltr'],
    ['ur-Latn', 'ur-Latn', 'ltr'],
    ['pa-Arab-PK', 'pa-Arab-PK', 'rtl'],
    ['ks-Deva', 'ks-Deva', 'ltr'],
    ['nqo', 'nqo', 'rtl'],
  ] as const)('%s is written %s, and runs %s', ([given, written, direction], { expect }) => {
    expect(languageOf(given)).toBe(written)
    expect(directionOf(written)).toBe(direction)
    const press = aPress({ 'a.md': anArticle({ language: given }) })
    expect(press.corpus.articles.map(({ language }) => language)).toEqual([written])
    expect(nameOfLanguage(written, 'en')).not.toBe('')
    expect(nameOfLanguage('de', written)).not.toBe('')
    expect(new Intl.DateTimeFormat(localesOf(written)).format(0)).toBeTruthy()
  })

  it.for(['english', 'e', 'x', 'en-', 'i-klingon', 'en--us', 'en us', 'de-1996-1996'])(
    '%s is none',
    (given, { expect }) => {
      expect(languageOf(given)).toBeUndefined()
    },
  )

  it('is the same one in any case, wherever it is a key', ({ expect }) => {
    const filtered = 'feeds: { us: { title: US, filter: { language: EN-us } } }\n'
    const press = aPress({
      'site.yaml': SITE + filtered,
      'a.md': anArticle({ language: 'en-us', translations: '{ PT-br: b }' }),
      'b.md': anArticle({ language: 'pt-BR', translations: '{ en_US: a }' }),
    })
    const [a, b] = press.corpus.articles
    expect([a?.translations, b?.translations]).toEqual([{ 'pt-BR': 'b' }, { 'en-US': 'a' }])
    expect(a && matches(a, press.corpus.site.feeds['us']?.filter ?? {})).toBe(true)
    const twice = { 'a.md': anArticle({ translations: '{ pl: a, PL: a }' }) }
    expect(problemsOf(twice).map(formatProblem)).toEqual([
      expect.stringContaining('each name once'),
    ])
  })

  it('of a translation that does not exist has the place of its own', ({ expect }) => {
    const article = anArticle({ translations: '\n  pl: a\n  PT-br: nobody' })
    expect(problemsOf({ 'a.md': article }).map(formatProblem)).toEqual([
      expect.stringMatching(/^a\.md:6:\d+: `translations\.pt-BR` names the article `nobody`/),
    ])
  })
})

describe('a name in letters with accents', () => {
  const [whole, apart] = ['caf\u00e9', 'cafe\u0301']

  it.for([
    [whole, whole],
    [whole, apart],
    [apart, whole],
    [apart, apart],
  ])('%j is found as %j', ([file = '', link = ''], { expect }) => {
    const text = `![x](${link}.txt) [x](${encodeURIComponent(link)}.md)`
    const press = aPress({
      'a.md': anArticle({ attachments: `[{ src: ${link}.txt }]` }, text),
      [`${file}.txt`]: 'x',
      [`${file}.md`]: anArticle({ id: 'cafe' }),
    })
    const [a] = press.corpus.articles
    const body = a && press.corpus.bodyOf(a, new Set())
    expect([body?.problems, [...(body?.files.keys() ?? [])]]).toEqual([[], [`${file}.txt`]])
    expect(body?.html).toContain('href="https://wire.example.org/articles/cafe"')
    expect(body?.html).toContain('/caf%C3%A9.txt"')
  })

  it('is told where two files have it', ({ expect }) => {
    const files = { [`${whole}.txt`]: 'x', [`${apart}.txt`]: 'y' }
    const told = problemsOf(files).filter(({ reason }) => reason === 'same-name')
    expect(told.map(formatProblem)).toEqual([
      `${apart}.txt:1:1: \`${whole}.txt\` is there twice: once with its accents apart from their letters (NFD), once as one with them (NFC). Links cannot tell them apart: remove one of the two, or rename it.`,
    ])
  })
})

describe('names that every JavaScript object has', () => {
  const NAMES = ['constructor', 'prototype', 'toString', 'hasownproperty']

  it('are names like others', ({ expect }) => {
    const authors = NAMES.map((name) => `  ${name.toLowerCase()}: { name: The ${name} }`).join('\n')
    const tags = stringify({ tags: Object.fromEntries(NAMES.map((n) => [n, { title: `T ${n}` }])) })
    const { corpus } = aPress({
      'site.yaml': `${SITE}${authors}\n${tags}`,
      'a.md': anArticle({
        authors: `[${NAMES.join(', ').toLowerCase()}]`,
        tags: `[${NAMES.join(', ')}]`,
      }),
    })
    expect(corpus.articles[0]?.authors.map(({ name }) => name)).toEqual(
      NAMES.map((n) => `The ${n}`),
    )
    expect(NAMES.map((name) => corpus.site.tags[name]?.title)).toEqual(NAMES.map((n) => `T ${n}`))
  })

  it.for(['__proto__', 'constructor', 'prototype', 'toString'])(
    'are no keys: %s',
    (key, { expect }) => {
      const reason = 'unknown-key'
      expect(problemsOf({ 'a.md': anArticle({ [`"${key}"`]: 'x' }) })).toMatchObject([
        { reason, key },
      ])
      expect(problemsOf(site(`${SITE}"${key}": x\n`))).toMatchObject([{ reason, key }])
      const translations = `{"${key}": b}`
      expect(
        problemsOf({ 'a.md': anArticle({ translations }), 'b.md': anArticle() }),
      ).toMatchObject([{ reason: 'invalid-value', key: `translations.${key}` }])
    },
  )

  it('are reported if two of them are the same', ({ expect }) => {
    const yaml = `${SITE}tags: { peace: { title: A }, " peace ": { title: B } }\n`
    expect(problemsOf(site(yaml)).map(formatProblem)).toEqual([
      'site.yaml:9:7: `tags` is a set of keys: expected each name once.',
    ])
  })
})
