/**
 * Answers: validators first, then preconditions, and only then the body.
 */

import { acceptsGzip } from '../http/accept-encoding.ts'
import { type EntityTag, formatTag } from '../http/entity-tag.ts'
import { formatDate } from '../http/http-date.ts'
import { formatLinks, type Link } from '../http/link.ts'
import { evaluatePreconditions } from '../http/preconditions.ts'
import { answerProblem, type HttpProblem } from '../http/problem-document.ts'
import { MISSING, type Missing, type Reading } from './reading.ts'

/** Bytes as they are, or as gzip with the number that they were. */
export type Body = {
  readonly bytes: Uint8Array
  readonly size?: number | undefined
  /** Links that are known only when the object is read. */
  readonly links?: readonly Link[] | undefined
}

export type Representation = {
  readonly mediaType: string
  /** Unique to the bytes: digests and a format. */
  readonly tag: string
  readonly changed: number
  readonly cacheControl: string
  readonly links?: readonly Link[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body: () => Promise<Body | Missing> | Body | Missing
}

/** On every answer: browsers may read it from anywhere, and guess no types. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, Retry-After',
  'X-Content-Type-Options': 'nosniff',
}

/** A representation as this request asks for it: 200, 304 or 412. */
export async function answerWith(
  request: Request,
  { facts, now }: Reading,
  representation: Representation,
): Promise<Response | Missing> {
  const { mediaType, changed, cacheControl, links, body } = representation
  // Weak: a proxy that compresses changes the bytes, and not what they say (RFC 9110 §8.8.1).
  const tag: EntityTag = { opaque: representation.tag, weak: true }
  const lastModified = Math.min(Math.max(changed, facts.floor), now)
  const validators = {
    ETag: formatTag(tag),
    'Cache-Control': cacheControl,
    Vary: 'Accept-Encoding',
    ...COMMON_HEADERS,
  }
  const { headers } = request
  const header = (name: string): string | undefined => headers.get(name) ?? undefined
  const outcome = evaluatePreconditions(header, { tag, lastModified }, now)
  if (outcome === 'not-modified') return new Response(null, { status: 304, headers: validators })
  if (outcome === 'precondition-failed') return problemResponse({ reason: 'precondition-failed' })
  const content = await body()
  if (content === MISSING) return MISSING
  const known = [...(links ?? []), ...(content.links ?? [])]
  return send(content, acceptsGzip(acceptedCodings(request)), {
    ...validators,
    'Content-Type': mediaType,
    'Last-Modified': formatDate(lastModified),
    ...(known.length > 0 ? { Link: formatLinks(known) } : {}),
    ...representation.headers,
  })
}

export function problemResponse(problem: HttpProblem, untilNext?: number): Response {
  const { status, body, headers } = answerProblem(problem, untilNext)
  return textResponse(body, status, headers)
}

/** A short text; its length is said, so that HEAD can say it too. */
export function textResponse(
  text: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): Response {
  const bytes = new TextEncoder().encode(text)
  const length = { 'Content-Length': String(bytes.length) }
  return new Response(bytes, { status, headers: { ...headers, ...COMMON_HEADERS, ...length } })
}

/** Stored gzip goes out as it is; for a client without gzip it is unpacked on the way. */
function send({ bytes, size }: Body, gzip: boolean, headers: Record<string, string>): Response {
  if (size === undefined)
    return new Response(bytes, { headers: { ...headers, 'Content-Length': String(bytes.length) } })
  if (gzip) {
    return new Response(bytes, {
      headers: { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.length) },
      // The bytes are gzip already: the runtime must not compress them once more.
      encodeBody: 'manual',
    })
  }
  const unpacked = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
  const body = unpacked.pipeThrough(new FixedLengthStream(size))
  return new Response(body, { headers: { ...headers, 'Content-Length': String(size) } })
}

/** At the edge the header is rewritten on its way in; what the client said stands beside it. */
function acceptedCodings(request: Request): string | undefined {
  const original = (request as Request<unknown, IncomingRequestCfProperties>).cf
    ?.clientAcceptEncoding
  return original ?? request.headers.get('Accept-Encoding') ?? undefined
}
