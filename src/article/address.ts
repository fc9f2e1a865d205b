/**
 * The address at which people read an article: of the page that is made here, or on the publisher's
 * own site.
 */

import type { FrontMatter } from './front-matter.ts'
import { dayOfMoment } from './moment.ts'
import type { Site } from './site.ts'

/** An article, and the address that everybody is sent to who wants to read it. */
export type ArticleAddress = { readonly id: string; readonly url: string }

/** Returns the address of an article's page here; its other forms are beside it. */
export function pageAt(base: string, id: string): string {
  return `${base}/articles/${id}`
}

/** Returns the page of an article on the publisher's own site, if it is read there. */
export function ownAddressOf(
  id: string,
  { url, published }: FrontMatter,
  site: Site,
): string | undefined {
  if (url !== undefined) return url
  if (site.pages) return undefined
  const [year = '', month = '', day = ''] = dayOfMoment(published).split('-')
  const values: Readonly<Record<string, string>> = { id, year, month, day }
  return site.url?.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder)
}

/** Adds the query and the fragment of a reference to an address. */
export function withSuffix(address: string, suffix: string): string {
  // Where a fragment names the page itself, there is no room for a part of it.
  if (address.includes('#')) return address
  return address + (address.includes('?') ? suffix.replace(/^\?/, '&') : suffix)
}
