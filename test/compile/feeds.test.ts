import { gunzipSync } from 'node:zlib'
import { describe, it } from 'vitest'
import { formatProblem } from '../../src/article/problem.ts'
import { folderNameOf } from '../../src/article/slug.ts'
import { type Edition, loadEdition, loadObject } from '../../src/edition/edition.ts'
import type { FeedFacts, RegisterFacts } from '../../src/edition/facts.ts'
import { REGISTER } from '../../src/edition/names.ts'
import type { Store } from '../../src/edition/store.ts'
import { anArticle, type Files, NOW, problemsOf, SITE } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const FEEDS = `feeds:
  eu-politics:
    title: EU politics
    description: What concerns the Union, without opinions
    length: 2
    filter: { section: politics, tags: [eu, brussels], not: { tags: [opinion] } }
  by-ann:
    title: Ann’s articles in Polish
    filter: { authors: [Ann Author], language: pl }
`
const FILES: Files = {
  'site.yaml': `${SITE}${FEEDS}tags:\n  eu: { title: The Union, description: All of it, aliases: [europe] }\n`,
  'a.md': anArticle({ section: 'politics', tags: '[eu, Łódź]', authors: '[desk]' }),
  'b.md': anArticle({ section: 'politics', tags: '[brussels, opinion]', authors: '[Ann Author]' }),
  'c.md': anArticle({ section: 'sport', tags: '[eu]', authors: '[Ann Author]', language: 'pl' }),
  'd.md': anArticle({ section: 'politics', tags: '[brussels]', published: '2026-02-02T00:00:00Z' }),
  'due.md': anArticle({ tags: '[secret]', section: 'hidden', published: '2026-03-01T01:00:00Z' }),
}

async function published(store: Store, files: Files, now = NOW): Promise<Edition> {
  const { current } = await publishTo(store, files, now)
  const edition = must(await loadEdition(store, current.edition))
  return edition
}

async function registerOf(store: Store, edition: Edition): Promise<RegisterFacts> {
  const digest = edition.documents.get(REGISTER)?.object ?? ''
  const object = await loadObject<RegisterFacts>(store, digest)
  if (!object) throw new Error('no register')
  return object.facts
}

async function idsIn(store: Store, edition: Edition, name: string): Promise<string[]> {
  const digest = edition.documents.get(name)?.object ?? ''
  const feed = await loadObject<FeedFacts>(store, digest)
  return feed?.facts.entries.map(({ id }) => id) ?? []
}

