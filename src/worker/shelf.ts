/**
 * The shelf that objects are read from: the isolate's memory, then this location's edge cache under
 * the publish instant and the digest, then KV. An object never changes, so the nearest is right, once
 * it is proved; a damaged one is thrown out and counts as missing.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { StoredObject } from '../edition/object.ts'
import { objectKey } from '../edition/store.ts'
import type { Edge } from './edge.ts'
import { isFailure } from './failure.ts'
import {
  type Bindings,
  HEAD_TTL,
  OBJECT_TTL,
  readKey,
  UNREACHABLE,
  type Unreachable,
} from './kv.ts'
import { Memory } from './memory.ts'
import { Outage } from './outage.ts'
import { proveObject } from './proof.ts'

/** Bytes of objects that are remembered: an isolate has 128 MB for everything. */
const MEMORY_BYTES = 16 * 1024 * 1024

const FOR_EVER = `public, max-age=${OBJECT_TTL}, immutable`

/** The shelf as one request reaches it. */
export type OpenShelf = {
  /** Reads an object that was current from `at` on; undefined if it is nowhere to be had now. */
  readonly get: <Facts>(digest: Digest, at: Instant) => Promise<StoredObject<Facts> | undefined>
  /** Tells whether KV failed: this request does not ask it again. */
  readonly isCut: () => boolean
}

type StoredCopy = { readonly bytes: Uint8Array<ArrayBuffer>; readonly object: StoredObject }

/** The objects that an isolate remembers, in front of the cache of its location. */
export class Shelf {
  readonly outage: Outage = new Outage()
  readonly #memory = new Memory<StoredObject>(MEMORY_BYTES)

  open(bindings: Bindings, edge: Edge, now: Instant): OpenShelf {
    let cut = false
    const store = async (digest: Digest): Promise<StoredCopy | undefined> => {
      const stored = cut ? UNREACHABLE : await readStored(bindings, digest)
      cut ||= isFailure(stored)
      this.outage.note(isFailure(stored), now)
      return isFailure(stored) ? undefined : stored
    }
    return {
      get: async <Facts>(digest: Digest, at: Instant) => {
        const object = this.#memory.get(digest) ?? (await this.#find(digest, at, edge, store))
        return object as StoredObject<Facts> | undefined
      },
      isCut: () => cut,
    }
  }

  async #find(
    digest: Digest,
    at: Instant,
    edge: Edge,
    store: (digest: Digest) => Promise<StoredCopy | undefined>,
  ): Promise<StoredObject | undefined> {
    const path = `/__object/${at}/${digest}`
    const cached = await edge.read(path)
    const kept = cached && (await proveObject(cached, digest))
    const stored = kept ? undefined : await store(digest)
    if (stored) edge.later(() => edge.write(path, stored.bytes, FOR_EVER))
    else if (cached && !kept) edge.later(() => edge.remove(path))
    const object = kept ?? stored?.object
    if (object) this.#memory.set(digest, object)
    return object
  }

  /** Forgets everything, as a new isolate has nothing to remember. */
  forget(): void {
    this.#memory.clear()
  }
}

/**
 * Reads an object from KV. A location may remember that it was not there, or what it was before a
 * repair: so it is asked a second time.
 */
async function readStored(
  bindings: Bindings,
  digest: Digest,
): Promise<StoredCopy | undefined | Unreachable> {
  let stored: Awaited<ReturnType<typeof readKey>>
  for (const ttl of [OBJECT_TTL, HEAD_TTL]) {
    stored = await readKey(bindings, objectKey(digest), ttl)
    if (!(stored instanceof Uint8Array)) continue
    const object = await proveObject(stored, digest)
    if (object) return { bytes: stored, object }
    console.error('KV holds a damaged object: publish --repair', digest)
  }
  return isFailure(stored) ? stored : undefined
}
