/**
 * A text in a field is a text: in every document that an edition has, and by every parser, what
 * stands there is what was written, all of it, and the document has the elements that it has anyway.
 */

import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { stringify } from 'yaml'
import { loadEdition, loadObject } from '../../src/edition/edition.ts'
import type { StoredObject } from '../../src/edition/object.ts'
import { cleanLine } from '../../src/markup/text.ts'
import { anyLine } from '../support/arbitraries.ts'
import type { Files } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'
import { type Document, type Kind, kindOf, READERS, type Reading } from './readings.ts'

/** The fields of a corpus that are text, each with a word of its own before it. */
const FIELDS = [
  ...['title', 'summary', 'section', 'sectionTitle', 'sectionAbout', 'tag', 'tagTitle', 'author'],
  ...['stranger', 'alt', 'credit', 'copyright', 'file', 'correction', 'shown', 'hint', 'body'],
  ...['code', 'caption', 'untitled', 'goneTitle', 'reason', 'siteTitle', 'siteAbout', 'siteRights'],
  ...['feedTitle', 'feedAbout', 'navigation', 'archive', 'frame', 'audio'],
] as const
type Field = (typeof FIELDS)[number]

type Texts = Readonly<Record<Field, string>>

/** The text of a field, with a word before it by which it is found. */
const saidIn = (field: Field, texts: Texts): string => `${markOf(field)} ${texts[field]}`
const markOf = (field: Field): string => `Q${field.toLowerCase()}q`

const textsOf = (text: (index: number) => string): Texts =>
  Object.fromEntries(FIELDS.map((field, index) => [field, text(index)])) as Texts

/** Articles, and a site, with a text in each field; the same addresses, whatever the text is. */
function filesWith(texts: Texts): Files {
  const said = (field: Field): string => saidIn(field, texts)
  // What Markdown and HTML could take for a sign of theirs.
  const escaped = (field: Field): string =>
    said(field).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const article = (front: object, body: string): string => `---\n${stringify(front)}---\n${body}\n`
  const published = '2026-02-27T10:00:00Z'
  const site = {
    title: said('siteTitle'),
    description: said('siteAbout'),
    copyright: said('siteRights'),
    language: 'en',
    home: 'https://example.org/',
    base: 'https://wire.example.org',
    tag: 'example.org,2026',
    authors: { desk: { name: said('author') } },
    navigation: [{ title: said('navigation'), path: '/archive/' }],
    sections: {
      [said('section')]: {
        name: 's',
        title: said('sectionTitle'),
        description: said('sectionAbout'),
      },
    },
    tags: { [said('tag')]: { name: 't', title: said('tagTitle') } },
    feeds: { all: { title: said('feedTitle'), description: said('feedAbout'), filter: {} } },
    words: { en: { archive: said('archive') } },
  }
  const whole = {
    title: said('title'),
    published,
    updated: '2026-02-28T10:00:00Z',
    summary: said('summary'),
    section: said('section'),
    tags: [said('tag')],
    authors: ['desk', said('stranger')],
    copyright: said('copyright'),
    correction: said('correction'),
    image: { src: 'https://e.org/a.png', alt: said('alt'), credit: said('credit') },
    attachments: [
      { src: 'https://e.org/a.mp3', title: said('audio'), size: 1 },
      { src: 'https://e.org/a.pdf', title: said('file'), size: 1 },
    ],
  }
  const html = `<figure><img src="https://e.org/b.png" alt="${escaped('shown')}" title="${escaped('hint')}"><figcaption>${escaped('caption')}</figcaption></figure>
<p>${escaped('body')} <code>${escaped('code')}</code></p>
<iframe src="https://e.org/c" title="${escaped('frame')}"></iframe>`
  const gone = {
    title: said('goneTitle'),
    published,
    status: 'retracted',
    retracted_at: '2026-02-28T10:00:00Z',
    reason: said('reason'),
    section: said('section'),
  }
  return {
    'site.yaml': stringify(site),
    'whole.md': article(whole, html),
    'untitled.md': article({ published }, `<p>${escaped('untitled')}</p>`),
    'gone.md': article(gone, 'Gone.'),
  }
}

/** Lists everything that an edition has of a corpus and that somebody reads, whole. */
async function documentsOf(files: Files): Promise<Document[]> {
  const store = aStore()
  const { current } = await publishTo(store, files)
  const edition = must(await loadEdition(store, current.edition))
  const found: Document[] = []
  for (const [address, { object: digest }] of [...edition.documents, ...edition.articles]) {
    const object = await loadObject(store, digest)
    if (object) found.push(...documentsIn(object, address))
  }
  // An author who is not declared has the address of a name, which is a text.
  return found.map((one) => ({ ...one, name: one.name.replaceAll(/q[a-z]+q-[^/]*/g, 'q') }))
}

