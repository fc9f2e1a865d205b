import { describe, it } from 'vitest'
import type { CompileCache } from '../../src/compile/compile-cache.ts'
import type { Press } from '../../src/compile/press.ts'
import { objectKey, type Store } from '../../src/edition/store.ts'
import { fail } from '../../src/markup/result.ts'
import {
  aCache,
  anArticle,
  aPress,
  type Files,
  findingsOf,
  NOW,
  SITE,
  tryPress,
} from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { aPublisher, publishTo, tryPublish } from '../support/publishing.ts'
import { must } from '../support/results.ts'

/** What a cache is given to keep: everything that was made, and not remembered. */
function counted(cache: CompileCache): CompileCache & { readonly made: string[] } {
  const made: string[] = []
  return {
    ...cache,
    made,
    remember(key, text) {
      made.push(text)
      cache.remember(key, text)
    },
  }
}

/** How many renderings a second compile makes, after a first one of other files. */
function remade(first: Files, second: Files): number {
  const cache = counted(aCache())
  const open = (files: Files): void => {
    must(tryPress(files, {}, cache))
  }
  open(first)
  cache.made.length = 0
  open(second)
  return cache.made.filter((text) => text.includes('"object"')).length
}

const FILES: Files = {
  'a.md': anArticle({}, 'See [b](b.md) and ![a picture](a.png).'),
  'b.md': anArticle({ title: 'B' }),
  'c.md': anArticle({ title: 'C', image: '{src: c.png, alt: C}' }),
  'a.png': new Uint8Array([1]),
  'c.png': new Uint8Array([3]),
}

describe('the compile cache', () => {
  it.for([
    ['nothing changed', FILES, 0],
    ['files are read in another order', Object.fromEntries(Object.entries(FILES).reverse()), 0],
    ['one text changed', { ...FILES, 'c.md': anArticle({ title: 'C' }, 'Other') }, 1],
    ['a file that is shown changed', { ...FILES, 'a.png': new Uint8Array([2]) }, 1],
    ['its image changed', { ...FILES, 'c.png': new Uint8Array([2]) }, 1],
    [
      'the id of a link’s target changed',
      { ...FILES, 'b.md': anArticle({ title: 'B', id: 'x' }) },
      2,
    ],
    [
      'the address of a link’s target changed',
      { ...FILES, 'b.md': anArticle({ title: 'B', url: 'https://e.org/b' }) },
      2,
    ],
    ['an author’s name changed', { ...FILES, 'site.yaml': SITE.replace('The desk', 'We') }, 3],
  ] as const)('renders again what it has to where %s', ([, files, count], { expect }) => {
    expect(remade(FILES, files)).toBe(count)
  })

  it.for([
    ['nothing changed', {}, 0],
    ['a file that was missing is there', { 'no.png': new Uint8Array([1]) }, 1],
    ['a file is there that may be meant', { 'x/no.png': new Uint8Array([1]) }, 1],
    ['an article that was missing is there', { 'no.md': anArticle() }, 2],
    ['another article is there', { 'other.md': anArticle() }, 1],
  ] as const)('remembers what is wrong with a text where %s', ([, more, count], { expect }) => {
    const body = '![a](no.png) [b](no.md) [c](htps://e.org/) <embed>'
    const files = { 'a.md': anArticle({}, body) }
    const cache = counted(aCache())
    findingsOf(files, {}, cache)
    cache.made.length = 0
    const found = findingsOf({ ...files, ...more }, {}, cache)
    expect(found).toEqual(findingsOf({ ...files, ...more }))
    expect(found.length).toBeGreaterThan(2)
    expect(cache.made.filter((text) => text.includes('"object"'))).toHaveLength(count)
  })

  it('reports a problem each time that it is found', ({ expect }) => {
    const cache = aCache()
    const files = { ...FILES, 'c.md': anArticle({}, '![](a.png)') }
    for (let time = 0; time < 2; time++) {
      const read = tryPress(files, {}, cache)
      const problems = read.ok ? [] : read.failure.problems.filter(({ isNote }) => !isNote)
      expect(problems).toMatchObject([{ reason: 'image-without-alt' }])
    }
  })

  it('does not change what is published', async ({ expect }) => {
    const [warm, cold] = [aStore(), aStore()]
    const cache = aCache()
    await publishTo(warm, FILES, NOW, aPublisher(warm, NOW, cache))
    await publishTo(cold, FILES)
    const next = { ...FILES, 'c.md': anArticle({ title: 'C' }, 'Other') }
    const one = await publishTo(warm, next, NOW + 1, aPublisher(warm, NOW + 1, cache))
    const two = await publishTo(cold, next, NOW + 1)
    expect(one.current).toEqual(two.current)
    expect([...warm.values.keys()].sort()).toEqual([...cold.values.keys()].sort())
  })

  it('leaves a publish one read of head, and a second one before head moves', async ({
    expect,
  }) => {
    const store = aStore()
    const cache = aCache()
    const many = Object.fromEntries(
      Array.from({ length: 1510 }, (_, n) => [`s-${n}.md`, anArticle({}, 'Short')]),
    )
    await publishTo(store, many, NOW, aPublisher(store, NOW, cache))
    store.reads.length = 0
    store.written.length = 0
    const more = { ...many, 'new.md': anArticle({ title: 'New' }) }
    await publishTo(store, more, NOW + 60, aPublisher(store, NOW + 60, cache))
    expect(store.reads).toEqual(['head', 'head'])
    // Article and its leaf, feed, front page, a part of the sitemap and its index, their leaf, the
    // edition, head.
    expect(store.written).toHaveLength(9)
  })

  it('does not believe an object that its digest does not fit', async ({ expect }) => {
    const store = aStore()
    const { current } = await publishTo(store, FILES)
    const key = objectKey(current.edition)
    const damaged = store.values.get(key)?.slice()
    damaged?.set([48], 60)
    const damagedStore: Store = {
      ...store,
      get: async (keys) => keys.map((name) => (name === key ? damaged : store.values.get(name))),
    }
    expect(await tryPublish(aPublisher(damagedStore, NOW + 1), FILES)).toEqual(
      fail({ reason: 'missing-object', digest: current.edition }),
    )
  })
})

