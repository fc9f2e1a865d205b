/**
 * Answers to requests: validators first, then preconditions, and only then the body.
 */

import { acceptsGzip } from '../http/accept-encoding.ts'
import { type EntityTag, formatTag } from '../http/entity-tag.ts'
import { fieldsOf, fieldValue } from '../http/field.ts'
import { freshFor, NOT_STORED } from '../http/freshness.ts'
import { formatDate } from '../http/http-date.ts'
import { formatLinks, type Link } from '../http/link.ts'
import { evaluatePreconditions } from '../http/preconditions.ts'
import { answerProblem, type HttpProblem } from '../http/problem-document.ts'
import { type Absence, isFailure } from './failure.ts'
import type { Reading } from './reading.ts'

/** The bytes of an answer as they are, or as gzip with the number that they were. */
export type Content = {
  readonly bytes: Uint8Array
  readonly size?: number | undefined
  /** Links that are known only when the object is read. */
  readonly links?: readonly Link[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** A feed document of only what is new since the instance whose tag is `base` (RFC 3229). */
export type Delta = { readonly base: EntityTag; readonly bytes: Uint8Array }

export type Representation = {
  readonly mediaType: string
  /** An opaque tag that is unique to the bytes: digests and a format. */
  readonly tag: string
  readonly changed: number
  /** The freshness of what changes with the edition, if nothing else is said. */
  readonly cacheControl?: string
  readonly links?: readonly Link[]
  readonly headers?: Readonly<Record<string, string>>
  /** Request fields beside `Accept-Encoding` on which the answer depends. */
  readonly vary?: string
  /** Returns what is new to a client that has another instance; if undefined, it gets the whole. */
  readonly delta?: () => Promise<Delta | undefined>
  /** Reads the content; a problem is one that only reading finds. */
  readonly body: () => Promise<Content | Absence | HttpProblem> | Content | Absence | HttpProblem
}

/** Fields of every answer: browsers may read it from anywhere, and guess no types. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, Retry-After, IM, Delta-Base',
  'X-Content-Type-Options': 'nosniff',
}

/** Answers with a representation, as the conditions of the request have it: 200, 226, 304 or 412. */
export async function answerWith(
  request: Request,
  { facts, now, untilNext }: Reading,
  representation: Representation,
): Promise<Response | Absence> {
  const { mediaType, changed, links = [], vary, body, delta } = representation
  const { cacheControl = freshFor(facts.site.ttl, untilNext) } = representation
  // Weak: a proxy that compresses changes the bytes, and not what they say (RFC 9110 §8.8.1).
  const tag: EntityTag = { opaque: representation.tag, weak: true }
  const lastModified = Math.min(Math.max(changed, facts.floor), now)
  const validators = {
    ETag: formatTag(tag),
    'Cache-Control': cacheControl,
    Vary: vary === undefined ? 'Accept-Encoding' : `Accept-Encoding, ${vary}`,
    ...COMMON_HEADERS,
  }
  const outcome = evaluatePreconditions(fieldsOf(request.headers), { tag, lastModified }, now)
  if (outcome === 'not-modified') return new Response(null, { status: 304, headers: validators })
  if (outcome === 'precondition-failed') return problemResponse({ reason: 'precondition-failed' })
  const content = await body()
  if (isFailure(content))
    return content.reason === 'missing' ? content : problemResponse(content, untilNext)
  const known = [...links, ...(content.links ?? [])]
  const headers = {
    ...validators,
    'Content-Type': mediaType,
    'Last-Modified': formatDate(lastModified),
    ...(known.length > 0 ? { Link: formatLinks(known) } : {}),
    ...representation.headers,
    ...content.headers,
  }
  const gzip = acceptsGzip(acceptedCodings(request))
  const news = await delta?.()
  // As a client counts: what it would be sent of the whole, packed or not.
  const whole = gzip ? content.bytes.length : (content.size ?? content.bytes.length)
  if (news && news.bytes.length < whole) return sendDelta(news, headers)
  return send(content, gzip, headers)
}

export function problemResponse(problem: HttpProblem, untilNext?: number): Response {
  const { status, body, headers } = answerProblem(problem, untilNext)
  return textResponse(body, status, headers)
}

/** Answers with a short text, and says its length, so that HEAD can say it too. */
export function textResponse(
  text: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): Response {
  return bytesResponse(new TextEncoder().encode(text), status, headers)
}

/** Answers with bytes, and says their length. */
export function bytesResponse(
  bytes: Uint8Array,
  status: number,
  headers: Readonly<Record<string, string>>,
): Response {
  const length = { 'Content-Length': String(bytes.length) }
  return new Response(bytes, { status, headers: { ...headers, ...COMMON_HEADERS, ...length } })
}

/**
 * Sends a delta, which nobody stores: it is of this client only (RFC 3229 §10.4.1), and a cache that
 * does not know the status might give it to others.
 */
function sendDelta({ base, bytes }: Delta, headers: Record<string, string>): Response {
  return new Response(bytes, {
    status: 226,
    statusText: 'IM Used',
    headers: {
      ...headers,
      IM: 'feed',
      'Delta-Base': formatTag(base),
      'Cache-Control': NOT_STORED,
      Vary: 'A-IM, If-None-Match, Accept-Encoding',
      'Content-Length': String(bytes.length),
    },
  })
}

/** Sends stored gzip as it is, or unpacks it on the way for a client that takes none. */
function send({ bytes, size }: Content, gzip: boolean, headers: Record<string, string>): Response {
  if (size === undefined) return bytesResponse(bytes, 200, headers)
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

/** Returns what the client itself accepts: at the edge the header is rewritten on its way in. */
function acceptedCodings(request: Request): string | undefined {
  const original = (request as Request<unknown, IncomingRequestCfProperties>).cf
    ?.clientAcceptEncoding
  return fieldValue(original ?? request.headers.get('Accept-Encoding') ?? undefined)
}
