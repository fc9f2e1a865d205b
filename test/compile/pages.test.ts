import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { formatProblem } from '../../src/article/problem.ts'
import { type Edition, loadEdition, loadObject } from '../../src/edition/edition.ts'
import { contrast, legible } from '../../src/page/colour.ts'
import { RULES } from '../../src/page/rules.ts'
import { stylesheetOf } from '../../src/page/stylesheet.ts'
import { anArticle, aPress, type Files, NOW, problemsOf, SITE } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const DAY = 86_400

async function published(store: MemoryStore, files: Files, now = NOW): Promise<Edition> {
  const { current } = await publishTo(store, files, now)
  const edition = must(await loadEdition(store, current.edition))
  return edition
}

const filesAt = (times: readonly number[]): Files =>
  Object.fromEntries(
    times.map((time, n) => [`s-${n}.md`, anArticle({ published: formatInstant(time) }, 'Text.')]),
  )

/** All pages of an edition, by address: those with names, and those that lie beside another. */
async function pagesOf(store: MemoryStore, edition: Edition): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const [name, { object: digest }] of edition.documents) {
    if (!name.endsWith('/#page')) continue
    const object = await loadObject(store, digest)
    for (const { name: address } of object?.header.parts ?? []) {
      const bytes = object?.part(address)?.bytes ?? new Uint8Array()
      pages.set(address, gunzipSync(bytes).toString('utf8'))
    }
  }
  return pages
}

const month = /^\/archive\/\d{4}-\d\d/
const linked = (page: string): string[] =>
  Array.from(page.matchAll(/href="\/articles\/([a-z0-9-]+)"/g), ([, id = '']) => id)
const countsIn = (page: string): number =>
  Array.from(page.matchAll(/<a href="[^"]+">\d+<small>(\d+)<\/small>/g), ([, count]) =>
    Number(count),
  ).reduce((sum, count) => sum + count, 0)

/** Links into the archive that lead nowhere. */
function deadEnds(pages: ReadonlyMap<string, string>): string[] {
  const links = [...pages.values()].flatMap((page) =>
    Array.from(page.matchAll(/href="(\/archive\/[^"]*)"/g), ([, link = '']) => link),
  )
  return links.filter((link) => {
    const [address = '', anchor] = link.split('#')
    const page = pages.get(address)
    return page === undefined || (anchor !== undefined && !page.includes(`id="${anchor}"`))
  })
}

const instants = fc.array(fc.integer({ min: NOW - 100 * DAY, max: NOW - 1 }), {
  minLength: 1,
  maxLength: 130,
})

describe('the archive of a site that has a zone', () => {
  const site = { 'site.yaml': `${SITE}timezone: Asia/Tokyo\n` }
  // New Year in Tokyo is the afternoon before in London.
  const files = {
    'a.md': anArticle({ published: '2025-12-31T23:30:00+09:00' }),
    'b.md': anArticle({ published: '2025-12-31T15:30:00Z' }),
    'c.md': anArticle({ published: '2026-01-01' }),
  }

  it('has its months and days', async ({ expect }) => {
    const store = aStore()
    const pages = await pagesOf(store, await published(store, { ...files, ...site }))
    expect(linked(pages.get('/archive/2025-12/') ?? '')).toEqual(['a'])
    const january = pages.get('/archive/2026-01/') ?? ''
    expect(linked(january)).toEqual(['b', 'c'])
    expect(january).toContain('<h2 id="d-1" lang="en" dir="ltr">January 1, 2026</h2>')
    expect(deadEnds(pages)).toEqual([])
  })

  it('has those of UTC where the site has none', async ({ expect }) => {
    const store = aStore()
    const { 'c.md': _, ...others } = files
    const pages = await pagesOf(store, await published(store, others))
    expect(linked(pages.get('/archive/2025-12/') ?? '')).toEqual(['a', 'b'])
  })

  it('goes back to any year', async ({ expect }) => {
    const store = aStore()
    const old = ['0033-04-03T15:00:00Z', '1605-09-01T00:00:00Z', '1969-07-21T02:56:15Z']
    const articles = old.map((time, n) => [`s-${n}.md`, anArticle({ published: time })] as const)
    const pages = await pagesOf(store, await published(store, Object.fromEntries(articles)))
    expect([...pages.keys()].filter((page) => month.test(page)).toSorted()).toEqual([
      '/archive/0033-04/',
      '/archive/1605-09/',
      '/archive/1969-07/',
    ])
    expect(pages.get('/archive/0033-04/')).toContain('April 3, 33</h2>')
    expect(countsIn(pages.get('/archive/1605-09/') ?? '')).toBe(1)
    expect(deadEnds(pages)).toEqual([])
  })
})

