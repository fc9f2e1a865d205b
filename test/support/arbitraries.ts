/** Random articles: any Unicode in any field, as a publisher could save it. */

import fc from 'fast-check'
import { stringify } from 'yaml'
import { formatInstant } from '../../src/article/instant.ts'
import { folderNameOf } from '../../src/article/slug.ts'
import { cleanLine } from '../../src/markup/text.ts'
import { NOW } from './corpus.ts'

/** What writers of XML and JSON trip over. */
const traps = fc.constantFrom(
  ']]>',
  ']]>]]>',
  '&amp;',
  '&',
  '<b>',
  '"',
  "'",
  '&nbsp;',
  '&#0;',
  '\u0000',
  '\u0007',
  '\u000b',
  '\ufffe',
  '\uffff',
  '\ud83d',
  '\udc00',
  '\u0085',
  '\u2028',
  '<!--',
  '-->',
  '<![CDATA[',
  '</item>',
  '\\',
  '\u202e',
  '🗞️',
  'Łódź',
  'e\u0301',
)

export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(traps, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 })),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''))

/** A line that is still one after cleaning. */
export const anyLine: fc.Arbitrary<string> = anyText.map((text) => `x${text}`)

const instantBefore = fc.integer({ min: NOW - 40_000_000, max: NOW - 1 })
const address = fc.webUrl({ withQueryParameters: true, withFragments: true })

const anyFields = fc.record(
  {
    title: anyLine,
    published: instantBefore.map(formatInstant),
    summary: anyLine,
    authors: fc.array(anyLine, { minLength: 1, maxLength: 3 }),
    section: anyLine.map((text) => text.replaceAll(',', '').slice(0, 40)),
    tags: fc.array(
      anyLine.map((text) => text.replaceAll(',', '').slice(0, 40)),
      { maxLength: 4 },
    ),
    language: fc.constantFrom('en', 'ar', 'pl', 'zh-Hant', 'he'),
    correction: anyLine,
    external_url: address,
    via: address,
    copyright: anyLine,
    // What no feed can carry is refused.
    guid: anyLine.map(cleanLine),
    image: fc.record({ src: address, alt: anyLine, credit: anyLine }),
    attachments: fc.array(
      fc.record({
        src: address,
        type: fc.constantFrom('audio/mpeg', 'application/pdf'),
        title: anyLine,
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['title', 'published'] },
)

/** A correction is dated. */
export const anyFront = anyFields.map((front) =>
  front.correction === undefined ? front : { ...front, updated: formatInstant(NOW) },
)

/** Files of random articles, by name; guids stay unique, and so do the folders of labels. */
export const anyFiles: fc.Arbitrary<Record<string, string>> = fc
  .array(fc.tuple(anyFront, anyText), { minLength: 1, maxLength: 5 })
  .map((articles) => {
    const labels = new Map<string, string>()
    const own = (label: string): boolean => {
      const clean = cleanLine(label)
      const folder = folderNameOf(clean)
      if (!labels.has(folder)) labels.set(folder, clean)
      return labels.get(folder) === clean
    }
    return Object.fromEntries(
      articles.map(([front, body], index) => {
        const { guid, section, tags, authors, ...rest } = front
        const kept = {
          ...rest,
          ...(guid === undefined ? {} : { guid: `${guid}${index}` }),
          ...(section !== undefined && own(section) ? { section } : {}),
          ...(tags ? { tags: tags.filter(own) } : {}),
          ...(authors?.some(own) ? { authors: authors.filter(own) } : {}),
        }
        return [`a-${index}.md`, `---\n${stringify(kept)}---\nText.\n\n${body}\n`]
      }),
    )
  })
