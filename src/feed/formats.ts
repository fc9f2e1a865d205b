/** The register of formats: a new one is a file of its own and a line here. */

import { atom } from './atom.ts'
import type { Envelope, Format } from './format.ts'
import { json } from './json.ts'
import { rss } from './rss.ts'

export const FORMATS: readonly Format[] = [rss, atom, json]

/** A feed document: an envelope with its fragments, newest first. */
export function joinDocument(
  { separator, tombstones: { stand, separator: between } }: Format,
  { head, complete, tombstones, opening, tail }: Envelope,
  fragments: readonly string[],
): string {
  const entries = fragments.join(separator)
  const gone = tombstones.join(between)
  const content = stand === 'first' ? gone + opening + entries : opening + entries + gone
  return head + complete + content + tail
}
