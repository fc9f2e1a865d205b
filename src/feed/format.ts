/** A format of feeds: how it writes one entry, what it puts around entries, and how it is judged. */

import type { GenericSchema } from 'valibot'
import type { Article } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import type { FeedType } from './feed-types.ts'
import type { Judge } from './judge.ts'

/** The mark that a retraction leaves for a while (RFC 6721). */
export type Tombstone = {
  readonly guid: string
  readonly id: string
  readonly at: Instant
  readonly reason: string | undefined
  /** The article that stood there, without its words: a reader finds its item by these. */
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
  /** When the newest of its entries was published; undefined where it has none. */
  readonly published: Instant | undefined
  /** Seconds. */
  readonly ttl: number
  readonly icon: string | undefined
  readonly logo: string | undefined
  readonly copyright: string | undefined
  readonly license: string | undefined
  readonly tombstones: readonly Tombstone[]
  /** The tag of the site, of which permanent ids are made. */
  readonly tag: string
  /** The permanent id of the feed: not its address, which moves with the site. */
  readonly id: string
  readonly history: History
}

/** The place of a document among those of its feed (RFC 5005). */
export type History = {
  /** The folder of the subscription document; undefined where this is it. */
  readonly current: string | undefined
  /** The folder of the next older archive. */
  readonly previous: string | undefined
  /** Nothing was ever in the feed that is not in this document. */
  readonly complete: boolean
}

/** The document around a single entry. */
export type EntryEnvelope = { readonly head: string; readonly tail: string }

/** A feed document around its entries, in pieces: a delta says some of them only. */
export type Envelope = EntryEnvelope & {
  /** Said by a whole document only: that nothing is missing from it. */
  readonly complete: string
  readonly tombstones: readonly string[]
  /** The text between the tombstones and the entries. */
  readonly opening: string
}

export type Format = FeedType & {
  readonly title: string
  /** The purpose of it, for somebody who has never heard of it. */
  readonly purpose: string
  /** The schema of its documents, and what it is called among others; XML has none. */
  readonly schema: { readonly name: string; readonly schema: GenericSchema } | undefined
  /** Writes one entry. */
  readonly fragment: (article: Article, site: Site) => string
  readonly envelope: (channel: Channel) => Envelope
  /** Makes the smallest document around an entry, in which it is served alone, or only judged. */
  readonly around: (site: Site) => EntryEnvelope
  /** Tells why a document may not be published; undefined if it may. */
  readonly refuse: (document: string, judge: Judge) => string | undefined
}

/** A format that has documents of one article. */
export type SingleFormat = Format & {
  readonly single: {
    readonly mediaType: string
    readonly opening: string
    /** On a page: `Atom`. */
    readonly title: string
    /** In a sentence: `an Atom entry document`. */
    readonly words: string
  }
}
