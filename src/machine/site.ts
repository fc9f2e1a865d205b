/**
 * The deployed site, asked over HTTP: which schema its Worker reads, which edition it serves, and
 * what its clock says.
 */

import { setTimeout } from 'node:timers/promises'
import { type InferOutput, partial, safeParse } from 'valibot'
import type { Instant } from '../article/instant.ts'
import { HEALTH } from '../changes/contract.ts'
import { SCHEMA } from '../edition/object.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { failed, type Outcome } from './outcome.ts'
import { messageLines } from './terminal.ts'

/**
 * The part of `/health` that is known before anything is published: the problem document says it
 * too.
 */
const SCHEMA_READ = partial(HEALTH, ['site', 'edition', 'number', 'age'])

/** Seconds for one question, between two of them, and for all together. */
const SITE_PATIENCE = { answer: 10, again: 1, all: 300 }

/** Seconds by which a clock may differ from the site's: editions are ordered by it. */
const CLOCK_TOLERANCE = 180

/** Why it is not known who serves a site: nobody answers, or somebody who is not edgewire. */
type Unknown =
  | { readonly reason: 'no-answer'; readonly base: string }
  | { readonly reason: 'not-edgewire'; readonly base: string; readonly status: number }

export type SiteFailure =
  | Unknown
  | {
      readonly reason: 'old-worker'
      readonly base: string
      readonly schema: number
      readonly own: number
    }
  | { readonly reason: 'wrong-clock'; readonly base: string; readonly seconds: number }

/**
 * Asks whether the Worker of a site reads what would be published, and whether the clock of this
 * machine is that of the site: an edition dated in the future would shut out everybody else until
 * then.
 */
export async function askWorker(
  base: string,
  clock: () => Instant,
): Promise<Result<undefined, SiteFailure>> {
  const asked = clock()
  const answer = await healthOf(base)
  if (!answer.ok) return answer
  const { health, now } = answer.value
  if (now !== undefined) {
    // The site may have answered at any moment between the two readings of the clock.
    const seconds = asked > now ? asked - now : Math.min(0, clock() - now)
    if (Math.abs(seconds) > CLOCK_TOLERANCE) return fail({ reason: 'wrong-clock', base, seconds })
  }
  const { schema } = health
  return schema < SCHEMA ? fail({ reason: 'old-worker', base, schema, own: SCHEMA }) : ok(undefined)
}

/** Waits until the site serves an edition, and says for how long. */
export async function waitFor(base: string, edition: number, outcome: Outcome): Promise<Outcome> {
  const begun = performance.now()
  const seconds = (): number => Math.round((performance.now() - begun) / 1000)
  while (seconds() < SITE_PATIENCE.all) {
    const answer = await healthOf(base)
    const served = answer.ok ? (answer.value.health.number ?? 0) : 0
    if (served >= edition) {
      const last = `${base} serves edition ${served} after ${seconds()} s.`
      const words = [...messageLines(outcome.words), last]
      return { ...outcome, words, data: { ...outcome.data, served, seconds: seconds() } }
    }
    await setTimeout(SITE_PATIENCE.again * 1000)
  }
  return failed(
    { reason: 'not-served' },
    [
      ...messageLines(outcome.words),
      `${base} did not serve edition ${edition} within ${SITE_PATIENCE.all} s. It is published: look at the address, and at \`npx wrangler tail\`.`,
    ],
    'unreachable',
  )
}

type HealthReport = {
  readonly health: InferOutput<typeof SCHEMA_READ>
  /** The time of the site, if it says so. */
  readonly now: Instant | undefined
}

/** Asks a site for its health. */
async function healthOf(base: string): Promise<Result<HealthReport, Unknown>> {
  const heard = await fetchText(new URL('/health', base))
  if (!heard) return fail({ reason: 'no-answer', base })
  const { response, text } = heard
  const health = safeParse(SCHEMA_READ, parseJson(text))
  return health.success
    ? ok({ health: health.output, now: timeOf(response) })
    : fail({ reason: 'not-edgewire', base, status: response.status })
}

/** Asks, and reads the whole answer; undefined if there is no such host, or none comes in time. */
async function fetchText(
  address: URL,
): Promise<{ readonly response: Response; readonly text: string } | undefined> {
  try {
    const signal = AbortSignal.timeout(SITE_PATIENCE.answer * 1000)
    const response = await fetch(address, { signal })
    return { response, text: await response.text() }
  } catch {
    // Whatever goes wrong on the way, nobody was heard.
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads the time from an answer, and adds the seconds that a cache has kept it (RFC 9111, section
 * 4.2.3).
 */
function timeOf({ headers }: Response): Instant | undefined {
  const date = Math.floor(Date.parse(headers.get('Date') ?? '') / 1000)
  const age = Number(headers.get('Age') ?? 0)
  return Number.isFinite(date + age) ? date + age : undefined
}
