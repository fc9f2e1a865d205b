/** Which feeds there are, and what belongs to each. */

import type { Listing } from '../article/article.ts'
import { describedIn, foldersOf } from '../article/folders.ts'
import type { Digest } from '../article/platform.ts'
import type { Site } from '../article/site.ts'
import type { Tombstone } from '../feed/format.ts'
import type { Registered } from './facts.ts'
import type { Rendered } from './press.ts'

/** The folders that feeds stand in; `everything` is the site's own feed, at its root. */
export type FeedKind = 'everything' | 'sections' | 'tags' | 'authors' | 'languages' | 'feeds'

export type FeedPlan = Registered & {
  /** Its title where the site is named already. */
  readonly heading: string
  readonly description: string
  readonly language: string
  readonly length: number
  readonly archives: boolean
}

/** An article in a feed, or the tombstone that keeps its place. */
export type Member = {
  readonly article: Listing
  readonly object: Digest
  readonly rendered: Rendered | undefined
  readonly tombstone: Tombstone | undefined
  /** The folders of feeds in which a retracted article was seen, whatever it says of itself now. */
  readonly seenIn: readonly string[]
}

export type PlannedFeed = { readonly plan: FeedPlan; readonly members: readonly Member[] }

/** The feeds of a site, the feed of everything first; `members` and each feed's are newest first. */
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

type Place = Pick<FeedPlan, 'name' | 'kind' | 'label'>

/** What an article says of itself that decides which feeds it is in. */
type Labelled = Pick<Listing, 'section' | 'tags' | 'authors' | 'language'>

/**
 * The folders of the feeds that an article belongs to: by what it says of itself, and by filters.
 * It depends on no other article, so the feed of its language is among them if it exists or not.
 */
export function feedsOf(article: Labelled, site: Site): string[] {
  return placesOf(article, site).map(({ name }) => name)
}

/** The feeds of a member: a retraction is told where its article was seen, too. */
function placesIn(
  { article, seenIn }: Member,
  site: Site,
  known: ReadonlyMap<string, Place>,
): Place[] {
  const own = placesOf(article, site)
  const names = new Set(own.map(({ name }) => name))
  const former = seenIn
    .flatMap((name) => (names.has(name) ? [] : (known.get(name) ?? [])))
    // What is declared no more is no feed.
    .filter(({ kind, label }) => kind !== 'feeds' || Object.hasOwn(site.feeds, label))
  return [...own, ...former]
}

function placesOf(article: Labelled, site: Site): Place[] {
  const declared = Object.entries(site.feeds).filter(([, { filter }]) => matches(article, filter))
  const { language } = article
  return [
    { kind: 'everything', name: '/', label: site.title },
    ...declared.map(([label]): Place => ({ kind: 'feeds', name: `/feeds/${label}/`, label })),
    ...foldersOf(article).map(({ kind, name, label }): Place => {
      const [, , step = ''] = name.split('/')
      // An author of `site.yaml` is known by key: the name may be corrected.
      const isKey = kind === 'authors' && Object.hasOwn(site.authors, step)
      return { kind, name, label: isKey ? step : label }
    }),
    { kind: 'languages', name: `/languages/${language.toLowerCase()}/`, label: language },
  ]
}

/** The plan of a feed that nobody declared. */
function planOf({ name, kind, label }: Place, site: Site): FeedPlan {
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

type Filter = Site['feeds'][string]['filter']

/** Every key of a filter has to hold; of a list, one of its words. */
function matches(article: Labelled, { not, ...filter }: Filter): boolean {
  return holds(article, filter) && !(not && holds(article, not))
}

function holds(
  { section, tags, authors, language }: Labelled,
  filter: Omit<Filter, 'not'>,
): boolean {
  return (
    (filter.section === undefined || filter.section === section) &&
    (filter.tags === undefined || filter.tags.some((tag) => tags.includes(tag))) &&
    (filter.language === undefined || filter.language === language) &&
    (filter.authors === undefined ||
      filter.authors.some((one) => authors.some(({ name, slug }) => one === name || one === slug)))
  )
}
