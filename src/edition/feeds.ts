/** Feeds: which there are, which entries each has, and the objects that hold their documents. */

import type { Listing } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { Site } from '../article/site.ts'
import type { Channel, Tombstone } from '../feed/format.ts'
import { FORMATS, joinDocument } from '../feed/formats.ts'
import { refuse } from '../feed/gate.ts'
import type { FeedFacts } from './facts.ts'
import { type PartSource, StoredObject, type WrittenObject, writeObject } from './object.ts'
import type { Press, Rendered } from './press.ts'

export type FeedPlan = {
  /** The folder of its documents: `/`, `/tags/osce/`. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly length: number
  readonly includes: (article: Listing) => boolean
}

/** How many corrected articles return to a feed, and how long a tombstone stays in it. */
const CORRECTED = 10
const TOMBSTONE_SECONDS = 90 * 86_400

/** The feeds of a site. */
export function feedsOf(site: Site): FeedPlan[] {
  const { title, description, feed_length: length } = site
  return [{ name: '/', title, description, length, includes: () => true }]
}

/** The newest by publish date, and the last corrected; newest first. No clock decides it. */
export function selectEntries(plan: FeedPlan, rendered: readonly Rendered[]): Rendered[] {
  const all = rendered.filter(({ article }) => plan.includes(article))
  const newest = all.toSorted(newestFirst).slice(0, plan.length)
  const corrected = all
    .filter(({ article }) => article.updated > article.published)
    .toSorted((a, b) => b.article.updated - a.article.updated || newestFirst(a, b))
    .slice(0, CORRECTED)
  return [...new Set([...newest, ...corrected])].toSorted(newestFirst)
}

export function newestFirst(a: Rendered, b: Rendered): number {
  return b.article.published - a.article.published || (a.article.id < b.article.id ? -1 : 1)
}

/** The object of a feed: its documents in all formats, and their envelopes. */
export function writeFeed(
  plan: FeedPlan,
  entries: readonly Rendered[],
  tombstones: readonly Tombstone[],
  press: Press,
): Digest {
  const { includes: _, ...described } = plan
  const inputs = ['feed', described, entries.map(({ object }) => object), tombstones]
  return press.object(inputs, () => makeFeed(plan, entries, tombstones, press))
}

function makeFeed(
  plan: FeedPlan,
  entries: readonly Rendered[],
  tombstones: readonly Tombstone[],
  { corpus, cache, platform, malformed }: Press,
): WrittenObject {
  const channel = channelOf(plan, corpus.site, entries, tombstones)
  const objects = entries.map(({ object }) => {
    const bytes = cache.object(object)
    if (!bytes) throw new Error(`The compile cache lost ${object}.`)
    return new StoredObject(bytes)
  })
  const parts = FORMATS.flatMap((format): PartSource[] => {
    const { name } = format
    const envelope = format.envelope(channel)
    const document = joinDocument(
      format,
      envelope,
      objects.map((object) => object.text(name) ?? ''),
    )
    const detail = refuse(name, document)
    if (detail) malformed.push({ document: plan.name + format.file, detail })
    return [
      { name, content: document, gzip: true },
      { name: `${name}-head`, content: envelope.head },
      { name: `${name}-tail`, content: envelope.tail },
    ]
  })
  const facts: FeedFacts = {
    name: plan.name,
    title: plan.title,
    entries: entries.map(({ article, object }) => ({
      id: article.id,
      object,
      published: article.published,
      updated: article.updated,
    })),
  }
  return writeObject('feed', facts, parts, platform)
}

/** The tombstones that an edition shows, newest first. */
export function standingTombstones(tombstones: readonly Tombstone[], at: Instant): Tombstone[] {
  return tombstones
    .filter((tombstone) => tombstone.at + TOMBSTONE_SECONDS > at)
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
}

function channelOf(
  { name, title, description }: FeedPlan,
  site: Site,
  entries: readonly Rendered[],
  tombstones: readonly Tombstone[],
): Channel {
  const { base, language, ttl, icon, logo, copyright, license } = site
  const folder = base + name
  const changes = [
    ...entries.map(({ article }) => article.updated),
    ...tombstones.map(({ at }) => at),
  ]
  return {
    title,
    description,
    language,
    page: site.pages ? folder : site.home,
    folder,
    // A feed that never had an entry is as old as the site's tag says: no document tells the time.
    updated: changes.length > 0 ? changes.reduce((a, b) => Math.max(a, b)) : beginningOf(site.tag),
    ttl,
    icon,
    logo,
    copyright,
    license,
    tombstones,
  }
}

function beginningOf(tag: string): Instant {
  const [year = 1970, month = 1, day = 1] = (tag.split(',')[1] ?? '').split('-').map(Number)
  return Date.UTC(year, month - 1, day) / 1000
}
