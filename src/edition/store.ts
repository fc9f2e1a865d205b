/**
 * The store: where editions are kept, and the keys under which. Both sides have an adapter to KV;
 * nothing else knows what is behind it.
 */

import type { Instant } from '../article/instant.ts'
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
export type Store = {
  /** Values in the order of the keys; undefined for what is not there. */
  readonly get: (keys: readonly string[]) => Promise<(Uint8Array | undefined)[]>
  /** Writes all pairs, or throws; `stored` is told of keys as soon as they are there. */
  readonly put: (
    pairs: readonly Pair[],
    stored?: (keys: readonly string[]) => void,
  ) => Promise<void>
}

/** A key as the store lists it. */
export type ListedKey = {
  readonly key: string
  /** When it was written; undefined if nobody noted it. */
  readonly written: Instant | undefined
}

/** A store that can also be tidied. */
export type TidyStore = Store & {
  readonly list: () => Promise<readonly ListedKey[]>
  readonly remove: (keys: readonly string[]) => Promise<void>
}
