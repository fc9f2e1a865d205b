/**
 * The journal of a publish that is not finished: which objects are in the store although no edition
 * names them yet. Without it a publish that was interrupted would write them again, and asking the
 * store would make it remember that they are missing.
 */

import type { Digest } from '../article/platform.ts'
import { StoredObject } from './object.ts'
import { objectKey, type Store } from './store.ts'

export type Journal = {
  /** What was written since `head` was what it is: its digest, or a text for none. */
  readonly open: (head: Digest) => readonly Digest[]
  /** Called as soon as objects are in the store. */
  readonly add: (digests: readonly Digest[]) => void
  readonly close: () => void
}

/** What is believed of a journal: nothing, if the store does not have what it says. */
export async function readJournal(
  journal: Journal,
  head: Digest,
  store: Store,
  isText: (digest: Digest) => boolean,
): Promise<Set<Digest>> {
  const written = journal.open(head)
  // Another account, or a namespace that was made anew, looks the same until it is asked for one.
  const probe = written.find(isText)
  const [found] = probe === undefined ? [] : await store.get([objectKey(probe)])
  return new Set(found ? written : [])
}

/** Whether an object holds text only: a bulk read gives nothing else unharmed. */
export function holdsText(bytes: Uint8Array): boolean {
  const { type, parts } = new StoredObject(bytes).header
  return type !== 'media' && parts.every(({ size }) => size === undefined)
}
