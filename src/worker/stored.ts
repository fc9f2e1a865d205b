/** Objects as KV has them, proved: whole, or as they come. */

import type { Digest } from '../article/platform.ts'
import { objectKey } from '../edition/store.ts'
import { isFailure } from './failure.ts'
import { Flow } from './flow.ts'
import { type Bindings, HEAD_TTL, OBJECT_TTL, openKey, readKey, type Unreachable } from './kv.ts'
import { type FoundFile, proveFlow, proveObject, type StoredCopy } from './proof.ts'

/** Reads an object. */
export function readStored(
  bindings: Bindings,
  digest: Digest,
): Promise<StoredCopy | undefined | Unreachable> {
  return firstSound(
    digest,
    (ttl) => readKey(bindings, objectKey(digest), ttl),
    async (bytes) => {
      const object = await proveObject(bytes, digest)
      return object && { bytes, object }
    },
  )
}

/** Opens a file’s object. */
export function openStored(
  bindings: Bindings,
  digest: Digest,
  isSmall: (length: number) => boolean,
): Promise<FoundFile | undefined | Unreachable> {
  return firstSound(
    digest,
    (ttl) => openKey(bindings, objectKey(digest), ttl),
    (stream) => proveFlow(new Flow(stream), digest, isSmall),
  )
}

/**
 * Reads until something is sound. A location may remember that an object was not there, or what it was
 * before a repair: so it is asked a second time.
 */
async function firstSound<Value extends object, Sound>(
  digest: Digest,
  read: (ttl: number) => Promise<Value | undefined | Unreachable>,
  prove: (value: Value) => Promise<Sound | undefined>,
): Promise<Sound | undefined | Unreachable> {
  let value: Value | undefined | Unreachable
  for (const ttl of [OBJECT_TTL, HEAD_TTL]) {
    value = await read(ttl)
    if (value === undefined || isFailure(value)) continue
    const sound = await prove(value)
    if (sound) return sound
    console.error('KV holds a damaged object: publish --repair', digest)
  }
  return isFailure(value) ? value : undefined
}
