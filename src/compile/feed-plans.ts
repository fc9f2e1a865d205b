/** Which feeds there are, and what belongs to each. */

import { type FeedAlias, wordsAmong } from '../article/feed-aliases.ts'
import type { FeedKind } from '../article/feed-kinds.ts'
import { declaredPlaces, FEED_KINDS, KINDS, placesOfKind } from '../article/kinds.ts'
import type { Site } from '../article/site.ts'
import type { RegisteredFeed } from '../edition/facts.ts'
import type { Member } from './member.ts'
import { type Found, placesOfMember } from './membership.ts'

export type FeedPlan = RegisteredFeed & {
  /** The title where the site is named already. */
  readonly heading: string
  /** The aliases as `site.yaml` has them: old addresses are among them. */
  readonly oldAddresses: readonly FeedAlias[]
  readonly description: string
  readonly language: string
  readonly length: number
  readonly archives: boolean
  /** Whether its entries offer the images of articles for loading. */
  readonly enclosesImages: boolean
}

export type PlannedFeed = { readonly plan: FeedPlan; readonly members: readonly Member[] }

/**
 * Plans the feeds of a site, the feed of everything first; `members` and each feed's are newest
 * first.
 */
export function planFeeds(
  site: Site,
  members: readonly Member[],
  before: readonly RegisteredFeed[],
): PlannedFeed[] {
  const found = new Map<string, { plan: FeedPlan; members: Member[] }>()
  const open = (place: Found): { plan: FeedPlan; members: Member[] } => {
    const feed = found.get(place.name) ?? { plan: planOf(place, site), members: [] }
    found.set(place.name, feed)
    return feed
  }
  for (const place of FEED_KINDS.flatMap((kind) => declaredPlaces(kind, site) ?? [])) open(place)
  const known = new Map(before.map((registered) => [registered.name, registered]))
  const alone = new Set(FEED_KINDS.filter((kind) => isAlone(kind, site, members)))
  for (const member of members) {
    for (const place of placesOfMember(member, site, known))
      if (!alone.has(place.kind)) open(place).members.push(member)
  }
  // A feed that lost its last article stays: its subscribers did nothing wrong.
  for (const registered of before) if (!KINDS[registered.kind].declared) open(registered)
  const [first, ...others] = [...found.values()]
  return [
    ...(first ? [first] : []),
    ...others.toSorted((a, b) => (a.plan.name < b.plan.name ? -1 : 1)),
  ]
}

/** Tells whether the feeds of a kind are left out: one of them would be the feed of everything. */
function isAlone(kind: FeedKind, site: Site, members: readonly Member[]): boolean {
  if (!KINDS[kind].needsOthers || site.one_language) return false
  const names = members.flatMap(({ article }) => placesOfKind(kind, article, site))
  return new Set(names.map(({ name }) => name)).size < 2
}

function planOf({ name, kind, label }: Found, site: Site): FeedPlan {
  const { describe, hasOwnTitles } = KINDS[kind]
  const said = describe(label, site)
  const heading = said.title ?? label
  const title = hasOwnTitles ? heading : `${site.title}: ${heading}`
  return {
    name,
    kind,
    label,
    title,
    heading,
    aliases: wordsAmong(said.aliases ?? []),
    oldAddresses: said.aliases ?? [],
    description: said.description ?? title,
    language: said.language ?? site.language,
    length: said.length ?? site.feed_length,
    archives: said.archives ?? false,
    enclosesImages: said.image_enclosures ?? false,
  }
}
