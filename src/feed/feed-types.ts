/**
 * The registers of formats as both sides know them: their names and media types, and how their
 * documents are put together. Writers are apart (`formats.ts`), because the Worker serves documents,
 * joins deltas, and writes neither. A type without a writer does not compile.
 */

type Shape = {
  readonly name: string
  /** The last step of the address of its documents. */
  readonly file: string
  /** For the `Content-Type` header. */
  readonly mediaType: string
  /** The text between two fragments. */
  readonly separator: string
  /** The text between two tombstones: they come before the entries. */
  readonly tombstoneSeparator: string
}

export const FEED_TYPES = {
  rss: {
    name: 'rss',
    file: 'rss.xml',
    mediaType: 'application/rss+xml; charset=utf-8',
    separator: '\n',
    tombstoneSeparator: '',
  },
  atom: {
    name: 'atom',
    file: 'atom.xml',
    mediaType: 'application/atom+xml; charset=utf-8',
    separator: '\n',
    tombstoneSeparator: '',
  },
  json: {
    name: 'json',
    file: 'feed.json',
    mediaType: 'application/feed+json; charset=utf-8',
    separator: ',\n',
    tombstoneSeparator: ',',
  },
} as const satisfies Readonly<Record<string, Shape>>

export type FormatName = keyof typeof FEED_TYPES

/** A format, as its documents are served. */
export type FeedType = (typeof FEED_TYPES)[FormatName]

type SingleType = {
  readonly mediaType: string
  /** The beginning of a fragment, which the head of the document says in its place. */
  readonly opening: string
}

/** The formats that have documents of one article: its address, with the name of the format behind. */
export const SINGLE_TYPES = {
  json: { mediaType: FEED_TYPES.json.mediaType, opening: '' },
  atom: { mediaType: 'application/atom+xml; type=entry; charset=utf-8', opening: '<entry' },
} as const satisfies { readonly [N in FormatName]?: SingleType }

export type SingleName = keyof typeof SINGLE_TYPES

export const JSON_FEED_VERSION = 'https://jsonfeed.org/version/1.1'

/** Returns a media type without its parameters. */
export function bareType(mediaType: string): string {
  return mediaType.replace(/;.*$/, '')
}
