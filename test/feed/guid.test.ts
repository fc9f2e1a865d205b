import { parseXml, type XmlElement } from '@rgrove/parse-xml'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { iriOf } from '../../src/article/guid.ts'
import { StoredObject } from '../../src/edition/object.ts'
import { anArticle, aPress, problemsOf } from '../support/corpus.ts'

const TAG = 'example.org,2026'

/** The id of an article in each format, as parsers read it. */
function idsOf(guid: string): Readonly<Record<'rss' | 'atom' | 'json', string>> {
  const press = aPress({ 'a.md': anArticle({ guid: JSON.stringify(guid) }) })
  const [article] = press.corpus.articles
  if (!article) throw new Error('no article')
  const { object } = press.render(article, article.published)
  const stored = new StoredObject(press.cache.object(object) ?? new Uint8Array())
  const part = (name: string): string => stored.text(name) ?? ''
  const textIn = (xml: string, name: string): string => {
    const root = parseXml(
      `<r xmlns:atom="a" xmlns:dc="d" xmlns:content="c" xmlns:media="m" xmlns:source="s">${xml}</r>`,
    )
    const entry = (root.root as XmlElement).children[0] as XmlElement
    const found = entry.children.find((child) => (child as XmlElement).name === name)
    return (found as XmlElement).text
  }
  return {
    rss: textIn(part('rss'), 'guid'),
    atom: textIn(part('atom'), 'id'),
    json: (JSON.parse(part('json')) as { id: string }).id,
  }
}

describe('a guid from elsewhere', () => {
  it.for([
    ['https://old.example/?p=42', 'https://old.example/?p=42'],
    [
      'urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6',
      'urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6',
    ],
    ['https://old.example/żółw', 'https://old.example/żółw'],
    ['4711', `tag:${TAG}:guid/4711`],
    [
      '1234 at https://www.example.org',
      `tag:${TAG}:guid/1234%20at%20https%3A%2F%2Fwww.example.org`,
    ],
    ['post  1', `tag:${TAG}:guid/post%20%201`],
    [' post 1\t', `tag:${TAG}:guid/%20post%201%09`],
    ['a\r\nb', `tag:${TAG}:guid/a%0D%0Ab`],
    ['cafe\u0301', `tag:${TAG}:guid/cafe%CC%81`],
    ['https://old.example/100%', `tag:${TAG}:guid/https%3A%2F%2Fold.example%2F100%25`],
    ['\u0338x]]>&<b>', `tag:${TAG}:guid/%CC%B8x%5D%5D%3E%26%3Cb%3E`],
  ] as const)('stays as it is, and is an IRI in Atom: %j', ([guid, iri], { expect }) => {
    expect(idsOf(guid)).toEqual({ rss: guid, atom: iri, json: guid })
  })

  it('stays as it is, whatever it is made of', ({ expect }) => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })
    const carried = text.filter(
      (one) => one.trim() !== '' && !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(one),
    )
    fc.assert(
      fc.property(carried, (guid) => {
        const { rss, atom, json } = idsOf(guid)
        expect([rss, json]).toEqual([guid, guid])
        expect(atom).toBe(iriOf(atom, TAG))
      }),
      { numRuns: 100 },
    )
  })

  it.for(['', '   ', 'a\u0007b', 'a\ud800b'])(
    'is refused where no feed can carry it: %j',
    (guid, { expect }) => {
      const [problem] = problemsOf({ 'a.md': anArticle({ guid: JSON.stringify(guid) }) })
      expect(problem).toMatchObject({ line: 4, column: 7, key: 'guid' })
    },
  )

  it('is one article’s alone, in Atom too', ({ expect }) => {
    const [problem] = problemsOf({
      'a.md': anArticle({ guid: '"post  1"' }),
      'b.md': anArticle({ guid: `"tag:${TAG}:guid/post%20%201"` }),
    })
    expect(problem).toMatchObject({ file: 'b.md', reason: 'duplicate-guid', other: 'a.md' })
  })
})
