/**
 * Answers to requests: validators first, then preconditions, and only then the body.
 */

import { type EntityTag, formatTag } from '../http/entity-tag.ts'
import { fieldsOf } from '../http/field.ts'
import { freshFor, NOT_STORED } from '../http/freshness.ts'
import { formatDate } from '../http/http-date.ts'
import { formatLinks, type Link } from '../http/link.ts'
import { evaluatePreconditions } from '../http/preconditions.ts'
import { answerProblem, type HttpProblem } from '../http/problem-document.ts'
import {
  type CodedBody,
  code,
  codedResponse,
  MOST_PACKED,
  type StoredBytes,
  takesPacked,
} from './coding.ts'
import { type Absence, isFailure } from './failure.ts'
import type { Reading } from './reading.ts'

/** The bytes of an answer. */
export type Content = StoredBytes & {
  /** Links that are known only when the object is read. */
  readonly links?: readonly Link[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** A feed document of only what is new since the instance whose tag is `base` (RFC 3229). */
export type Delta = { readonly base: EntityTag; readonly bytes: Uint8Array }

/** The version of what is at an address, by which a client knows whether it has it. */
export type Version = {
  readonly tag: EntityTag
  readonly changed: number
  /** The freshness of what changes with the edition, if nothing else is said. */
  readonly cacheControl?: string | undefined
  /** Request fields on which the answer depends. */
  readonly vary?: string | undefined
}

export type Representation = Omit<Version, 'tag' | 'vary'> & {
  readonly mediaType: string
  /** An opaque tag that is unique to the bytes: digests and a format. */
  readonly tag: string
  readonly links?: readonly Link[]
  readonly headers?: Readonly<Record<string, string>>
  /** Request fields beside `Accept-Encoding` on which the answer depends. */
  readonly vary?: readonly string[]
  /** Returns what is new to a client that has another instance; if undefined, it gets the whole. */
  readonly delta?: () => Promise<Delta | undefined>
  /** Reads the content; a problem is one that only reading finds. */
  readonly body: () => Promise<Content | Absence | HttpProblem> | Content | Absence | HttpProblem
}

/** Fields of every answer: browsers may read it from anywhere, and guess no types. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
  'X-Content-Type-Options': 'nosniff',
}

/** The fields of an answer that the conditions of its request let through, and its date. */
type Passed = { readonly headers: Record<string, string>; readonly lastModified: number }

/** Answers a request whose conditions ask for no content: with 304 or 412. */
export function passConditions(
  request: Request,
  { facts, now, untilNext }: Reading,
  { tag, changed, vary, cacheControl = freshFor(facts.site.ttl, untilNext) }: Version,
): Passed | Response {
  const lastModified = Math.min(Math.max(changed, facts.floor), now)
  const validators = {
    ETag: formatTag(tag),
    'Cache-Control': cacheControl,
    ...(vary === undefined ? {} : { Vary: vary }),
    ...COMMON_HEADERS,
  }
  switch (evaluatePreconditions(fieldsOf(request.headers), { tag, lastModified }, now)) {
    case 'not-modified':
      return new Response(null, { status: 304, headers: validators })
    case 'precondition-failed':
      return problemResponse({ reason: 'precondition-failed' })
    case 'proceed': {
      const headers = { ...validators, 'Last-Modified': formatDate(lastModified) }
      return { headers, lastModified }
    }
  }
}

/** Answers with a representation, as the conditions of the request have it: 200, 226, 304 or 412. */
export async function answerWith(
  request: Request,
  reading: Reading,
  representation: Representation,
): Promise<Response | Absence> {
  const { mediaType, tag, vary = [], links = [], body, delta } = representation
  const passed = passConditions(request, reading, {
    ...representation,
    // Weak: another coding changes the bytes, and not what they say (RFC 9110 §8.8.1).
    tag: { opaque: tag, weak: true },
    vary: ['Accept-Encoding', ...vary].join(', '),
  })
  if (passed instanceof Response) return passed
  const content = await body()
  if (isFailure(content))
    return content.reason === 'missing' ? content : problemResponse(content, reading.untilNext)
  const known = [...links, ...(content.links ?? [])]
  const headers = {
    ...passed.headers,
    'Content-Type': mediaType,
    ...(known.length > 0 ? { Link: formatLinks(known) } : {}),
    ...representation.headers,
    ...content.headers,
  }
  const packed = takesPacked(request)
  const news = await delta?.()
  const coded = news && (await codeDelta(news, packed, tag, reading))
  // As a client counts: by the bytes that it would be sent, packed or not.
  const whole = packed ? content.bytes.length : (content.size ?? content.bytes.length)
  if (news && coded?.length !== undefined && coded.length < whole)
    return sendDelta(news, coded, headers)
  return codedResponse(await code(content, packed, { name: tag, memory: reading.packed }), {
    headers,
  })
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
  const bytes = new TextEncoder().encode(text)
  const length = { 'Content-Length': String(bytes.length) }
  return new Response(bytes, { status, headers: { ...headers, ...COMMON_HEADERS, ...length } })
}

/** Codes a delta, all at once: how long it is decides whether it is sent. */
function codeDelta(
  { base, bytes }: Delta,
  packed: boolean,
  tag: string,
  { packed: memory }: Reading,
): Promise<CodedBody> {
  const name = `${tag} ${base.opaque}`
  return code({ bytes }, packed, { name, memory, atOnce: MOST_PACKED })
}

/**
 * Sends a delta, which nobody stores: it is of this client only (RFC 3229 §10.4.1), and a cache that
 * does not know the status might give it to others.
 */
function sendDelta({ base }: Delta, coded: CodedBody, headers: Record<string, string>): Response {
  return codedResponse(coded, {
    status: 226,
    statusText: 'IM Used',
    headers: {
      ...headers,
      IM: 'feed',
      'Delta-Base': formatTag(base),
      'Cache-Control': NOT_STORED,
      Vary: 'A-IM, If-None-Match, Accept-Encoding',
    },
  })
}
