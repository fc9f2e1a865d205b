/**
 * Objects: a line that says what an object is, two that say how it is stored, and its parts.
 *
 * The first line is the canonical JSON of its type, its facts, and the names and digests of its
 * parts before compression. SHA-256 of that line, without its line feed, is the object's digest: it
 * depends on no compressor, and whoever has the bytes checks them without writing them again. The
 * second line is the digest of all bytes below it. The third has the schema, and of each part the
 * stored length and, where it is compressed, the size before. Only this file knows that framing.
 */

import type { Digest, Platform } from '../article/platform.ts'
import { canonicalJson } from './canonical.ts'
import { isWholeNumber, membersOf } from './members.ts'

/** Which framing and which facts these are, and which `head`. */
export const SCHEMA = 1

export type Part = {
  readonly name: string
  /** Bytes as stored, and, where they are compressed, as they were. */
  readonly length: number
  readonly size?: number
  /** The digest of the bytes as they were. */
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

/** Why bytes are no object that can be read: they are not whole, or of another edgewire. */
export type ObjectFault = 'damaged' | 'other-schema'

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
    const lengths = gzip ? [stored.length, raw.length] : [stored.length]
    return { name, digest: platform.digest(raw), stored, lengths }
  })
  const line = firstLine({ type, facts, parts: written })
  const parts = written.map(({ lengths }) => lengths)
  const third = encoder.encode(`${canonicalJson({ schema: SCHEMA, parts })}\n`)
  const below = joinBytes([third, ...written.map(({ stored }) => stored)])
  const second = encoder.encode(`\n${platform.digest(below)}\n`)
  return { digest: platform.digest(line), bytes: joinBytes([line, second, below]) }
}

/** The content of which an object's digest is taken. */
type FirstLine = Pick<ObjectHeader, 'type' | 'facts'> & {
  readonly parts: readonly Pick<Part, 'name' | 'digest'>[]
}

/** Computes the digest of what a header describes: lengths and compression are not part of it. */
export function digestOf(header: FirstLine, platform: Platform): Digest {
  return platform.digest(firstLine(header))
}

function firstLine({ type, facts, parts }: FirstLine): Uint8Array {
  const named = parts.map(({ name, digest }) => [name, digest])
  return encoder.encode(canonicalJson({ type, facts, parts: named }))
}

/** The offsets of things in the bytes of an object. */
type Framing = {
  readonly header: ObjectHeader
  /** The end of the first line, the beginning of the third, that of the parts, and their end. */
  readonly line: number
  readonly below: number
  readonly body: number
  readonly end: number
}

function frame(bytes: Uint8Array): Framing | ObjectFault {
  const framing = frameBeginning(bytes)
  return typeof framing === 'string' || framing.end === bytes.length ? framing : 'damaged'
}

/** Reads the three lines, whether all of the parts is there or not. */
function frameBeginning(bytes: Uint8Array): Framing | ObjectFault {
  const line = bytes.indexOf(LINE_FEED)
  const below = bytes.indexOf(LINE_FEED, line + 1) + 1
  const body = bytes.indexOf(LINE_FEED, below) + 1
  // Without three lines, one of them would be read for another.
  if (line < 0 || below <= line || body <= below) return 'damaged'
  const { type, facts, parts: named } = membersOf(bytes.subarray(0, line))
  const { schema, parts: lengths } = membersOf(bytes.subarray(below, body))
  if (typeof schema === 'number' && schema !== SCHEMA) return 'other-schema'
  if (schema !== SCHEMA || typeof type !== 'string' || !facts || typeof facts !== 'object')
    return 'damaged'
  if (!areLists(named) || !areLists(lengths) || named.length !== lengths.length) return 'damaged'
  const parts = named.map(([name, digest], index): Part => {
    const [length, size] = lengths[index] as number[]
    return { name, length, ...(size === undefined ? {} : { size }), digest } as Part
  })
  const end = parts.reduce((sum, part) => sum + part.length, body)
  if (!parts.every(isSound)) return 'damaged'
  return { header: { schema: SCHEMA, type, facts, parts }, line, below, body, end }
}

function areLists(value: unknown): value is unknown[][] {
  return Array.isArray(value) && value.every(Array.isArray)
}

function isSound({ name, digest, length, size = 0 }: Part): boolean {
  const areTexts = typeof name === 'string' && typeof digest === 'string'
  return areTexts && isWholeNumber(length) && isWholeNumber(size)
}

/** Bytes, and the digest that they have to have. */
type Proof = readonly [bytes: Uint8Array, digest: Digest]

/** Reads bytes that may be anything: an object, or why they are none. */
export function parseObject<Facts>(bytes: Uint8Array): StoredObject<Facts> | ObjectFault {
  const framing = frame(bytes)
  return typeof framing === 'string' ? framing : new StoredObject<Facts>(bytes, framing)
}

/** The beginning of an object whose parts need not be at hand. */
export type ObjectBeginning<Facts = unknown> = {
  readonly header: ObjectHeader<Facts>
  /** The first line, of which the object's digest is taken. */
  readonly line: Uint8Array
  /** The offsets at which the parts begin, and the object ends. */
  readonly body: number
  readonly end: number
}

/** Reads the first bytes of an object, in which its three lines have to be. */
export function parseBeginning<Facts>(bytes: Uint8Array): ObjectBeginning<Facts> | ObjectFault {
  const framing = frameBeginning(bytes)
  if (typeof framing === 'string') return framing
  const { header, line, body, end } = framing
  return { header: header as ObjectHeader<Facts>, line: bytes.slice(0, line), body, end }
}

/** A stored object: its header is read, its parts are cut out when they are asked for. */
export class StoredObject<Facts = unknown> {
  readonly header: ObjectHeader<Facts>
  readonly #bytes: Uint8Array
  readonly #framing: Framing

  /** Throws for bytes that are no object: `parseObject` tells. */
  constructor(bytes: Uint8Array, framing: Framing | ObjectFault = frame(bytes)) {
    if (typeof framing === 'string') throw new Error(`This object cannot be read: ${framing}.`)
    this.#bytes = bytes
    this.#framing = framing
    this.header = framing.header as ObjectHeader<Facts>
  }

  get facts(): Facts {
    return this.header.facts
  }

  /** Bytes of memory that it holds, about. */
  get weight(): number {
    return this.#bytes.length + 2 * this.#framing.body
  }

  /**
   * Bytes and the digests that they have, if this is the whole object of a digest: its first line,
   * and what is below.
   */
  proofs(digest: Digest): readonly [first: Proof, below: Proof] {
    const { line, below } = this.#framing
    return [
      [this.#bytes.subarray(0, line), digest],
      [this.#bytes.subarray(below), decoder.decode(this.#bytes.subarray(line + 1, below - 1))],
    ]
  }

  /**
   * Returns a part as stored, without copying it; undefined if the object has none of that name.
   */
  part(name: string): (Part & { readonly bytes: Uint8Array }) | undefined {
    let offset = this.#framing.body
    for (const part of this.header.parts) {
      if (part.name === name)
        return { ...part, bytes: this.#bytes.subarray(offset, offset + part.length) }
      offset += part.length
    }
    return undefined
  }

  /** Returns the text of a part that is stored uncompressed. */
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
