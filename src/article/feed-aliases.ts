/** The form of a feed's aliases: other words for it, and old addresses of its documents. */

import { check, type InferOutput, optional, pipe, string, union } from 'valibot'
import { isOldAddress, LONGEST_ALIAS } from './alias.ts'
import { label, line, list } from './fields.ts'
import { keyed } from './schema.ts'

const ADDRESS = 'an old address of the feed: /index.xml, or /?feed=rss2'
const oldAddress = pipe(
  string(ADDRESS),
  check((text) => text.length <= LONGEST_ALIAS && isOldAddress(text), ADDRESS),
)

const word = pipe(
  label,
  check((text) => !text.startsWith('/'), ADDRESS),
)

const EXPECTED = `a word, ${ADDRESS}, or {path: /feed/, format: atom}`

/** The form of a list of aliases. */
export const feedAliases = list(
  union([oldAddress, word, keyed({ path: oldAddress, format: optional(line) })], EXPECTED),
  'a list of words and old addresses: [jottings, /index.xml]',
)

export type FeedAlias = InferOutput<typeof feedAliases>[number]

/** Lists the other words for a feed. */
export function wordsAmong(aliases: readonly FeedAlias[]): string[] {
  return aliases.filter((alias) => typeof alias === 'string' && !alias.startsWith('/')) as string[]
}
