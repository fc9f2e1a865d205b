/**
 * The register of formats: a new one is a file of its own, a line in `feed-types.ts` and a line here.
 * Everything that is said of formats is made of it.
 */

import type { Site } from '../article/site.ts'
import { atom } from './atom.ts'
import type { FormatName, SingleName } from './feed-types.ts'
import type { Envelope, Format, SingleFormat } from './format.ts'
import { json } from './json.ts'
import { rss } from './rss.ts'

/** The writer of each type. */
const WRITERS: { readonly [N in FormatName]: Format & { readonly name: N } } = { rss, atom, json }

export const FORMATS: readonly Format[] = Object.values(WRITERS)

/** The writers of documents of one article. */
const SINGLE_ENTRIES: { readonly [N in SingleName]: SingleFormat } = { json, atom }

export const SINGLE_FORMATS: readonly SingleFormat[] = Object.values(SINGLE_ENTRIES)

/** Joins a feed document: an envelope with its fragments, newest first. */
export function joinDocument(
  { separator, tombstoneSeparator }: Format,
  { head, complete, tombstones, opening, tail }: Envelope,
  fragments: readonly string[],
): string {
  const gone = tombstones.join(tombstoneSeparator)
  return head + complete + gone + opening + fragments.join(separator) + tail
}

/** Returns the smallest document with a fragment in it. */
export function joinEntry(format: Format | SingleFormat, fragment: string, site: Site): string {
  const { head, tail } = format.around(site)
  const opening = 'single' in format ? format.single.opening : ''
  return head + fragment.slice(opening.length) + tail
}