/** The object of an article at an instant, as text. */
function textOf(press: Press, id: string, instant: number): string {
  const article = press.corpus.articles.find((one) => one.id === id)
  if (!article) throw new Error('no article')
  return new TextDecoder().decode(press.bytesOf(press.render(article, instant).object))
}

describe('a link to an article that is not published yet', () => {
  const files = {
    'a.md': anArticle({}, 'See [the rest](later.md) and [more](draft.md).'),
    'later.md': anArticle({ published: '2026-03-01T01:00:00Z' }),
    'draft.md': anArticle({ status: 'draft' }),
  }

  it('has no address until its target is due', ({ expect }) => {
    const press = aPress(files)
    const textAt = (instant: number): string => textOf(press, 'a', instant)
    expect(textAt(NOW)).toContain('See <a>the rest</a> and <a>more</a>.')
    expect(textAt(NOW)).not.toMatch(/articles\/(?:later|draft)/)
    expect(textAt(NOW + 3600)).toContain('https://wire.example.org/articles/later')
    expect(textAt(NOW + 3600)).not.toContain('articles/draft')
  })
})

describe('a translation', () => {
  const files = {
    'talks.md': anArticle({
      translations: '{pl: rozmowy, de: later, fr: draft, it: gone, en: talks}',
    }),
    'rozmowy.md': anArticle({ language: 'pl', url: 'https://e.org/?a=1&b=2' }),
    'later.md': anArticle({ language: 'de', published: '2026-03-01T01:00:00Z' }),
    'draft.md': anArticle({ language: 'fr', status: 'draft' }),
    'gone.md': anArticle({ language: 'it', status: 'retracted' }),
  }
  const link = (language: string, address: string): string =>
    `<link rel="alternate" hreflang="${language}" href="${address}">\n`
  const own = link('en', 'https://wire.example.org/articles/talks')
  const polish = link('pl', 'https://e.org/?a=1&amp;b=2')
  const german = link('de', 'https://wire.example.org/articles/later')

  it('is named by the page as soon as it is published, and until it is retracted', ({ expect }) => {
    const press = aPress(files)
    const namesOf = (id: string, instant: number): string[] =>
      textOf(press, id, instant).match(/<link rel="alternate" hreflang.*\n/g) ?? []
    expect(namesOf('talks', NOW)).toEqual([own, polish])
    expect(namesOf('talks', NOW + 3600)).toEqual([own, polish, german])
    expect(namesOf('rozmowy', NOW)).toEqual([])
    expect(textOf(press, 'talks', NOW)).not.toMatch(/later|draft|gone/)
  })

  it.for([
    ['moves', { 'rozmowy.md': anArticle({ language: 'pl', url: 'https://e.org/b' }) }, 2],
    ['is retracted', { 'rozmowy.md': anArticle({ language: 'pl', status: 'retracted' }) }, 1],
    ['is published', { 'draft.md': anArticle({ language: 'fr' }) }, 2],
    [
      'is corrected',
      { 'rozmowy.md': anArticle({ language: 'pl', url: 'https://e.org/?a=1&b=2' }, 'Other') },
      1,
    ],
  ] as const)('makes those that name it anew where it %s', ([, changed, count], { expect }) => {
    expect(remade(files, { ...files, ...changed })).toBe(count)
  })
})
