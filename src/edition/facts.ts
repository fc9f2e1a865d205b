/** What the objects of an edition say of themselves: the facts in their headers, by type. */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { LeafReference } from './directory.ts'

/** What the Worker has to know of the site. */
export type SiteFacts = {
  readonly tag: string
  readonly title: string
  readonly base: string
  readonly language: string
  /** Seconds for which a document may be kept unasked. */
  readonly ttl: number
  readonly pages: boolean
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
  readonly title: string
  readonly published: Instant
  readonly updated: Instant
  readonly authors: readonly string[]
  readonly section?: string | undefined
  readonly tags: readonly string[]
  readonly language: string
  readonly image?: string | undefined
  readonly status: 'published'
}

export type RetractionFacts = {
  readonly id: string
  readonly guid: string
  readonly retracted_at: Instant
  readonly reason?: string | undefined
  readonly replaced_by?: string | undefined
}

export type FeedFacts = {
  /** The folder of its documents. */
  readonly name: string
  readonly title: string
  readonly entries: readonly {
    readonly id: string
    readonly object: Digest
    readonly published: Instant
    readonly updated: Instant
  }[]
}

export type MediaFacts = { readonly name: string; readonly media_type: string }
