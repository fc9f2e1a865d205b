/**
 * The formats as data: what each is called and served as, and how its documents are put together.
 * They stand apart from the writers, because the Worker serves documents and joins deltas, and
 * writes neither.
 */

export const FEED_TYPES = {
  rss: {
    name: 'rss',
    file: 'rss.xml',
    mediaType: 'application/rss+xml; charset=utf-8',
    title: 'RSS 2.0',
    separator: '\n',
    tombstoneSeparator: '',
  },
  atom: {
    name: 'atom',
    file: 'atom.xml',
    mediaType: 'application/atom+xml; charset=utf-8',
    title: 'Atom 1.0',
    separator: '\n',
    tombstoneSeparator: '',
  },
  json: {
    name: 'json',
    file: 'feed.json',
    mediaType: 'application/feed+json; charset=utf-8',
    title: 'JSON Feed 1.1',
    separator: ',\n',
    tombstoneSeparator: ',',
  },
} as const

export type FormatName = keyof typeof FEED_TYPES

export const JSON_FEED_VERSION = 'https://jsonfeed.org/version/1.1'
