/**
 * Codings (RFC 9110 §8.4): content as it is sent, packed or not. What is stored packed is sent as it
 * lies; what is joined here is packed here, as far as the free plan's processor time holds.
 */

import { acceptsGzip } from '../http/accept-encoding.ts'
import { fieldValue } from '../http/field.ts'
import type { Memory } from './memory.ts'

/** Bytes of which packing saves something. */
const LEAST_PACKED = 256
/** Bytes that are packed before they are sent: of more, nobody waits for the last. */
const MOST_AT_ONCE = 64 * 1024
/** Bytes that are packed at all, in half of the ten milliseconds that a request has. */
export const MOST_PACKED: number = 128 * 1024

/** Bytes as they are, or as gzip with the number that they were. */
export type StoredBytes = { readonly bytes: Uint8Array; readonly size?: number | undefined }

/** A body in the coding in which it is sent; its length is known unless it is packed as it goes. */
export type CodedBody = {
  readonly body: Uint8Array | ReadableStream
  readonly length?: number
  readonly isPacked: boolean
}

/** Bytes that were packed here before, by a name that no other bytes have. */
export type PackedMemory = Memory<{ readonly bytes: Uint8Array; readonly weight: number }>

/** Tells whether a client itself takes gzip: at the edge the field is rewritten on its way in. */
export function takesPacked(request: Request): boolean {
  const original = (request as Request<unknown, IncomingRequestCfProperties>).cf
    ?.clientAcceptEncoding
  return acceptsGzip(fieldValue(original ?? request.headers.get('Accept-Encoding') ?? undefined))
}

/** The bytes that are packed at once, and where they are remembered, if they are, by their name. */
type Packing = {
  readonly atOnce?: number
  readonly name?: string
  readonly memory?: PackedMemory
}

/** Brings content into the coding that a client takes. */
export async function code(
  { bytes, size }: StoredBytes,
  packed: boolean,
  { atOnce = MOST_AT_ONCE, name = '', memory }: Packing = {},
): Promise<CodedBody> {
  if (size !== undefined) return packed ? asPacked(bytes) : unpacked(bytes, size)
  const { length } = bytes
  if (!packed || length < LEAST_PACKED || length > MOST_PACKED) return asIs(bytes)
  if (length > atOnce) return { body: packing(bytes), isPacked: true }
  const known = memory?.get(name)?.bytes
  const gzip = known ?? new Uint8Array(await new Response(packing(bytes)).arrayBuffer())
  memory?.set(name, { bytes: gzip, weight: gzip.length })
  return gzip.length < length ? asPacked(gzip) : asIs(bytes)
}

/** Answers with a body in its coding. */
export function codedResponse(
  { body, length, isPacked }: CodedBody,
  init: ResponseInit & { readonly headers: Readonly<Record<string, string>> },
): Response {
  return new Response(body as BodyInit, {
    ...init,
    headers: {
      ...init.headers,
      ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
      ...(length === undefined ? {} : { 'Content-Length': String(length) }),
    },
    // The bytes are gzip already: the runtime must not compress them once more.
    ...(isPacked ? { encodeBody: 'manual' } : {}),
  })
}

function asIs(body: Uint8Array): CodedBody {
  return { body, length: body.length, isPacked: false }
}

function asPacked(body: Uint8Array): CodedBody {
  return { body, length: body.length, isPacked: true }
}

function unpacked(bytes: Uint8Array, length: number): CodedBody {
  const body = through(bytes, new DecompressionStream('gzip'))
  return { body: body.pipeThrough(new FixedLengthStream(length)), length, isPacked: false }
}

function packing(bytes: Uint8Array): ReadableStream {
  return through(bytes, new CompressionStream('gzip'))
}

function through(bytes: Uint8Array, coder: ReadableWritablePair): ReadableStream {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(coder)
}
