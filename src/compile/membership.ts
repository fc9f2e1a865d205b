/** Membership: which feeds an article belongs to. */

import type { Labelled } from '../article/filter.ts'
import {
  declaredPlaces,
  FEED_KINDS,
  type FeedPlace,
  KINDS,
  placesOfKind,
} from '../article/kinds.ts'
import type { Site } from '../article/site.ts'
import type { RegisteredFeed } from '../edition/facts.ts'
import type { Member } from './member.ts'

/** A feed of a member: its folder, its kind, and the word by which it is known. */
export type Found = Pick<RegisteredFeed, 'name' | 'kind' | 'label'>

/**
 * Finds the folders of the feeds that an article belongs to: by what it says of itself, and by
 * filters. It depends on no other article, so the feed of its language is among them if it exists
 * or not.
 */
export function feedFoldersOf(article: Labelled, site: Site): string[] {
  return placesOf(article, site).map(({ name }) => name)
}

/** Tells whether one of the feeds of an article offers its image for loading. */
export function isAskedForImage(article: Labelled, site: Site): boolean {
  return placesOf(article, site).some(
    ({ kind, label }) => KINDS[kind].describe(label, site).image_enclosures,
  )
}

/** Finds the feeds of a member: a retraction is told where its article was seen, too. */
export function placesOfMember(
  { article, seenIn }: Member,
  site: Site,
  known: ReadonlyMap<string, Found>,
): Found[] {
  const own = placesOf(article, site)
  const names = new Set(own.map(({ name }) => name))
  const former = seenIn
    .flatMap((name) => (names.has(name) ? [] : (known.get(name) ?? [])))
    // What is declared no more is no feed.
    .filter(
      ({ kind, name }) => declaredPlaces(kind, site)?.some((one) => one.name === name) ?? true,
    )
  return [...own, ...former]
}

/** Lists what the site declares first, then what the article says. */
function placesOf(article: Labelled, site: Site): FeedPlace[] {
  const declared = FEED_KINDS.filter((kind) => KINDS[kind].declared)
  const said = FEED_KINDS.filter((kind) => !KINDS[kind].declared)
  return [...declared, ...said].flatMap((kind) => placesOfKind(kind, article, site))
}