describe('the feeds of a site', () => {
  it('are those of published sections, tags, authors and languages, and the declared ones', async ({
    expect,
  }) => {
    const store = aStore()
    const edition = await published(store, FILES)
    const { feeds } = await registerOf(store, edition)
    expect(feeds.map(({ name }) => name)).toEqual([
      '/',
      '/authors/ann-author/',
      '/authors/desk/',
      '/feeds/by-ann/',
      '/feeds/eu-politics/',
      '/languages/en/',
      '/languages/pl/',
      '/sections/politics/',
      '/sections/sport/',
      '/tags/brussels/',
      '/tags/eu/',
      '/tags/lodz/',
      '/tags/opinion/',
    ])
    expect(feeds.find(({ name }) => name === '/tags/eu/')).toEqual({
      name: '/tags/eu/',
      kind: 'tags',
      label: 'eu',
      title: 'The Wire: The Union',
      aliases: ['europe'],
    })
    expect(feeds.find(({ name }) => name === '/authors/desk/')?.title).toBe('The Wire: The desk')
    expect(feeds.find(({ name }) => name === '/languages/pl/')?.title).toBe('The Wire: Polish')
    expect(feeds.find(({ name }) => name === '/feeds/by-ann/')?.title).toBe(
      'Ann’s articles in Polish',
    )
  })

  it('hold the articles that belong to them', async ({ expect }) => {
    const store = aStore()
    const edition = await published(store, FILES)
    for (const [name, ids] of [
      ['/', ['d', 'a', 'b', 'c']],
      ['/sections/politics/', ['d', 'a', 'b']],
      ['/tags/eu/', ['a', 'c']],
      ['/tags/lodz/', ['a']],
      ['/authors/ann-author/', ['b', 'c']],
      ['/languages/pl/', ['c']],
      ['/feeds/eu-politics/', ['d', 'a']],
      ['/feeds/by-ann/', ['c']],
    ] as const)
      expect(await idsIn(store, edition, name), name).toEqual(ids)
  })

  it('leave out the feed of the only language, and those of articles under embargo', async ({
    expect,
  }) => {
    const store = aStore()
    const { 'c.md': _, ...files } = FILES
    const edition = await published(store, files)
    const names = [...edition.documents.keys()]
    expect(names.filter((name) => /languages|secret|hidden/.test(name))).toEqual([])
  })

  it('stay, empty and valid, when they lose their last article', async ({ expect }) => {
    const store = aStore()
    await published(store, FILES)
    const { 'a.md': _, ...files } = FILES
    const edition = await published(store, files, NOW + 60)
    expect(edition.documents.has('/tags/lodz/')).toBe(true)
    expect(await idsIn(store, edition, '/tags/lodz/')).toEqual([])
    const later = await published(store, { ...files, 'e.md': anArticle() }, NOW + 120)
    expect(later.documents.has('/tags/lodz/')).toBe(true)
    expect(later.documents.get('/tags/lodz/')).toEqual(edition.documents.get('/tags/lodz/'))
  })

  it('cost 30 keys at most for an article that is in eight of them', async ({ expect }) => {
    const store = aStore()
    const tags = Array.from({ length: 400 }, (_, n) => `tag-${n}`)
    const many = Object.fromEntries(
      tags.map((tag, n) => [`s-${n}.md`, anArticle({ tags: `[${tag}]`, section: `s${n % 9}` })]),
    )
    // Nothing waits: an edition that is scheduled is finished too, and costs its own keys.
    const { 'due.md': _, ...present } = FILES
    const files: Files = { ...present, ...many, 'site.yaml': SITE + FEEDS }
    await published(store, files)
    store.written.length = 0
    const front = { section: 'politics', tags: '[eu, brussels, tag-7]', authors: '[desk]' }
    const next = { ...files, 'new.md': anArticle({ ...front, language: 'pl', title: 'New' }) }
    const edition = await published(store, next, NOW + 60)
    const feeds = [...edition.documents].filter(
      ([name, { changed }]) => /^\/(?:\w+\/[\w-]+\/)?$/.test(name) && changed === NOW + 60,
    )
    expect(feeds).toHaveLength(8)
    expect(store.written.length).toBeLessThanOrEqual(30)
    // Its retraction, with its notices, costs no more.
    store.written.length = 0
    const gone = anArticle({ ...front, language: 'pl', title: 'New', status: 'retracted' })
    await published(store, { ...files, 'new.md': gone }, NOW + 120)
    expect(store.written.length).toBeLessThanOrEqual(30)
  })
})

describe('a feed over its byte budget', () => {
  it('sends the entries over it with their summary and a link, and names them', async ({
    expect,
  }) => {
    const store = aStore()
    const body = 'A long text. '.repeat(300)
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => {
        const published = `2026-02-0${n + 1}T00:00:00Z`
        return [
          `s-${n}.md`,
          anArticle({ title: `Story ${n}`, summary: `Summary ${n}`, published }, body),
        ]
      }),
    )
    const edition = await published(store, { ...files, 'site.yaml': `${SITE}byte_budget: 20000\n` })
    const feed = await loadObject<FeedFacts>(store, edition.documents.get('/')?.object ?? '')
    expect(feed?.facts.shortened).toEqual(expect.arrayContaining(['s-0', 's-1']))
    const part = feed?.part('json')
    expect(part?.size).toBeLessThan(24_000)
    const items = JSON.parse(gunzipSync(part?.bytes ?? new Uint8Array()).toString('utf8'))
      .items as { content_html: string }[]
    expect(items).toHaveLength(6)
    expect(items.at(-1)?.content_html).toBe(
      '<p>Summary 0</p><p><a href="https://wire.example.org/articles/s-0">Story 0</a></p>',
    )
    expect(items[0]?.content_html).toContain('A long text.')
  })
})

