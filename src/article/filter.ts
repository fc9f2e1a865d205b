/** Filters: which articles are in a feed that `site.yaml` declares. */

import type { Listing } from './article.ts'
import type { Site } from './site.ts'

/** The labels of an article, which decide in which feeds it is. */
export type Labelled = Pick<Listing, 'section' | 'tags' | 'authors' | 'language'>

type Filter = Site['feeds'][string]['filter']

/**
 * Tells whether an article matches a filter: every key has to hold; of a list, one of its words.
 */
export function matches(article: Labelled, { not, ...filter }: Filter): boolean {
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
