/**
 * Problem documents (RFC 9457): what a program is told when it does not get what it asked for.
 *
 * `reason` is the extension member to switch on; the words are for people and may change.
 */

import { FRESH_FOR_A_DAY, freshFor, freshUntil, NOT_STORED } from './freshness.ts'
import { formatContentRange } from './range.ts'

/** The register of reasons: a program switches on them. */
export const REASONS = [
  'not-found',
  'retracted',
  'method-not-allowed',
  'precondition-failed',
  'unsatisfiable-range',
  'invalid-cursor',
  'unknown-cursor',
  'unpublished',
  'unavailable',
  'internal',
] as const

type Reason = (typeof REASONS)[number]

/** The facts of a problem beside its reason. */
type ProblemFacts = {
  /** `near`: addresses that may have been meant. */
  readonly 'not-found': { readonly path: string; readonly near: readonly string[] }
  readonly retracted: {
    readonly id: string
    readonly at: string
    readonly why: string | undefined
    readonly replacement: string | undefined
  }
  readonly 'method-not-allowed': { readonly method: string }
  readonly 'precondition-failed': object
  /** `length`: the bytes of the file, in which the range does not begin. */
  readonly 'unsatisfiable-range': { readonly length: number }
  /** `changes`: the address at which to start again. */
  readonly 'invalid-cursor': { readonly changes: string }
  readonly 'unknown-cursor': { readonly changes: string }
  /** `schema`: what this Worker reads, so that a publisher knows before anything is published. */
  readonly unpublished: { readonly schema: number }
  /** `lasting`: seconds for which the store is known to fail. */
  readonly unavailable: { readonly schema: number; readonly lasting: number }
  readonly internal: object
}

/** A problem of any reason; a reason without facts does not compile, nor does one without words. */
export type HttpProblem = { [R in Reason]: { readonly reason: R } & ProblemFacts[R] }[Reason]

/** The reason phrases of the statuses that a problem may have (RFC 9110 §15). */
const REASON_PHRASES = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  412: 'Precondition Failed',
  416: 'Range Not Satisfiable',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

export type ProblemAnswer = {
  readonly status: keyof typeof REASON_PHRASES
  /** Words for people, in a page or in the document. */
  readonly title: string
  readonly detail: string
  /** The problem document. */
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'
export const ALLOW = 'GET, HEAD, OPTIONS'

/** Seconds after which a client may try again: numbers, because some readers parse no date. */
const RETRY_UNPUBLISHED = 30
const RETRY_SOONEST = 5
const RETRY_LATEST = 300

/** Puts a problem into words; `untilNext` is how long the current edition still lasts. */
export function answerProblem(problem: HttpProblem, untilNext?: number): ProblemAnswer {
  const answer = (
    status: ProblemAnswer['status'],
    detail: string,
    facts: object = {},
    headers: Record<string, string> = { 'Cache-Control': NOT_STORED },
  ): ProblemAnswer => {
    const title = REASON_PHRASES[status]
    const { reason } = problem
    const document = { type: 'about:blank', title, status, detail, reason, ...facts }
    const body = `${JSON.stringify(document)}\n`
    return { status, title, detail, body, headers: { 'Content-Type': PROBLEM_TYPE, ...headers } }
  }
  switch (problem.reason) {
    case 'not-found':
      return answer(
        404,
        `There is nothing at ${problem.path}.${suggestion(problem.near)}`,
        problem.near.length > 0 ? { near: problem.near } : {},
        // Never stale: what is not there may come at any time.
        { 'Cache-Control': freshUntil(60, untilNext) },
      )
    case 'retracted': {
      const { id, at, why, replacement } = problem
      const detail = `The article was retracted at ${at}${why ? `: ${why}` : '.'}`
      return answer(
        410,
        detail,
        { id, retracted_at: at, why, replacement },
        { 'Cache-Control': freshFor(300, untilNext) },
      )
    }
    case 'method-not-allowed':
      return answer(
        405,
        `${problem.method} is not possible here.`,
        {},
        {
          Allow: ALLOW,
          'Cache-Control': FRESH_FOR_A_DAY,
        },
      )
    case 'precondition-failed':
      return answer(412, 'What is here is not what the request asked for.')
    case 'unsatisfiable-range': {
      const { length } = problem
      const range = { 'Content-Range': formatContentRange('unsatisfiable', length) }
      return answer(
        416,
        `The file has ${length} bytes, and the range begins behind them.`,
        { length },
        { 'Cache-Control': NOT_STORED, ...range },
      )
    }
    case 'invalid-cursor':
      return answer(
        400,
        `This is not a cursor that edgewire gave. Start again at ${problem.changes}`,
        { changes: problem.changes },
      )
    case 'unknown-cursor':
      return answer(
        410,
        'The edition that the cursor names is unknown here, or is not kept any more. ' +
          `Walk everything from ${problem.changes} and drop whatever is not in it.`,
        { changes: problem.changes },
      )
    case 'unpublished':
      return answer(
        503,
        'Nothing is published yet.',
        { schema: problem.schema },
        retryAfter(RETRY_UNPUBLISHED),
      )
    case 'unavailable':
      return answer(
        503,
        'What is published here cannot be read at the moment.',
        { schema: problem.schema },
        retryAfter(retrySeconds(problem.lasting)),
      )
    case 'internal':
      return answer(500, 'Something went wrong here; it has been logged.')
  }
}

function suggestion(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`
}

/** Returns the seconds to wait: half of what the outage has lasted, within bounds. */
function retrySeconds(lasting: number): number {
  return Math.min(RETRY_LATEST, Math.max(RETRY_SOONEST, Math.floor(lasting / 2)))
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'Retry-After': String(seconds), 'Cache-Control': NOT_STORED }
}
