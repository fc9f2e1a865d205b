/** The register of formats: a new one is a file of its own and a line here. */

import { atom } from './atom.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { rss } from './rss.ts'

export const FORMATS: readonly Format[] = [rss, atom, json]

/** A feed document: an envelope with its fragments, newest first. */
export function joinDocument(
  format: Format,
  envelope: { readonly head: string; readonly tail: string },
  fragments: readonly string[],
): string {
  return envelope.head + fragments.join(format.separator) + envelope.tail
}
