/** Which feeds there are, and what belongs to each. */

import { describedIn } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import type { FeedKind, Registered } from '../edition/facts.ts'
import type { Member } from './member.ts'
import { type FeedPlace, placesIn } from './membership.ts'

export type FeedPlan = Registered & {
  /** The title where the site is named already. */
  readonly heading: string
  readonly description: string
  readonly language: string
  readonly length: number
  readonly archives: boolean
}

export type PlannedFeed = { readonly plan: FeedPlan; readonly members: readonly Member[] }

/**
 * Plans the feeds of a site, the feed of everything first; `members` and each feed's are newest
 * first.
 */
export function planFeeds(
  site: Site,
  members: readonly Member[],
  before: readonly Registered[],
): PlannedFeed[] {
  const found = new Map<string, { plan: FeedPlan; members: Member[] }>()
  const open = (plan: FeedPlan): { plan: FeedPlan; members: Member[] } => {
    const feed = found.get(plan.name) ?? { plan, members: [] }
    found.set(plan.name, feed)
    return feed
  }
  open(everything(site))
  for (const name of Object.keys(site.feeds)) open(declaredPlan(site, name))
  const hasMany = new Set(members.map(({ article }) => article.language)).size > 1
  const known = new Map(before.map((registered) => [registered.name, registered]))
  for (const member of members) {
    // In a site of one language, the feed of that would be the feed of everything.
    const places = placesIn(member, site, known).filter(
      ({ kind }) => hasMany || kind !== 'languages',
    )
    for (const place of places)
      open(found.get(place.name)?.plan ?? planOf(place, site)).members.push(member)
  }
  // A feed that lost its last article stays: its subscribers did nothing wrong.
  for (const registered of before) {
    const isOpen = registered.kind !== 'feeds' && registered.kind !== 'everything'
    if (isOpen && !found.has(registered.name)) open(planOf(registered, site))
  }
  const [first, ...others] = [...found.values()]
  return [
    ...(first ? [first] : []),
    ...others.toSorted((a, b) => (a.plan.name < b.plan.name ? -1 : 1)),
  ]
}

function everything(site: Site): FeedPlan {
  const { title, description, language, feed_length: length, archives } = site
  const registered = { name: '/', kind: 'everything', label: title, title, aliases: [] } as const
  return { ...registered, heading: title, description, language, length, archives }
}

function declaredPlan(site: Site, name: string): FeedPlan {
  const { title, description, length, archives, aliases } = site.feeds[name] ?? missing(name)
  return {
    name: `/feeds/${name}/`,
    kind: 'feeds',
    label: name,
    title,
    heading: title,
    aliases: aliases ?? [],
    description: description ?? title,
    language: site.language,
    length: length ?? site.feed_length,
    archives,
  }
}

function missing(name: string): never {
  throw new Error(`No feed is declared as ${name}.`)
}

/** Makes the plan of a feed that nobody declared. */
function planOf({ name, kind, label }: FeedPlace, site: Site): FeedPlan {
  const said = describe(kind, label, site)
  const heading = said.title ?? label
  const title = `${site.title}: ${heading}`
  return {
    name,
    kind,
    label,
    title,
    heading,
    aliases: said.aliases ?? [],
    description: said.description ?? title,
    language: kind === 'languages' ? label : site.language,
    length: site.feed_length,
    archives: false,
  }
}

type Said = {
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly aliases?: readonly string[] | undefined
}

function describe(kind: FeedKind, label: string, site: Site): Said {
  if (kind === 'authors') {
    const name = Object.hasOwn(site.authors, label) ? site.authors[label]?.name : undefined
    return { title: name, aliases: name === undefined ? [] : [name] }
  }
  if (kind === 'languages')
    return { title: new Intl.DisplayNames([site.language, 'en'], { type: 'language' }).of(label) }
  return (kind === 'sections' || kind === 'tags' ? describedIn(site, kind, label) : undefined) ?? {}
}
