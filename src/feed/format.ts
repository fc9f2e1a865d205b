/** The model of a format: how it writes one entry, and what it puts around entries. */

import type { Article } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import type { FormatName } from './feed-types.ts'

/** The mark that a retraction leaves for a while (RFC 6721). */
export type Tombstone = {
  readonly guid: string
  readonly id: string
  readonly at: Instant
  readonly reason: string | undefined
  /** The facts of the article, without its words: a reader finds its item by these. */
  readonly title: string
  readonly url: string
  readonly published: Instant
  readonly language: string
  readonly section: string | undefined
  readonly tags: readonly string[]
  /** The article that takes its place: its id, and its address. */
  readonly replacedBy: string | undefined
  readonly replacement: string | undefined
  /** The permanent id of the notice that announces it. */
  readonly announcement: string | undefined
}

/** A feed's own metadata; all addresses are absolute. */
export type Channel = {
  readonly title: string
  readonly description: string
  readonly language: string
  /** The page that the feed is about. */
  readonly page: string
  /** The folder of the feed's documents, with a slash at its end. */
  readonly folder: string
  readonly updated: Instant
  /** Seconds for which a reader may keep the feed before it asks again. */
  readonly ttl: number
  readonly icon: string | undefined
  readonly logo: string | undefined
  readonly copyright: string | undefined
  readonly license: string | undefined
  readonly tombstones: readonly Tombstone[]
  /** The permanent id of the feed: not its address, which moves with the site. */
  readonly id: string
  readonly history: History
}

/** The place of a document among those of its feed (RFC 5005). */
export type History = {
  /** The folder of the subscription document; undefined in that document itself. */
  readonly current: string | undefined
  /** The folder of the next older archive. */
  readonly previous: string | undefined
  /** True if nothing was ever in the feed that is not in this document. */
  readonly complete: boolean
}

/** The beginning and the end of a document that holds entries. */
export type EntryEnvelope = { readonly head: string; readonly tail: string }

/** A feed document around its entries, in pieces: a delta says some of them only. */
export type Envelope = EntryEnvelope & {
  /** The statement that nothing is missing from the document; a delta leaves it out. */
  readonly complete: string
  readonly tombstones: readonly string[]
  /** The piece between the tombstones and the entries. */
  readonly opening: string
}

/** A format in which feeds are written. */
export type Format = {
  readonly name: FormatName
  /** The last step of the address of its documents. */
  readonly file: string
  /** The value of the `Content-Type` header. */
  readonly mediaType: string
  readonly title: string
  /** Writes one entry. */
  readonly fragment: (article: Article, site: Site) => string
  /** Writes a document of the feed without entries, in pieces. */
  readonly envelope: (channel: Channel) => Envelope
  /** The text between two fragments. */
  readonly separator: string
  /** The text between two tombstones, which come before the entries. */
  readonly tombstoneSeparator: string
}