describe('the pages of the archive', () => {
  it('show every article once, and count them right by month and by day', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(instants, async (times) => {
        const store = aStore()
        const pages = await pagesOf(store, await published(store, filesAt(times)))
        const months = [...pages].filter(([address]) => month.test(address))
        const shown = months.flatMap(([, page]) => linked(page))
        expect(shown.toSorted()).toEqual(times.map((_, n) => `s-${n}`).toSorted())
        expect(months.reduce((sum, [, page]) => sum + countsIn(page), 0)).toBe(times.length)
        const all = pages.get('/archive/') ?? ''
        const counted = Array.from(all.matchAll(/<small>(\d+) article/g), ([, n]) => Number(n))
        expect(counted.reduce((a, b) => a + b, 0)).toBe(times.length)
        expect(deadEnds(pages)).toEqual([])
      }),
      { seed: 71, numRuns: 25 },
    )
  })

  it('are not written again once their month is over', async ({ expect }) => {
    const store = aStore()
    const times = Array.from({ length: 230 }, (_, n) => NOW - 100 * DAY + n * 30_000)
    const before = await published(store, filesAt(times))
    const after = await published(store, filesAt([...times, NOW - 60]), NOW + 60)
    const closed = [...before.documents].filter(
      ([name]) => month.test(name) && name.endsWith('/#page'),
    )
    expect(closed.length).toBeGreaterThan(4)
    const rewritten = closed.filter(
      ([name, { object }]) => after.documents.get(name)?.object !== object,
    )
    // The last page of the newest month may learn of the page after it.
    expect(rewritten.length).toBeLessThanOrEqual(1)
  })
})

describe('a template', () => {
  it('leaves nothing of its layout on a page', async ({ expect }) => {
    const store = aStore()
    const pages = await pagesOf(store, await published(store, { 'a.md': anArticle() }))
    expect(pages.size).toBeGreaterThan(3)
    for (const page of pages.values()) expect(page).not.toMatch(/^ |\\$/m)
  })
})

