/**
 * Proof that bytes are the object of a digest, wherever they were read: nothing that is not proved is
 * answered from, remembered, or kept.
 */

import type { Digest } from '../article/platform.ts'
import type { MediaFacts } from '../edition/facts.ts'
import { parseBeginning, parseObject, type StoredObject } from '../edition/object.ts'
import type { Flow } from './flow.ts'
import { LargeFile } from './large-file.ts'

/**
 * Bytes below the first line that are hashed at most, about a millisecond of work: a larger object,
 * mostly a file, is known by that line and its lengths.
 */
const MOST_HASHED = 1024 * 1024

/** The bytes of an object, and the object that they were proved to be. */
export type StoredCopy = { readonly bytes: Uint8Array<ArrayBuffer>; readonly object: StoredObject }

/** A file that was found: all of it, or its beginning, with the flow of all. */
export type FoundFile = StoredCopy | { readonly large: LargeFile; readonly flow: Flow }

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

/**
 * Reads the object of a digest as it flows; undefined if it is another, or not whole. Of one that is
 * not small, the beginning is enough: its length is proved when its end is there, if `length`, that
 * of all, is not known before.
 */
export async function proveFlow(
  flow: Flow,
  digest: Digest,
  isSmall: (length: number) => boolean,
  length?: number,
): Promise<FoundFile | undefined> {
  const beginning = parseBeginning<MediaFacts>(await flow.peek())
  if (typeof beginning !== 'string' && (length ?? beginning.end) === beginning.end) {
    const { line, end } = beginning
    if (!isSmall(end) && (await hash(line)) === digest)
      return { large: new LargeFile(beginning), flow }
    const bytes = isSmall(end) ? await flow.all(end) : undefined
    const object = bytes && (await proveObject(bytes, digest))
    if (object) return { bytes, object }
  }
  await flow.cancel()
  return undefined
}

/** Computes SHA-256 of bytes. */
export async function hash(bytes: Uint8Array): Promise<Digest> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return text.slice(0, -1).replaceAll('+', '-').replaceAll('/', '_')
}
