/**
 * The journal of a publish that is not finished: which objects are in the store although no edition
 * names them yet. Without it a publish that was interrupted would write them again.
 *
 * A note is not believed by itself: a power cut, or a namespace that was emptied, may have taken
 * what it tells of. The store is asked for its list, never for a key: it would remember a miss.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { objectKey, type TidyStore } from '../edition/store.ts'

export type JournalNote = { readonly digest: Digest; readonly written: Instant }

export type Journal = {
  /** Reads what was written and is not yet published; that changes nothing. */
  readonly read: () => readonly JournalNote[]
  /** Notes objects, as soon as they are in the store. */
  readonly add: (digests: readonly Digest[], now: Instant) => void
  /** Forgets them, once `head` names them. */
  readonly close: () => void
}

/** How long a note is believed: less than `prune` spares what is young. */
const BELIEVED_SECONDS = 7 * 86_400

/** Reads what a journal notes and the store has; `mine` is known to be there. */
export async function readJournal(
  journal: Journal,
  now: Instant,
  store: Pick<TidyStore, 'list'>,
  mine: ReadonlySet<Digest>,
): Promise<Digest[]> {
  const noted = journal
    .read()
    .filter(({ digest, written }) => written > now - BELIEVED_SECONDS && !mine.has(digest))
  if (noted.length === 0) return []
  const there = new Set((await store.list()).map(({ key }) => key))
  return noted.map(({ digest }) => digest).filter((digest) => there.has(objectKey(digest)))
}