describe('the lead of a list', () => {
  const image = '{ src: https://img.example.com/a.png, alt: A bridge }'
  const shown = { image }
  const plain = {}
  const foreign = { image, language: 'ar' }
  const manyPlain = Array.from({ length: 8 }, () => plain)

  it.for([
    { newestFirst: [shown, shown], lead: 0, why: 'the newest, if it has an image' },
    { newestFirst: [plain, plain, shown, shown], lead: 2, why: 'the newest that has an image' },
    { newestFirst: [plain, plain], lead: 0, why: 'the newest, if none has an image' },
    { newestFirst: [plain, foreign, shown], lead: 2, why: 'one in the language of the newest' },
    { newestFirst: [plain, foreign], lead: 0, why: 'the newest, if the others speak another' },
    { newestFirst: [foreign, shown], lead: 0, why: 'the newest in whatever language' },
    { newestFirst: [...manyPlain, shown], lead: 0, why: 'none that is far from the newest' },
  ])('is $why', async ({ newestFirst, lead }, { expect }) => {
    const store = aStore()
    const names = newestFirst.map((_, n) => `s-${n}`)
    const files = newestFirst.map((front, n) => {
      return [`s-${n}.md`, anArticle({ ...front, published: formatInstant(NOW - DAY * (n + 1)) })]
    })
    const pages = await pagesOf(store, await published(store, Object.fromEntries(files)))
    const others = names.filter((_, n) => n !== lead)
    const front = pages.get('/') ?? ''
    const stories = Array.from(front.matchAll(/<h2><a href="[^"]*\/([\w-]+)"/g), ([, id]) => id)
    expect(stories).toEqual([`s-${lead}`, ...others])
    expect(front.match(/class="story lead"/g)).toHaveLength(1)
    expect(front.match(/fetchpriority="high"/g) ?? []).toHaveLength(
      'image' in (newestFirst[lead] ?? {}) ? 1 : 0,
    )
  })
})

describe('the page of all months', () => {
  it('lists those that have articles, newest first', async ({ expect }) => {
    const store = aStore()
    const files = {
      'a.md': anArticle({ published: '2024-11-05T10:00:00Z' }),
      'b.md': anArticle({ published: '2025-12-05T10:00:00Z' }),
      'c.md': anArticle({ published: '2025-03-05T10:00:00Z' }),
    }
    await published(store, { ...files, 'd.md': anArticle({ published: '2026-01-05T10:00:00Z' }) })
    const gone = { published: '2026-01-05T10:00:00Z', status: 'retracted', reason: 'It was wrong.' }
    const after = await published(store, { ...files, 'd.md': anArticle(gone, '') }, NOW + 60)
    const archive = (await pagesOf(store, after)).get('/archive/') ?? ''
    const lines = archive.matchAll(/<h2[^>]*>(\d+)<|<a href="(\/archive\/[\d-]+\/)">/g)
    expect(Array.from(lines, ([, year, month]) => year ?? month)).toEqual([
      '2025',
      '/archive/2025-12/',
      '/archive/2025-03/',
      '2024',
      '/archive/2024-11/',
    ])
  })
})

describe('a new look', () => {
  it('rewrites shells and pages, and no article and no feed', async ({ expect }) => {
    const store = aStore()
    const files = filesAt(Array.from({ length: 40 }, (_, n) => NOW - n * DAY - 1))
    const before = await published(store, files)
    const look =
      'colours: { accent: "#0a5" }\nnavigation: [{ title: About, path: /articles/s-1 }]\n'
    const after = await published(store, { ...files, 'site.yaml': SITE + look }, NOW + 60)
    expect(after.articles).toEqual(before.articles)
    const changed = [...after.documents].filter(
      ([name, { object }]) => before.documents.get(name)?.object !== object,
    )
    for (const [name] of changed)
      expect(name).toMatch(/\/#page$|^\/articles\/page-shell$|^\/media\/[\w-]+\/style\.css$/)
    expect(changed.map(([name]) => name)).toContain('/articles/page-shell')
  })
})

describe('a site in another language', () => {
  it('marks the language of every word', async ({ expect }) => {
    const store = aStore()
    const polish = SITE.replace('language: en', 'language: pl')
    const files = {
      'site.yaml': `${polish}sections: { kraj: { title: Kraj } }\n`,
      'a.md': anArticle({ title: 'Tytuł', section: 'kraj', tags: '[Łódź]' }),
      'b.md': anArticle({ title: 'Title', language: 'en', published: '2026-01-05T00:00:00Z' }),
    }
    const pages = await pagesOf(store, await published(store, files))
    const front = pages.get('/') ?? ''
    expect(front).toMatch(/^<!doctype html>\n<html lang="pl" dir="ltr">/)
    expect(front).toContain('<article class="story" lang="en" dir="ltr">')
    expect(front).toMatch(/<aside aria-label="Kanały">\s*<section[^>]*><h2 id="sections">Działy/)
    expect(front).toContain(
      '<ul class="index" lang="pl" dir="ltr"><li><a href="/sections/kraj/">Kraj',
    )
    expect(front).toContain('<section class="group subscribe" aria-labelledby="subscribe">')
    const february = pages.get('/archive/2026-02/') ?? ''
    expect(february).toContain('<h1>luty 2026</h1>')
    expect(february).toContain('rel="prev" lang="pl" dir="ltr">← styczeń 2026</a>')
    expect(pages.get('/archive/')).toContain('<small>1 artykuł</small>')
    expect(pages.get('/languages/en/')).toMatch(
      /<html lang="en" dir="ltr">[\s\S]*<div lang="pl" dir="ltr"><h1>angielski<\/h1>/,
    )
  })

  it('has edgewire’s words in English where it speaks no other, marked as such', async ({
    expect,
  }) => {
    const store = aStore()
    const finnish = SITE.replace('language: en', 'language: fi')
    const files = { 'site.yaml': finnish, 'a.md': anArticle({ section: 'Kotimaa' }) }
    const pages = await pagesOf(store, await published(store, files))
    const front = pages.get('/') ?? ''
    expect(front).toMatch(
      /<aside [^>]*lang="en" dir="ltr">\s*<section[^>]*><h2 id="sections">Sections/,
    )
    expect(front).toMatch(/<section class="group subscribe"[^>]* lang="en" dir="ltr">/)
    expect(pages.get('/archive/')).toContain('<small lang="en" dir="ltr">1 article</small>')
  })

  it('runs from the right, with its arrows and the forms of its numbers', async ({ expect }) => {
    const store = aStore()
    const files = {
      'site.yaml': SITE.replace('language: en', 'language: ar'),
      'a.md': anArticle({ published: '2026-01-30T10:00:00Z' }),
      'b.md': anArticle({ published: '2026-01-31T10:00:00Z' }),
      'c.md': anArticle({}),
    }
    const pages = await pagesOf(store, await published(store, files))
    expect(pages.get('/archive/')).toContain('<small>مقالان</small>')
    expect(pages.get('/archive/2026-02/')).toMatch(/rel="prev" lang="ar" dir="rtl">→ /)
    // But for columns of which an author says on which side they are.
    expect(RULES.replace(/^.*\.aligned-.*$/gm, '')).not.toMatch(
      /(?:^|[;{-])(?:left|right)\b|(?:margin|padding):[^;}]* [^;} ]+ [^;} ]+ /,
    )
  })

  it('says what site.yaml says instead', async ({ expect }) => {
    const store = aStore()
    const words =
      'words: { EN: { archive: Back issues, articles: { one: one story }, kinds: { sections: Desks } } }\n'
    const files = { 'site.yaml': SITE + words, 'a.md': anArticle({ section: 'World' }) }
    const pages = await pagesOf(store, await published(store, files))
    expect(pages.get('/archive/')).toContain('<h1>Back issues</h1>')
    expect(pages.get('/archive/')).toContain('<small>one story</small>')
    expect(pages.get('/')).toContain('<h2 id="sections">Desks</h2>')
    const finnish = { 'site.yaml': `${SITE}words: { fi: { archive: Arkisto } }\n` }
    expect(problemsOf(finnish).map(formatProblem)).toEqual([
      expect.stringMatching(/^site\.yaml:9:8: .*all words of a language .*missing: skip, site, /),
    ])
  })

  it('can have articles in its own language alone at its root', async ({ expect }) => {
    const store = aStore()
    const files = {
      'site.yaml': `${SITE}one_language: true\n`,
      'a.md': anArticle({ title: 'Own', language: 'en-GB', tags: '[x]' }),
      'b.md': anArticle({ title: 'Fremd', language: 'de', tags: '[x]' }),
    }
    const edition = await published(store, files)
    const pages = await pagesOf(store, edition)
    const titles = (name: string): string[] =>
      ['Own', 'Fremd'].filter((title) => pages.get(name)?.includes(`>${title}</a>`))
    expect(titles('/')).toEqual(['Own'])
    expect(titles('/archive/2026-02/')).toEqual(['Own'])
    expect(titles('/tags/x/')).toEqual(['Own', 'Fremd'])
    expect(titles('/languages/de/')).toEqual(['Fremd'])
    expect(titles('/languages/en-gb/')).toEqual(['Own'])
  })

  it('dates its archive by the calendar of its addresses', async ({ expect }) => {
    const store = aStore()
    const persian = SITE.replace('language: en', 'language: fa')
    const files = { 'site.yaml': persian, 'a.md': anArticle({ published: '2026-01-30T10:00:00Z' }) }
    const pages = await pagesOf(store, await published(store, files))
    expect(pages.get('/archive/2026-01/')).toContain('<h1>ژانویهٔ ۲۰۲۶</h1>')
    expect(pages.get('/archive/2026-01/')).toContain('۳۰ ژانویهٔ ۲۰۲۶')
  })
})

