/** Instance manipulations (RFC 3229 §10.5.3): what a client can do with the old instance it has. */

import type { Field } from './field.ts'
import { parsePreferences } from './preferences.ts'

/** Programs that take a 226 for what it is, by the beginning of `User-Agent`. */
const TAKES_DELTAS = /^(?:newsboat|liferea)\//i

/** The word by which any other client says that it takes a 226: no library sends it unasked. */
const KNOWS_US = 'edgewire'

/**
 * Tells whether a client takes, for a feed, only what is new in it (`A-IM: feed`). Libraries send the
 * field for programs that never heard of it, so the program has to be known, or say so itself. A
 * cache on the way (`Via`, RFC 9110 §7.6.3) may have added the tag of what it has, and not the client.
 */
export function takesFeedDelta(field: Field): boolean {
  const names = parsePreferences(field('A-IM')).flatMap(({ name, weight }) =>
    weight > 0 ? [name] : [],
  )
  return (
    names.includes('feed') &&
    (names.includes(KNOWS_US) || TAKES_DELTAS.test(field('User-Agent') ?? '')) &&
    field('Via') === undefined
  )
}
