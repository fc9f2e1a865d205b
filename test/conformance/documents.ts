/** Every feed document of a corpus, as it is published. */

import { gunzipSync } from 'node:zlib'
import type { Listing } from '../../src/article/article.ts'
import type { Press } from '../../src/compile/press.ts'
import { loadEdition, loadObject } from '../../src/edition/edition.ts'
import {
  ANNOUNCEMENT,
  type ArchiveFacts,
  type EntryFacts,
  type FeedFacts,
} from '../../src/edition/facts.ts'
import { FEED_TYPES, type FormatName } from '../../src/feed/feed-types.ts'
import { publish } from '../../src/publish/publish.ts'
import { aStore } from '../support/memory-store.ts'
import { aPublisher } from '../support/publishing.ts'
import { must } from '../support/results.ts'

export type FeedDocument = {
  readonly format: FormatName
  /** Where it is served. */
  readonly url: string
  readonly isArchive: boolean
  readonly text: string
  /** The entries that it has, newest first: articles, and the notices of retractions. */
  readonly entries: readonly DocumentEntry[]
}

export type DocumentEntry = Pick<Listing, 'guid' | 'title' | 'url' | 'published' | 'updated'>

/** Publishes a press and reads every subscription and archive document back. */
export async function documentsOf(press: Press, now: number): Promise<FeedDocument[]> {
  const store = aStore()
  const result = must(await publish(aPublisher(store, now, press.cache), press, { allow: 'all' }))
  const edition = must(await loadEdition(store, result.plan.current.digest))
  const articles = new Map(press.corpus.articles.map((article) => [article.id, article]))
  const found: FeedDocument[] = []
  for (const [folder, { object: digest }] of edition.documents) {
    const object = await loadObject<FeedFacts | ArchiveFacts>(store, digest)
    const type = object?.header.type
    if (!object || (type !== 'feed' && type !== 'archive')) continue
    for (const { name, file } of Object.values(FEED_TYPES)) {
      found.push({
        format: name,
        url: press.corpus.site.base + folder + file,
        isArchive: type === 'archive',
        text: gunzipSync(object.part(name)?.bytes ?? new Uint8Array()).toString('utf8'),
        entries: object.facts.entries.flatMap((entry) => entryOf(entry, articles.get(entry.id))),
      })
    }
  }
  return found
}

function entryOf({ published, updated, parts }: EntryFacts, article?: Listing): DocumentEntry[] {
  if (!article) return []
  const { guid, title, url, retraction } = article
  if (!retraction) return [article]
  return parts === ANNOUNCEMENT
    ? [{ guid: `${guid}/retracted`, title: `Retraction: ${title}`, url, published, updated }]
    : [{ guid, title: `Retracted: ${title}`, url, published, updated }]
}
