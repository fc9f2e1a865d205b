/**
 * Objects: one line of canonical JSON, then the bytes of the parts that it names.
 *
 * The only writer and the only reader of that framing. An object's digest covers its type, its
 * facts and what its parts contain before compression: it depends on no compressor.
 */

import type { Digest, Platform } from '../article/platform.ts'
import { canonicalJson } from './canonical.ts'

/** Which framing and which facts these are; the Worker reads its own and the one before. */
export const SCHEMA = 1

export type Part = {
  readonly name: string
  /** Bytes as stored, and, where they are compressed, as they were. */
  readonly length: number
  readonly size?: number
  /** Of the bytes as they were. */
  readonly digest: Digest
}

export type ObjectHeader<Facts = unknown> = {
  readonly schema: number
  readonly type: string
  readonly facts: Facts
  readonly parts: readonly Part[]
}

export type WrittenObject = { readonly digest: Digest; readonly bytes: Uint8Array }

/** A part to be written: text or bytes, compressed or not. */
export type PartSource = {
  readonly name: string
  readonly content: string | Uint8Array
  readonly gzip?: boolean
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const LINE_FEED = 10

/** Frames an object. Part names have to be unique in it. */
export function writeObject(
  type: string,
  facts: unknown,
  sources: readonly PartSource[],
  platform: Platform,
): WrittenObject {
  const written = sources.map(({ name, content, gzip }) => {
    const raw = typeof content === 'string' ? encoder.encode(content) : content
    const stored = gzip ? platform.gzip(raw) : raw
    const part: Part = {
      name,
      length: stored.length,
      ...(gzip ? { size: raw.length } : {}),
      digest: platform.digest(raw),
    }
    return { part, stored }
  })
  const parts = written.map(({ part }) => part)
  const header = encoder.encode(`${canonicalJson({ schema: SCHEMA, type, facts, parts })}\n`)
  const bytes = joinBytes([header, ...written.map(({ stored }) => stored)])
  return { digest: digestOf({ schema: SCHEMA, type, facts, parts }, platform), bytes }
}

/** The address of what a header describes: lengths and compression are not part of it. */
export function digestOf({ type, facts, parts }: ObjectHeader, platform: Platform): Digest {
  const named = parts.map(({ name, digest }) => [name, digest])
  return platform.digest(encoder.encode(canonicalJson({ type, facts, parts: named })))
}

/** A stored object: its header is read, its parts are cut out when they are asked for. */
export class StoredObject<Facts = unknown> {
  readonly header: ObjectHeader<Facts>
  readonly #bytes: Uint8Array
  readonly #body: number

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#body = bytes.indexOf(LINE_FEED) + 1
    this.header = JSON.parse(decoder.decode(bytes.subarray(0, this.#body))) as ObjectHeader<Facts>
  }

  get facts(): Facts {
    return this.header.facts
  }

  /** Bytes of memory that it holds, about. */
  get weight(): number {
    return this.#bytes.length + 2 * this.#body
  }

  /** A part as stored, without copying it; undefined if the object has none of that name. */
  part(name: string): (Part & { readonly bytes: Uint8Array }) | undefined {
    let offset = this.#body
    for (const part of this.header.parts) {
      if (part.name === name)
        return { ...part, bytes: this.#bytes.subarray(offset, offset + part.length) }
      offset += part.length
    }
    return undefined
  }

  /** The text of a part that is stored uncompressed. */
  text(name: string): string | undefined {
    const part = this.part(name)
    return part && part.size === undefined ? decoder.decode(part.bytes) : undefined
  }
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0))
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }
  return joined
}
