/** The rules of Atom alone. */

import type { XmlElement } from '@rgrove/parse-xml'
import { all, failing, metadata, missing, own, RFC_3339, type Rule, texts, twice } from './rules.ts'

const ATOM = ['atom'] as const

export const ATOM_RULES: readonly Rule[] = [
  {
    name: 'MissingElement',
    section: 'RFC 4287 §4.1.1, §4.1.2',
    formats: ATOM,
    check: (document) => [
      ...['id', 'title', 'updated'].flatMap((name) =>
        missing(own(metadata(document), name).length === 1, name),
      ),
      ...['id', 'title', 'updated', 'published', 'author', 'content'].flatMap((name) =>
        document.entries.flatMap((entry) =>
          missing(own(entry, name).length > 0, `${name} of an entry`),
        ),
      ),
    ],
  },
  {
    name: 'UpdatedBeforeEntries',
    section: 'RFC 4287 §4.2.15',
    formats: ATOM,
    check: (document) => {
      const [feed = ''] = texts(own(metadata(document), 'updated'))
      return failing(
        texts(document.entries.flatMap((entry) => own(entry, 'updated'))),
        (date: string) => Date.parse(date) > Date.parse(feed),
      )
    },
  },
  {
    name: 'TextType',
    section: 'RFC 4287 §3.1.1',
    formats: ATOM,
    check: (document) => [
      ...failing(
        document.entries.flatMap((entry) =>
          ['title', 'summary', 'rights'].flatMap((name) => own(entry, name)),
        ),
        ({ attributes }: XmlElement) => attributes['type'] !== 'text',
      ),
      // Without a type, it is text.
      ...failing(
        ['title', 'subtitle', 'rights'].flatMap((name) => own(metadata(document), name)),
        ({ attributes }: XmlElement) => !['text', undefined].includes(attributes['type']),
      ),
    ],
  },
  {
    name: 'OneAlternate',
    section: 'RFC 4287 §4.2.7.2: a page, and nothing else that a client could take for it',
    formats: ATOM,
    check: (document) =>
      [metadata(document), ...document.entries].flatMap((element) => {
        const alternates = own(element, 'link').filter(
          ({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate',
        )
        return missing(
          alternates.map(({ attributes }) => attributes['type']).join() === 'text/html',
          `one alternate of ${element.name}`,
        )
      }),
  },
  {
    name: 'EntryLanguage',
    section: 'RFC 4287 §2: an entry is a document of its own, too',
    formats: ATOM,
    check: ({ entries }) =>
      failing(entries, ({ attributes }: XmlElement) => !attributes['xml:lang']),
  },
  {
    name: 'DuplicateAtomLink',
    section: 'RFC 4287 §4.1.1, §4.1.2',
    formats: ATOM,
    check: (document) =>
      [metadata(document), ...document.entries].flatMap((element) =>
        twice(
          own(element, 'link')
            .filter(({ attributes }) => attributes['rel'] === 'alternate')
            .map(({ attributes }) => `${attributes['type']}`),
        ),
      ),
  },
  {
    name: 'MissingCategoryTerm',
    section: 'RFC 4287 §4.2.2',
    formats: ATOM,
    check: ({ xml }) =>
      failing(
        all(xml, 'category'),
        ({ attributes }: XmlElement) =>
          !attributes['term'] || !attributes['scheme'] || !attributes['label'],
      ),
  },
  {
    name: 'DeletedEntry',
    section: 'RFC 6721 §3',
    formats: ATOM,
    check: ({ xml }) =>
      failing(
        all(xml, 'at:deleted-entry'),
        ({ attributes }: XmlElement) =>
          !attributes['ref'] || !RFC_3339.test(attributes['when'] ?? ''),
      ),
  },
  {
    name: 'DeletedEntryLives',
    section: 'RFC 6721 §3: an entry that was updated later is alive again',
    formats: ATOM,
    check: ({ xml, entries }) =>
      all(xml, 'at:deleted-entry').flatMap(({ attributes: { ref = '', when = '' } }) => {
        const standIn = entries.find((entry) => texts(own(entry, 'id')).includes(ref))
        const [updated = ''] = standIn ? texts(own(standIn, 'updated')) : []
        return missing(updated === when, `an entry ${ref} of ${when}`)
      }),
  },
]
