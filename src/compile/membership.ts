/** Membership: which feeds an article belongs to. */

import type { Listing } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import type { Registered } from '../edition/facts.ts'
import type { Member } from './member.ts'

/** A feed as members find it: its folder, its kind, and the word that articles use. */
export type FeedPlace = Pick<Registered, 'name' | 'kind' | 'label'>

/** The labels of an article, which decide in which feeds it is. */
type Labelled = Pick<Listing, 'section' | 'tags' | 'authors' | 'language'>

/**
 * Finds the folders of the feeds that an article belongs to: by what it says of itself, and by
 * filters. It depends on no other article, so the feed of its language is among them if it exists
 * or not.
 */
export function feedsOf(article: Labelled, site: Site): string[] {
  return placesOf(article, site).map(({ name }) => name)
}

/** Finds the feeds of a member: a retraction is told where its article was seen, too. */
export function placesIn(
  { article, seenIn }: Member,
  site: Site,
  known: ReadonlyMap<string, FeedPlace>,
): FeedPlace[] {
  const own = placesOf(article, site)
  const names = new Set(own.map(({ name }) => name))
  const former = seenIn
    .flatMap((name) => (names.has(name) ? [] : (known.get(name) ?? [])))
    // What is declared no more is no feed.
    .filter(({ kind, label }) => kind !== 'feeds' || Object.hasOwn(site.feeds, label))
  return [...own, ...former]
}

function placesOf(article: Labelled, site: Site): FeedPlace[] {
  const declared = Object.entries(site.feeds).filter(([, { filter }]) => matches(article, filter))
  const { language } = article
  return [
    { kind: 'everything', name: '/', label: site.title },
    ...declared.map(([label]): FeedPlace => ({ kind: 'feeds', name: `/feeds/${label}/`, label })),
    ...foldersOf(article).map(({ kind, name, label }): FeedPlace => {
      const [, , step = ''] = name.split('/')
      // An author of `site.yaml` is known by key: the name may be corrected.
      const isKey = kind === 'authors' && Object.hasOwn(site.authors, step)
      return { kind, name, label: isKey ? step : label }
    }),
    { kind: 'languages', name: `/languages/${language.toLowerCase()}/`, label: language },
  ]
}

type Filter = Site['feeds'][string]['filter']

/**
 * Tells whether an article matches a filter: every key has to hold; of a list, one of its words.
 */
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
