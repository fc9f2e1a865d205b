/** The register of formats: a new one is a file of its own and a line here. */

import { atom } from './atom.ts'
import type { Envelope, Format } from './format.ts'
import { json } from './json.ts'
import { rss } from './rss.ts'

export const FORMATS: readonly Format[] = [rss, atom, json]

/** Joins a feed document from an envelope and its fragments, newest first. */
export function joinDocument(
  { separator, tombstoneSeparator }: Format,
  { head, complete, tombstones, opening, tail }: Envelope,
  fragments: readonly string[],
): string {
  const gone = tombstones.join(tombstoneSeparator)
  return head + complete + gone + opening + fragments.join(separator) + tail
}
