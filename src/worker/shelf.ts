/**
 * Where objects are read from: the isolate's memory, then this location's edge cache under the
 * publish instant and the digest, then KV. An object never changes, so the nearest is right.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { StoredObject } from '../edition/object.ts'
import { objectKey } from '../edition/store.ts'
import { type Bindings, HEAD_TTL, OBJECT_TTL, readKey } from './kv.ts'
import { Memory } from './memory.ts'

/** An isolate has 128 MB for everything. */
const MEMORY_BYTES = 16 * 1024 * 1024

const memory = new Memory<StoredObject>(MEMORY_BYTES)

export type Shelf = {
  /** An object; `at` is the instant from which it was current. Undefined: nowhere to be had now. */
  readonly get: <Facts>(digest: Digest, at: Instant) => Promise<StoredObject<Facts> | undefined>
}

/** `origin` is the address of the Worker itself: another host in a cache key costs a look-up. */
export function openShelf(
  bindings: Bindings,
  origin: string,
  waitUntil: (work: Promise<unknown>) => void,
): Shelf {
  return {
    async get<Facts>(digest: Digest, at: Instant) {
      const remembered = memory.get(digest)
      if (remembered) return remembered as StoredObject<Facts>
      const key = `${origin}/__object/${at}/${digest}`
      const bytes = (await readCache(key)) ?? (await readStored(bindings, digest, key, waitUntil))
      if (!bytes) return undefined
      const object = new StoredObject<Facts>(bytes)
      memory.set(digest, object)
      return object
    },
  }
}

/** Forgets everything, as a new isolate has nothing to remember. */
export function forgetObjects(): void {
  memory.clear()
}

async function readCache(key: string): Promise<Uint8Array | undefined> {
  const cached = await caches.default.match(key)
  return cached && new Uint8Array(await cached.arrayBuffer())
}

async function readStored(
  bindings: Bindings,
  digest: Digest,
  key: string,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<Uint8Array | undefined> {
  // A location may remember that the object was not there: the shorter time asks again.
  const bytes =
    (await readKey(bindings, objectKey(digest), OBJECT_TTL)) ??
    (await readKey(bindings, objectKey(digest), HEAD_TTL))
  if (bytes) {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }
    waitUntil(caches.default.put(key, new Response(bytes, { headers })))
  }
  return bytes
}
