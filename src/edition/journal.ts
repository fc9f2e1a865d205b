/**
 * The journal of a publish that is not finished: which objects are in the store although no edition
 * names them yet. Without it a publish that was interrupted would write them again, and asking the
 * store would make it remember that they are missing.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { StoredObject } from './object.ts'
import { objectKey, type Store } from './store.ts'

export type Noted = { readonly digest: Digest; readonly written: Instant }

export type Journal = {
  /** What was written and not yet published; reading changes nothing. */
  readonly read: () => readonly Noted[]
  /** Called as soon as objects are in the store. */
  readonly add: (digests: readonly Digest[], now: Instant) => void
  /** Called when `head` names them. */
  readonly close: () => void
}

/** How long a note is believed: less than `prune` spares what is young. */
const BELIEVED_SECONDS = 7 * 86_400

/** What is believed of a journal: nothing, if the store does not have what it says. */
export async function readJournal(
  journal: Journal,
  now: Instant,
  store: Store,
  isText: (digest: Digest) => boolean,
): Promise<Set<Digest>> {
  const noted = journal.read().filter(({ written }) => written > now - BELIEVED_SECONDS)
  // Another account, or a namespace that was made anew, looks the same until it is asked for one.
  const probe = noted.find(({ digest }) => isText(digest))
  const [found] = probe === undefined ? [] : await store.get([objectKey(probe.digest)])
  return new Set(found ? noted.map(({ digest }) => digest) : [])
}

/** Whether an object holds text only: a bulk read gives nothing else unharmed. */
export function holdsText(bytes: Uint8Array): boolean {
  const { type, parts } = new StoredObject(bytes).header
  return type !== 'media' && parts.every(({ size }) => size === undefined)
}
