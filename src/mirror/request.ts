/**
 * The requests to a site that is not trusted: redirects are judged, and bytes, seconds and attempts
 * are bounded (`bounds.ts`).
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../markup/result.ts'
import { type AllowedOrigins, judgeAddress } from './address.ts'
import type { PullBounds } from './bounds.ts'
import type { PullFailure } from './words.ts'

export type Answer = {
  /** The address that answered, after redirects. */
  readonly from: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Bytes of the answer, unpacked. */
  readonly bytes: number
}

export type Question = {
  readonly address: URL
  /** The entity-tag of the page that is here already. */
  readonly tag: string | undefined
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]
const PASSING: readonly number[] = [429, 503]

/** Asks, and asks again for a while if that failed for a passing reason. */
export async function ask(
  question: Question,
  origins: AllowedOrigins,
  bounds: PullBounds,
): Promise<Result<Answer, PullFailure>> {
  for (let [attempt, pause] = [1, bounds.firstPause]; ; attempt += 1, pause *= 2) {
    const answer = await attemptOnce(question, origins, bounds)
    if (!passes(answer) || attempt >= bounds.attempts) return answer
    const asked = answer.ok ? secondsAsked(answer.value.headers.get('Retry-After')) : 0
    // An earlier attempt would be rude, and in vain.
    if (asked > bounds.longestPause)
      return fail({ reason: 'come-back', address: question.address, seconds: asked })
    await sleep(Math.max(asked, pause) * 1000)
  }
}

function passes(answer: Result<Answer, PullFailure>): boolean {
  return answer.ok ? PASSING.includes(answer.value.status) : answer.failure.reason === 'no-answer'
}

/**
 * Reads how many seconds a `Retry-After` asks for (RFC 9110 §10.2.3), in seconds or by a date; none
 * if it is neither.
 */
function secondsAsked(value: string | null): number {
  if (value === null) return 0
  if (/^\d+$/.test(value)) return Number(value)
  const at = / GMT$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}

async function attemptOnce(
  question: Question,
  origins: AllowedOrigins,
  bounds: PullBounds,
): Promise<Result<Answer, PullFailure>> {
  const watch = watchOver(bounds)
  const { address } = question
  try {
    return await followRedirects(question, origins, bounds, watch)
  } catch (error) {
    if (watch.signal.aborted) return fail({ reason: 'too-slow', address })
    return fail({ reason: isGarbled(error) ? 'garbled' : 'no-answer', address })
  } finally {
    watch.end()
  }
}

/** Asks, and follows redirects, as long as they stay within the sites that may be asked. */
async function followRedirects(
  { address, tag }: Question,
  origins: AllowedOrigins,
  bounds: PullBounds,
  watch: Watch,
): Promise<Result<Answer, PullFailure>> {
  const headers = { Accept: 'application/feed+json', ...(tag ? { 'If-None-Match': tag } : {}) }
  let from = address
  for (let hop = 0; hop <= bounds.redirects; hop += 1) {
    const response = await fetch(from, { headers, redirect: 'manual', signal: watch.signal })
    const location = response.headers.get('Location')
    if (location === null || !REDIRECTS.includes(response.status))
      return readAnswer(response, from, watch, bounds)
    await response.body?.cancel()
    const next = judgeAddress(location, from, origins)
    if (!next.ok) return next
    from = next.value
  }
  return fail({ reason: 'redirects', address, most: bounds.redirects })
}

/** Reads an answer, and counts its bytes unpacked: a small answer may become a large one. */
async function readAnswer(
  response: Response,
  from: URL,
  watch: Watch,
  { answerBytes }: PullBounds,
): Promise<Result<Answer, PullFailure>> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    // Leaving the loop cancels what is still to come.
    if (bytes > answerBytes) return fail({ reason: 'too-large', address: from, most: answerBytes })
    watch.came(chunk.length)
    text += decoder.decode(chunk, { stream: true })
  }
  text += decoder.decode()
  return ok({ from, status: response.status, headers: response.headers, text, bytes })
}

/** Tells whether an answer came that is broken gzip, or no UTF-8. */
function isGarbled(error: unknown): boolean {
  const { code = '', cause } = error as { code?: string; cause?: { code?: string } }
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' || /^Z_/.test(cause?.code ?? '')
}

type Watch = {
  readonly signal: AbortSignal
  readonly came: (bytes: number) => void
  readonly end: () => void
}

/** Starts the clock of an answer, which is given up if it takes too long, or trickles. */
function watchOver({ answerSeconds, stallSeconds, leastBytes }: PullBounds): Watch {
  const controller = new AbortController()
  let fresh = 0
  const whole = setTimeout(() => controller.abort(), answerSeconds * 1000)
  const stall = setInterval(() => {
    if (fresh < leastBytes) controller.abort()
    fresh = 0
  }, stallSeconds * 1000)
  return {
    signal: controller.signal,
    came(bytes) {
      fresh += bytes
    },
    end() {
      clearTimeout(whole)
      clearInterval(stall)
    },
  }
}