/** Parts of an object that are one document. */
const TOGETHER: readonly (readonly [kind: Kind, parts: readonly string[]])[] = [
  ['html', ['head', 'html']],
  ['xml', ['news-head', 'news', 'news-tail']],
]
/** Parts that are documents: of feeds, files, pages, and the beginnings of pages. */
const WHOLE = /^(?:rss|atom|json|text|html-head|not-found-head|\/.*)$/

function documentsIn(object: StoredObject, name: string): Document[] {
  const { type, parts } = object.header
  if (type === 'media') return []
  const part = (one: string): string => textOf(object.part(one)?.bytes ?? new Uint8Array())
  const has = (one: string): boolean => parts.some((known) => known.name === one)
  const together = TOGETHER.filter(([, names]) => names.every(has)).map(([kind, names]) => ({
    name: `${name} ${names.join()}`,
    kind,
    text: names.map(part).join(''),
  }))
  // The entries of an article are read in the documents of its feeds.
  if (type === 'article' || type === 'retraction') return together
  const whole = parts
    .filter((one) => WHOLE.test(one.name))
    .map((one) => ({
      name: `${name} ${one.name}`,
      kind: kindOf(part(one.name)),
      text: part(one.name),
    }))
  return [...together, ...whole]
}

function textOf(bytes: Uint8Array): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  return new TextDecoder().decode(isPacked ? gunzipSync(bytes) : bytes)
}

const spaced = (text: string): string => text.replace(/\s+/g, ' ')

/** Counts the texts of a reading that have each field; one that has not all of it is shown. */
function fieldsIn(reading: Reading, texts: Texts): Record<string, (number | string)[]> {
  const all = reading.texts.map(spaced)
  return Object.fromEntries(
    FIELDS.map((field) => {
      const having = all.filter((one) => one.includes(markOf(field)))
      const cut = having.filter((one) => !one.includes(saidIn(field, texts)))
      return [field, [having.length, ...cut]]
    }),
  )
}

async function readAll(texts: Texts): Promise<Map<string, Reading>> {
  const readings = new Map<string, Reading>()
  for (const document of await documentsOf(filesWith(texts)))
    for (const [parser, read] of Object.entries(READERS[document.kind]))
      readings.set(`${document.name} as ${document.kind} by ${parser}`, await read(document))
  return readings
}

const PLAIN = textsOf(() => 'plain')
const plain = await readAll(PLAIN)

/** The kinds of documents that have a field, but for all feeds and some page. */
const BESIDE_FEEDS: Readonly<Partial<Record<Field, readonly Kind[]>>> = {
  title: ['xml'],
  untitled: ['xml'],
  siteTitle: ['data', 'opml', 'xml'],
  siteAbout: ['opml'],
  sectionTitle: ['opml'],
  sectionAbout: ['opml'],
  tagTitle: ['opml'],
  author: ['opml'],
  stranger: ['opml'],
  feedTitle: ['opml'],
  feedAbout: ['opml'],
}
const ON_PAGES_ALONE: readonly Field[] = ['navigation', 'archive']

describe('a text in any field', () => {
  it('is in every feed and on a page, and in all documents where it belongs', ({ expect }) => {
    for (const field of FIELDS) {
      const having = [...plain].filter(([, { texts }]) =>
        texts.some((text) => text.includes(markOf(field))),
      )
      const kinds = having.map(([name]) => / as (\S+)/.exec(name)?.[1])
      const inFeeds = ON_PAGES_ALONE.includes(field) ? [] : ['rss', 'atom', 'json']
      const wanted = ['html', ...inFeeds, ...(BESIDE_FEEDS[field] ?? [])]
      expect([...new Set(kinds)].sort(), field).toEqual(wanted.sort())
    }
  })

  it('is read back as it was written, and as no element, from every document', async ({
    expect,
  }) => {
    const line = anyLine.map((text) => cleanLine(cleanLine(text).slice(0, 30).toWellFormed()))
    const lines = fc.array(line, { minLength: FIELDS.length, maxLength: FIELDS.length })
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const texts = textsOf((index) => all[index] ?? '')
        const readings = await readAll(texts)
        expect([...readings.keys()].sort()).toEqual([...plain.keys()].sort())
        for (const [name, reading] of readings) {
          const before = plain.get(name) as Reading
          expect(reading.form, name).toBe(before.form)
          expect(fieldsIn(reading, texts), name).toEqual(fieldsIn(before, PLAIN))
        }
      }),
      { numRuns: 8, seed: 5 },
    )
  })
})
