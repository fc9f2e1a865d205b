/**
 * The compile cache: what was made before, so that what did not change is neither rendered nor read
 * again. It can be lost at any time, and then costs time only. Whoever keeps one checks what comes
 * out of it, as what comes out of a store is checked: a bit that flipped there is never published.
 */

import type { Digest, Memo, Platform } from '../article/platform.ts'
import { canonicalJson } from '../edition/canonical.ts'
import { digestOf, StoredObject, type WrittenObject } from '../edition/object.ts'
import { objectKey, type Store } from '../edition/store.ts'

export type CompileCache = Memo & {
  /** Returns an object that was compiled or read here before, whole. */
  readonly object: (digest: Digest) => Uint8Array | undefined
  /** Tells how many bytes it has; undefined if it is not here. */
  readonly sizeOf: (digest: Digest) => number | undefined
  readonly keep: (object: WrittenObject) => void
}

/** Computes the digest of everything that something is made from. */
export function inputDigest(platform: Platform, ...inputs: readonly unknown[]): Digest {
  return platform.digest(new TextEncoder().encode(canonicalJson(inputs)))
}

/** Wraps a store whose objects are believed only if they are what their digests say. */
export function checkedStore(store: Store, platform: Platform): Store {
  return {
    put: store.put,
    async get(keys) {
      const values = await store.get(keys)
      return values.map((bytes, index) => {
        const key = keys[index] ?? ''
        return bytes && (!isObject(key) || isWhole(bytes, digestIn(key), platform))
          ? bytes
          : undefined
      })
    },
  }
}

/**
 * Puts the cache before a store, which is asked for nothing that the cache has; what it gives is
 * checked, and kept.
 */
export function throughCache(store: Store, cache: CompileCache, platform: Platform): Store {
  return {
    put: store.put,
    async get(keys) {
      const values = keys.map((key) => (isObject(key) ? cache.object(digestIn(key)) : undefined))
      const missing = keys.filter((_, index) => !values[index])
      if (missing.length === 0) return values
      const found = await checkedStore(store, platform).get(missing)
      const read = new Map(missing.map((key, index) => [key, found[index]]))
      for (const [key, bytes] of read)
        if (bytes && isObject(key)) cache.keep({ digest: digestIn(key), bytes })
      return keys.map((key, index) => values[index] ?? read.get(key))
    },
  }
}

function isObject(key: string): boolean {
  return key.startsWith(objectKey(''))
}

function digestIn(key: string): Digest {
  return key.slice(objectKey('').length)
}

/** Tells whether bytes are what their digest says: a damaged object is as good as none. */
export function isWhole(bytes: Uint8Array, digest: Digest, platform: Platform): boolean {
  try {
    const object = new StoredObject(bytes)
    return (
      digestOf(object.header, platform) === digest &&
      object.header.parts.every((part) => {
        const stored = object.part(part.name)?.bytes
        if (stored?.length !== part.length) return false
        const raw = part.size === undefined ? stored : platform.gunzip(stored, part.size)
        return raw !== undefined && platform.digest(raw) === part.digest
      })
    )
  } catch {
    // No header: whatever wrote it, it is no object.
    return false
  }
}
