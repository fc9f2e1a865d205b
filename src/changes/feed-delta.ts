/**
 * The plan of a delta, before objects are read: what is new in a feed's document since an older
 * one.
 */

import type { Digest } from '../article/platform.ts'
import type { EntryFacts, FeedFacts } from '../edition/facts.ts'

export type FeedDelta = {
  /** Entries that may be news, in the order of the document, each with what stood for it. */
  readonly entries: readonly (Pick<EntryFacts, 'object' | 'parts'> & {
    readonly before: Digest | undefined
  })[]
  /** Indexes of the tombstones that the older document had not. */
  readonly tombstones: readonly number[]
}

/** Plans a delta; undefined where it would not be exact, or would be everything. */
export function planDelta(base: FeedFacts, current: FeedFacts): FeedDelta | undefined {
  const before = new Map(base.entries.map((entry) => [entryKeyOf(entry), entry.object]))
  const entries = current.entries.filter((entry) => before.get(entryKeyOf(entry)) !== entry.object)
  if (!current.entries.some((entry) => before.has(entryKeyOf(entry)))) return undefined
  if (isShortened(base, current, new Set(entries.map(({ id }) => id)))) return undefined
  const known = new Set(base.tombstones.map(({ id, at }) => `${id} ${at}`))
  return {
    entries: entries.map((entry) => {
      const { object, parts } = entry
      return { object, parts, before: before.get(entryKeyOf(entry)) }
    }),
    tombstones: [...current.tombstones.keys()].filter((index) => {
      const tombstone = current.tombstones[index]
      return tombstone && !known.has(`${tombstone.id} ${tombstone.at}`)
    }),
  }
}

/**
 * Returns the key by which one entry is known in two documents: an article, what stands in its
 * place, or an announcement.
 */
function entryKeyOf({ id, parts = '' }: EntryFacts): string {
  return parts + id
}

/**
 * Tells whether the byte budget has a part in what an entry was, or is: its object does not say.
 */
function isShortened(base: FeedFacts, current: FeedFacts, news: ReadonlySet<string>): boolean {
  const [then, now] = [new Set(base.shortened), new Set(current.shortened)]
  return current.entries.some(({ id }) =>
    news.has(id) ? then.has(id) || now.has(id) : then.has(id) !== now.has(id),
  )
}
