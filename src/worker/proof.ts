/**
 * Proof that bytes are the object of a digest, wherever they were read: nothing that is not proved is
 * answered from, remembered, or kept.
 */

import type { Digest } from '../article/platform.ts'
import { parseObject, type StoredObject } from '../edition/object.ts'

/**
 * Bytes below the first line that are hashed at most, about a millisecond of work: a larger object,
 * mostly a file, is known by that line and its lengths.
 */
const MOST_HASHED = 1024 * 1024

/** Reads the object of a digest; undefined if these bytes are not it, or not all of it. */
export async function proveObject(
  bytes: Uint8Array,
  digest: Digest,
): Promise<StoredObject | undefined> {
  const object = parseObject(bytes)
  if (typeof object === 'string') return undefined
  const [first, below] = object.proofs(digest)
  const proofs = below[0].length > MOST_HASHED ? [first] : [first, below]
  const found = await Promise.all(proofs.map(([covered]) => hash(covered)))
  return found.every((one, index) => one === proofs[index]?.[1]) ? object : undefined
}

/** Computes SHA-256 of bytes. */
export async function hash(bytes: Uint8Array): Promise<Digest> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return text.slice(0, -1).replaceAll('+', '-').replaceAll('/', '_')
}
