/** The facts in the headers of an edition's objects, by type. */

import { pageAt } from '../article/address.ts'
import type { FeedKind } from '../article/feed-kinds.ts'
import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { FormatName } from '../feed/feed-types.ts'
import type { LeafReference } from './directory.ts'

/** The facts that the Worker has to know of the site. */
export type SiteFacts = {
  readonly tag: string
  readonly title: string
  readonly base: string
  readonly language: string
  /** Seconds for which a document may be kept unasked. */
  readonly ttl: number
  readonly pages: boolean
  /** Origins of what all pages show from elsewhere: icon and logo. */
  readonly hosts?: readonly string[] | undefined
  /** The publisher's home page. */
  readonly home: string
  /** The parameters that old addresses have, a set for each combination: no others are looked up. */
  readonly parameters?: readonly (readonly string[])[] | undefined
}

export type EditionFacts = {
  readonly number: number
  readonly at: Instant
  /** No `Last-Modified` lies before it: moved by a rollback. */
  readonly floor: Instant
  readonly site: SiteFacts
  /** The editions before this one, newest first, at most 100. */
  readonly history: readonly {
    readonly number: number
    readonly at: Instant
    readonly digest: Digest
  }[]
  readonly counts: {
    readonly articles: number
    readonly retractions: number
    readonly documents: number
  }
  readonly articles: readonly LeafReference[]
  readonly documents: readonly LeafReference[]
}

export type ArticleFacts = {
  readonly id: string
  readonly guid: string
  /** The address at which it is read, if that is not its page here. */
  readonly url?: string | undefined
  readonly title: string
  readonly published: Instant
  readonly updated: Instant
  readonly authors: readonly string[]
  readonly section?: string | undefined
  readonly tags: readonly string[]
  readonly language: string
  readonly image?: string | undefined
  /** The origins of what it shows from elsewhere, if it shows something from there. */
  readonly hosts?: readonly string[] | undefined
  /** The folders of the feeds that it is in. */
  readonly feeds: readonly string[]
  readonly status: 'published'
}

export type RetractionFacts = {
  readonly id: string
  readonly guid: string
  readonly retracted_at: Instant
  readonly reason?: string | undefined
  readonly replaced_by?: string | undefined
  /** The address at which that is read, if it is not its page here. */
  readonly replacement?: string | undefined
  /** The folders of the feeds in which its tombstone stands. */
  readonly feeds: readonly string[]
}

/** Returns the address of the article that takes the place of a retracted one. */
export function replacementOf(
  { replaced_by: id, replacement }: RetractionFacts,
  base: string,
): string | undefined {
  return replacement ?? (id && pageAt(base, id))
}

/** An entry of a document: the object of an article, or of a retraction, and its dates. */
export type EntryFacts = {
  readonly id: string
  readonly object: Digest
  readonly published: Instant
  readonly updated: Instant
  /** The beginning of the names of its parts, where an object has another entry. */
  readonly parts?: string | undefined
}

/** The parts of the notice that announces a retraction. */
export const ANNOUNCEMENT = 'announcement-'
/** The parts of an article's entry that offers its image for loading. */
export const WITH_IMAGE = 'with-image-'

export type FeedFacts = {
  /** The folder of its documents. */
  readonly name: string
  readonly title: string
  /** Newest first. */
  readonly entries: readonly EntryFacts[]
  /** The folder of the newest closed archive. */
  readonly previous?: string | undefined
  /** Ids of entries that went out with their summary only: over the byte budget. */
  readonly shortened: readonly string[]
  /** In the order in which they stand, with the bytes of each in each format. */
  readonly tombstones: readonly TombstoneFacts[]
}

export type TombstoneFacts = {
  readonly id: string
  readonly at: Instant
  readonly lengths: Readonly<Record<FormatName, number>>
}

export type ArchiveFacts = {
  /** The folder of its feed. */
  readonly feed: string
  readonly period: string
  readonly entries: readonly EntryFacts[]
  readonly previous?: string | undefined
  readonly shortened: readonly string[]
}

/** The closed archives of a feed, oldest first. */
export type ArchivesFacts = { readonly periods: readonly string[] }

/** A feed, as it is known by name. */
export type RegisteredFeed = {
  /** The folder of its documents: `/`, `/tags/osce/`. */
  readonly name: string
  readonly kind: FeedKind
  /** The word that articles use. */
  readonly label: string
  readonly title: string
  /** Other words that lead here. */
  readonly aliases: readonly string[]
}

/** All feeds of an edition; `words`: what leads to their folders, by kind, as it is looked up. */
export type RegisterFacts = {
  readonly feeds: readonly RegisteredFeed[]
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The documents to which old addresses of feeds lead, if there are some. */
  readonly addresses?: Readonly<Record<string, string>> | undefined
}

/** Pages, each a part under its address; or a file for crawlers, whose part is `text`. */
export type PageFacts = {
  readonly media_type?: string | undefined
  /** By the address of a page: origins of what it shows from elsewhere, if it shows something. */
  readonly hosts?: Readonly<Record<string, readonly string[]>> | undefined
}

/** How long an article is news, in seconds (Google's news sitemap). */
export const NEWS_SECONDS: number = 2 * 86_400

/**
 * The list of sitemaps (`text`), and the news: publish dates and lengths of entries, newest first.
 */
export type SitemapFacts = PageFacts & { readonly news: readonly (readonly [Instant, number])[] }

export type MediaFacts = { readonly name: string; readonly media_type: string }
