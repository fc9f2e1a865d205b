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

/** The objects of one request. */
export type OpenShelf = {
  /** An object; `at` is the instant from which it was current. Undefined: nowhere to be had now. */
  readonly get: <Facts>(digest: Digest, at: Instant) => Promise<StoredObject<Facts> | undefined>
}

/** What an isolate remembers, in front of the cache of its location. */
export class Shelf {
  readonly #memory = new Memory<StoredObject>(MEMORY_BYTES)
  readonly #cache: Cache

  constructor(cache: Cache) {
    this.#cache = cache
  }

  /** `url` is of the Worker itself: another host in a cache key costs a look-up. */
  open(bindings: Bindings, url: string, waitUntil: (work: Promise<unknown>) => void): OpenShelf {
    return {
      get: async <Facts>(digest: Digest, at: Instant) => {
        const remembered = this.#memory.get(digest)
        if (remembered) return remembered as StoredObject<Facts>
        const key = `${new URL(url).origin}/__object/${at}/${digest}`
        const cached = await this.#cache.match(key)
        const bytes = cached
          ? new Uint8Array(await cached.arrayBuffer())
          : await readStored(bindings, digest)
        if (!bytes) return undefined
        if (!cached) waitUntil(this.#cache.put(key, new Response(bytes, { headers: KEPT })))
        const object = new StoredObject<Facts>(bytes)
        this.#memory.set(digest, object)
        return object
      },
    }
  }

  /** Forgets everything, as a new isolate has nothing to remember. */
  forget(): void {
    this.#memory.clear()
  }
}

const KEPT = {
  'Content-Type': 'application/octet-stream',
  'Cache-Control': 'public, max-age=31536000, immutable',
}

/** A location may remember that the object was not there: the shorter time asks again. */
async function readStored(
  bindings: Bindings,
  digest: Digest,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return (
    (await readKey(bindings, objectKey(digest), OBJECT_TTL)) ??
    (await readKey(bindings, objectKey(digest), HEAD_TTL))
  )
}
