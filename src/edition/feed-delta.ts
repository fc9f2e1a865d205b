/** What is new in a feed's document since an older one: the plan of a delta, before objects are read. */

import type { Digest } from '../article/platform.ts'
import type { FeedFacts } from './facts.ts'

export type FeedDelta = {
  /** Entries that may be news, in the order of the document, each with what stood for it. */
  readonly entries: readonly { readonly object: Digest; readonly before: Digest | undefined }[]
  /** Indexes of the tombstones that the older document had not. */
  readonly tombstones: readonly number[]
}

/** Undefined where a delta would not be exact, or would be everything. */
export function planDelta(base: FeedFacts, current: FeedFacts): FeedDelta | undefined {
  const before = new Map(base.entries.map(({ id, object }) => [id, object]))
  const entries = current.entries.filter(({ id, object }) => before.get(id) !== object)
  if (!current.entries.some(({ id }) => before.has(id))) return undefined
  if (isShortened(base, current, new Set(entries.map(({ id }) => id)))) return undefined
  const known = new Set(base.tombstones.map(({ id, at }) => `${id} ${at}`))
  return {
    entries: entries.map(({ id, object }) => ({ object, before: before.get(id) })),
    tombstones: [...current.tombstones.keys()].filter((index) => {
      const tombstone = current.tombstones[index]
      return tombstone && !known.has(`${tombstone.id} ${tombstone.at}`)
    }),
  }
}

/** Whether the byte budget has a part in what an entry was, or is: its object does not say. */
function isShortened(base: FeedFacts, current: FeedFacts, news: ReadonlySet<string>): boolean {
  const [then, now] = [new Set(base.shortened), new Set(current.shortened)]
  return current.entries.some(({ id }) =>
    news.has(id) ? then.has(id) || now.has(id) : then.has(id) !== now.has(id),
  )
}