describe('a site with pages elsewhere', () => {
  it('has no page, and no part of one in any object', async ({ expect }) => {
    const store = aStore()
    const elsewhere = 'pages: false\nurl: https://www.example.org/{id}\n'
    const edition = await published(store, { 'a.md': anArticle(), 'site.yaml': SITE + elsewhere })
    const names = [...edition.documents.keys()]
    expect(names.filter((name) => /#page|page-shell|style\.css|copy\.js/.test(name))).toEqual([])
    const article = await loadObject(store, edition.articles.get('a')?.object ?? '')
    expect(article?.header.parts.map(({ name }) => name)).toEqual(['rss', 'atom', 'json'])
  })
})

/** How much words of each colour stand out from what may be behind them, by day and by night. */
function contrastsIn(sheet: string): number[] {
  return [...sheet.matchAll(/\{[^{}]*--paper:(?:[^{}]{40,})\}/g)].slice(0, 2).flatMap(([block]) => {
    const hexOf = (name: string): string => new RegExp(`--${name}:(#\\w{6})`).exec(block)?.[1] ?? ''
    return ['ink', 'quiet', 'accent'].flatMap((words) =>
      ['paper', 'raised'].map((behind) => contrast(hexOf(words), hexOf(behind))),
    )
  })
}

describe('colours', () => {
  const colour = fc
    .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
    .map((channels) => `#${channels.map((n) => n.toString(16).padStart(2, '0')).join('')}`)

  it('have enough contrast, whatever site.yaml says (WCAG 2.2 §1.4.3)', ({ expect }) => {
    fc.assert(
      fc.property(colour, colour, colour, (accent, background, text) => {
        const { site } = aPress({ 'a.md': anArticle() }).corpus
        const sheet = stylesheetOf({ ...site, colours: { accent, background, text } })
        expect(Math.min(...contrastsIn(sheet))).toBeGreaterThanOrEqual(4.5)
      }),
      { seed: 72, numRuns: 300 },
    )
  })

  it('have enough contrast on a grey that leaves room for one surface only', ({ expect }) => {
    const { site } = aPress({ 'a.md': anArticle() }).corpus
    for (const text of ['#ffffff', '#000000', '#727272']) {
      const sheet = stylesheetOf({ ...site, colours: { background: '#727272', text } })
      expect(Math.min(...contrastsIn(sheet))).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('stay as they are if the contrast is enough already', ({ expect }) => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(legible('#a3271b', '#ffffff')).toBe('#a3271b')
    expect(legible('#a3271b', '#161412')).not.toBe('#a3271b')
  })
})
