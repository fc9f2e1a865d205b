/**
 * The store: where editions are kept, and the keys under which. Both sides have an adapter to KV;
 * nothing else knows what is behind it.
 */

import type { Digest } from '../article/platform.ts'

/** The one key whose value ever changes. */
export const HEAD_KEY = 'head'

export function objectKey(digest: Digest): string {
  return `o/${digest}`
}

export type Pair = readonly [key: string, value: Uint8Array]

/**
 * A store as the publisher sees it. KV caches a miss for as long as a hit, so no key is asked for
 * that no edition names; what `put` has taken is not visible everywhere at once.
 */
export interface Store {
  /** Values in the order of the keys; undefined for what is not there. */
  get(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>
  /** Writes all pairs, in order, or throws. */
  put(pairs: readonly Pair[]): Promise<void>
}
