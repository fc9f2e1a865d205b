/** edgewire's own words: each language has all of them, with the same links and the same gaps. */

import { describe, it } from 'vitest'
import { FEED_KINDS, titleOfKind } from '../../src/article/kinds.ts'
import { describeFinding } from '../../src/article/problem.ts'
import { en } from '../../src/article/words/en.ts'
import { countOfArticles, LANGUAGES, wordsIn } from '../../src/article/words.ts'
import { FORMATS } from '../../src/feed/formats.ts'
import { notFoundPage } from '../../src/page/error-pages.ts'
import { anArticle, aPress, findingsOf, SITE } from '../support/corpus.ts'

const OTHERS = Object.entries(LANGUAGES).filter(([language]) => language !== 'en')

/** The words of links, as signs, and what is filled in. */
function gapsOf(words: unknown): string[] {
  return typeof words === 'string' ? (words.match(/\{\w+\}|[[\]]/g) ?? []) : []
}

describe.for(OTHERS)('the words in %s', ([language, words]) => {
  it('have the links and gaps of the English ones', ({ expect }) => {
    expect(Object.keys(words)).toEqual(Object.keys(en))
    for (const [key, text] of Object.entries(words))
      expect([key, gapsOf(text)]).toEqual([key, gapsOf(en[key as keyof typeof en])])
  })

  it('name every kind of feed and every format', ({ expect }) => {
    for (const kind of FEED_KINDS) expect(titleOfKind(kind, words)).toBe(words.kinds[kind])
    for (const { name } of FORMATS) expect(words.purposes[name]).toBeTruthy()
  })

  it('have all forms that numbers ask for', ({ expect }) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    for (const form of pluralCategories) expect(words.articles[form]).toBeTruthy()
  })
})

describe('the page for what is not there', () => {
  it('asks in the language of the site what was meant', ({ expect }) => {
    const { corpus } = aPress({
      'site.yaml': SITE.replace('language: en', 'language: es'),
      'a.md': anArticle(),
    })
    const { head, meant, tail } = notFoundPage(corpus.site, { stylesheet: '/s.css', script: '' })
    expect(head).toContain('<h1>Aquí no hay nada</h1>')
    expect(meant).toEqual(['<p>¿Quería decir ', ' o ', '?</p>\n'])
    expect(tail).toContain(
      'está en la <a href="/">portada</a> o en el <a href="/archive/">archivo</a>.',
    )
  })
})

describe('words for a text', () => {
  const site = { words: {} }

  it.for([
    ['de-AT', 'de'],
    ['pt-BR', 'en'],
    ['zh-Hans-SG', 'zh'],
    ['zh-TW', 'en'],
    ['zh-Hant', 'en'],
    ['ar-Latn', 'en'],
    ['ar-EG', 'ar'],
    ['x-klingon', 'en'],
  ])('in %s are in %s', ([language = '', spoken], { expect }) => {
    expect(wordsIn(language, site).language).toBe(spoken)
  })

  it.for([
    ['en', ['0 articles', '1 article', '1,200 articles']],
    ['pl', ['0 artykułów', '1 artykuł', '1200 artykułów']],
    ['ar', ['لا مقالات', 'مقال واحد', '1,200 مقال']],
  ] as const)('count in %s', ([language, counts], { expect }) => {
    const speech = wordsIn(language, site)
    expect([0, 1, 1200].map((count) => countOfArticles(count, speech))).toEqual(counts)
  })

  it('are those of site.yaml, the others edgewire’s', ({ expect }) => {
    const given = { 'de-CH': { archive: 'Ablage', articles: { one: 'ein Artikel' } } }
    const { words } = wordsIn('de', { words: given })
    expect([words.archive, words.articles.one, words.articles.other, words.more]).toEqual([
      'Ablage',
      'ein Artikel',
      '{count} Artikel',
      'Mehr',
    ])
  })
})

describe('words of a site', () => {
  it.for([
    ['where_to_look: Nothing.', '[brackets]'],
    ['where_to_look: "[A] or [b]."', '[brackets]'],
    ['copy: Copy it', '{format}'],
    ['copy: "Copy {fromat}"', '{format}'],
    ['archive: "All [of it]"', 'no [brackets]'],
    ['articles: {other: many}', '{count}'],
  ] as const)(
    'have the links and the gaps of those that they replace: %s',
    ([line, expected], { expect }) => {
      const files = { 'site.yaml': `${SITE}words:\n  en:\n    ${line}\n`, 'a.md': anArticle() }
      const [problem, ...others] = findingsOf(files)
      expect(others).toEqual([])
      expect(problem).toMatchObject({ file: 'site.yaml', reason: 'invalid-value' })
      expect(problem?.line).toBe(SITE.split('\n').length + 2)
      expect(problem && describeFinding(problem)).toContain(expected)
    },
  )

  it('may leave out a number that is a word', ({ expect }) => {
    const site = `${SITE}words:\n  en:\n    articles: {one: an article}\n    copy: "{format}, copied"\n`
    expect(findingsOf({ 'site.yaml': site, 'a.md': anArticle() })).toEqual([])
  })
})

describe('keys of a site in other words', () => {
  it.for([
    ['baseURL: x', '`base`, which is there too'],
    ['colors: {accent: "#123"}', '`colours`'],
    ['paginate: 10', '`feed_length`'],
    ['theme: minima', 'edgewire renders all sites alike'],
  ] as const)('are answered with the one that is meant: %s', ([line, meant], { expect }) => {
    const found = findingsOf({ 'site.yaml': `${SITE}${line}\n`, 'a.md': anArticle() })
    expect(found.map(({ reason }) => reason)).toEqual(['foreign-key'])
    expect(found.map(describeFinding).join()).toContain(meant)
  })
})