describe('the address of a feed', () => {
  it.for([
    ['South Caucasus', 'south-caucasus'],
    ['Łódź', 'lodz'],
    ['Straße', 'strasse'],
    ['Київ', 'kiyiv'],
    ['Ελλάδα', 'ellada'],
    ['EU', 'eu'],
    ['Hà Nội', 'ha-noi'],
    ['Нефть', 'neft'],
    ['القاهرة', 'alqahrt'],
    ["Don't panic!", 'dont-panic'],
    ['Node.js', 'node-js'],
    ['R&D', 'r-and-d'],
    ['I ♥ NY', 'i-love-ny'],
    ['C', 'c'],
    ['C++', 'c-u2b-u2b'],
    ['C#', 'c-u23'],
    ['2026', '2026'],
    ['中国 2026', 'u4e2d-u56fd-2026'],
    ['日本 2026', 'u65e5-u672c-2026'],
    ['김 A.', 'uae40-a'],
    ['박 A.', 'ubc15-a'],
    ['हि 1', 'u939-u93f-1'],
    ['news & views', 'news-and-views'],
    ['北京', '5317-4eac'],
    ['עברית', '5e2-5d1-5e8-5d9-5ea'],
    ['🗞️', '1f5de-fe0f'],
  ] as const)('of %s is %s, today and always', ([label, folder], { expect }) => {
    expect(folderNameOf(label)).toBe(folder)
  })

  it('is the one that site.yaml gives it', ({ expect }) => {
    const described = `sections: { C++: { name: cpp } }\ntags: { C++: { name: cpp } }\n`
    const problems = problemsOf({
      'site.yaml': SITE + described,
      'a.md': anArticle({ section: 'C++', tags: '[C++, C]', authors: '[김 A., 박 A.]' }),
      'b.md': anArticle({ tags: '[cpp]' }),
    })
    expect(problems.map(formatProblem)).toEqual([
      'b.md:4:8: `cpp` and `C++` (a.md:5:8) would both be at /tags/cpp/. Spell them alike, or name the address of one in site.yaml: `tags: { "cpp": { name: other-words } }`.',
    ])
  })

  it('belongs to one spelling: two that would share it are refused, with both places', ({
    expect,
  }) => {
    const problems = problemsOf({
      'a.md': anArticle({ tags: '[Łódź]', section: 'News' }),
      'b.md': anArticle({ tags: '[lodz]', section: 'news' }),
    })
    expect(problems).toMatchObject([
      {
        file: 'b.md',
        line: 4,
        reason: 'same-folder',
        label: 'lodz',
        other: 'Łódź',
        otherPlace: { file: 'a.md', line: 4 },
      },
      { file: 'b.md', line: 5, reason: 'same-folder', folder: '/sections/news/' },
    ])
  })
})

describe('retractions', () => {
  it('show the last five hundred, and mark all', async ({ expect }) => {
    const store = aStore()
    const of = (front: Record<string, string>, to: number): Files =>
      Object.fromEntries(
        Array.from({ length: to }, (_, n) => [`s-${100 + n}.md`, anArticle(front, 'Text.')]),
      )
    const retracted = { status: 'retracted' }
    await published(store, of({}, 510))
    await published(store, { ...of({}, 510), ...of(retracted, 5) }, NOW + 60)
    const edition = await published(store, of(retracted, 510), NOW + 120)
    const digest = edition.documents.get('/')?.object ?? ''
    const { facts } = (await loadObject<FeedFacts>(store, digest)) ?? {}
    expect(facts?.tombstones).toHaveLength(510)
    expect(facts?.entries).toHaveLength(1000)
    // What was retracted first is what is not shown any more.
    expect(facts?.entries.map(({ id }) => id)).not.toContain('s-100')
  })
})
