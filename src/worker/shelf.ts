/**
 * The shelf that objects are read from: the isolate's memory, then this location's edge cache under
 * the publish instant and the digest, then KV. An object never changes, so the nearest is right, once
 * it is proved; a damaged one is thrown out and counts as missing.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { MediaFacts } from '../edition/facts.ts'
import type { StoredObject } from '../edition/object.ts'
import type { PackedMemory } from './coding.ts'
import type { Edge } from './edge.ts'
import { isFailure } from './failure.ts'
import { Flow } from './flow.ts'
import { type Bindings, FOR_EVER, UNREACHABLE, type Unreachable } from './kv.ts'
import type { LargeFile } from './large-file.ts'
import { Memory } from './memory.ts'
import { Outage } from './outage.ts'
import { proveFlow, proveObject } from './proof.ts'
import { openStored, readStored } from './stored.ts'
import { fileAtHand, fileThatFlows, type StoredFile } from './stored-file.ts'

/** Bytes of objects that are remembered: an isolate has 128 MB for everything. */
const MEMORY_BYTES = 16 * 1024 * 1024
/** Bytes of what is remembered of larger files, some hundred of each. */
const LARGE_BYTES = 256 * 1024
/** Bytes of answers that were joined and packed here. */
const PACKED_BYTES = 4 * 1024 * 1024

/** The shelf as one request reaches it. */
export type OpenShelf = {
  /** Reads an object that was current from `at` on; undefined if it is nowhere to be had now. */
  readonly get: <Facts>(digest: Digest, at: Instant) => Promise<StoredObject<Facts> | undefined>
  /** Opens the file in such an object: one that is too large to be remembered is not read whole. */
  readonly file: (digest: Digest, at: Instant) => Promise<StoredFile | undefined>
  readonly packed: PackedMemory
  /** Tells whether KV failed: this request does not ask it again. */
  readonly isCut: () => boolean
}

/** An object beside the memory, as one request reaches it. */
type Place = {
  readonly digest: Digest
  /** The path under which the location's cache has it. */
  readonly path: string
  readonly edge: Edge
  /** Reads from KV, unless that failed before. */
  readonly ask: Ask
}

type Ask = <Found>(
  read: (bindings: Bindings) => Promise<Found | undefined | Unreachable>,
) => Promise<Found | undefined>

/** The objects that an isolate remembers, in front of the cache of its location. */
export class Shelf {
  readonly outage: Outage = new Outage()
  readonly #memory = new Memory<StoredObject>(MEMORY_BYTES)
  readonly #large = new Memory<LargeFile>(LARGE_BYTES)
  readonly #packed: PackedMemory = new Memory(PACKED_BYTES)

  open(bindings: Bindings, edge: Edge, now: Instant): OpenShelf {
    let cut = false
    const ask: Ask = async (read) => {
      const found = cut ? UNREACHABLE : await read(bindings)
      cut ||= isFailure(found)
      this.outage.note(isFailure(found), now)
      return isFailure(found) ? undefined : found
    }
    const placeOf = (digest: Digest, at: Instant): Place => ({
      digest,
      path: `/__object/${at}/${digest}`,
      edge,
      ask,
    })
    return {
      get: async <Facts>(digest: Digest, at: Instant) => {
        const object = this.#memory.get(digest) ?? (await this.#find(placeOf(digest, at)))
        return object as StoredObject<Facts> | undefined
      },
      file: (digest, at) => this.#openFile(placeOf(digest, at)),
      packed: this.#packed,
      isCut: () => cut,
    }
  }

  async #find({ digest, path, edge, ask }: Place): Promise<StoredObject | undefined> {
    const cached = await edge.read(path)
    const kept = cached && (await proveObject(cached, digest))
    const stored = kept ? undefined : await ask((bindings) => readStored(bindings, digest))
    if (stored) edge.later(() => edge.write(path, stored.bytes, FOR_EVER))
    else if (cached && !kept) edge.later(() => edge.remove(path))
    const object = kept ?? stored?.object
    if (object) this.#memory.set(digest, object)
    return object
  }

  async #openFile({ digest, path, edge, ask }: Place): Promise<StoredFile | undefined> {
    const stored = () => ask((bindings) => openStored(bindings, digest, this.#isSmall))
    const source = { path, edge, stored }
    const [whole, known] = [this.#memory.get(digest), this.#large.get(digest)]
    if (whole) return fileAtHand(whole as StoredObject<MediaFacts>)
    if (known) return fileThatFlows(known, source)
    const cached = await edge.open(path)
    const { stream, length } = cached ?? {}
    const kept = stream && (await proveFlow(new Flow(stream), digest, this.#isSmall, length))
    const found = kept ?? (await stored())
    if (cached && !kept && !found) edge.later(() => edge.remove(path))
    if (!found) return undefined
    if ('large' in found) {
      this.#large.set(digest, found.large)
      if (!kept) return fileThatFlows(found.large, source, found.flow)
      // The cache is asked again, for no more than what will be sent.
      await found.flow.cancel()
      return fileThatFlows(found.large, source)
    }
    if (!kept) edge.later(() => edge.write(path, found.bytes, FOR_EVER))
    this.#memory.set(digest, found.object)
    return fileAtHand(found.object as StoredObject<MediaFacts>)
  }

  readonly #isSmall = (length: number): boolean => this.#memory.keeps(length)

  /** Forgets everything, as a new isolate has nothing to remember. */
  forget(): void {
    this.#memory.clear()
    this.#large.clear()
    this.#packed.clear()
  }
}
