/**
 * The deployed site, asked over HTTP: which schema its Worker reads, which edition it serves, and
 * what its clock says.
 */

import { setTimeout } from 'node:timers/promises'
import { type InferOutput, partial, safeParse } from 'valibot'
import type { Instant } from '../article/instant.ts'
import { HEALTH } from '../changes/contract.ts'
import { SCHEMA } from '../edition/object.ts'
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

/**
 * Refuses a Worker that does not read what would be published, and a clock of this machine that
 * differs from the site's: an edition dated in the future would shut out everybody else until then.
 */
export async function askWorker(base: string, clock: () => Instant): Promise<Outcome | undefined> {
  const asked = clock()
  const answer = await healthOf(base)
  // A site that does not answer may not have its domain yet, which is no reason to refuse.
  if (!answer) return undefined
  const { health, now } = answer
  if (now !== undefined) {
    // The site may have answered at any moment between the two readings of the clock.
    const ahead = asked > now ? asked - now : Math.min(0, clock() - now)
    if (Math.abs(ahead) > CLOCK_TOLERANCE) return wrongClock(base, ahead)
  }
  if (health.schema >= SCHEMA) return undefined
  const failure = { reason: 'old-worker', schema: health.schema, own: SCHEMA }
  return failed(
    failure,
    `The Worker at ${base} reads schema ${health.schema}, and this edgewire writes ${SCHEMA}: run \`npx wrangler deploy\` first. Nothing was published.`,
  )
}

function wrongClock(base: string, seconds: number): Outcome {
  const skew = `${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'}`
  const failure = { reason: 'wrong-clock', seconds }
  return failed(
    failure,
    `The clock of this machine is ${skew} that of ${base}: set it, since editions are ordered by it. Nothing was written.`,
  )
}

/** Waits until the site serves an edition, and says for how long. */
export async function waitFor(base: string, edition: number, outcome: Outcome): Promise<Outcome> {
  const begun = performance.now()
  const seconds = (): number => Math.round((performance.now() - begun) / 1000)
  while (seconds() < SITE_PATIENCE.all) {
    const served = (await healthOf(base))?.health.number ?? 0
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

async function healthOf(base: string): Promise<HealthReport | undefined> {
  try {
    const response = await fetch(new URL('/health', base), {
      signal: AbortSignal.timeout(SITE_PATIENCE.answer * 1000),
    })
    const health = safeParse(SCHEMA_READ, await response.json())
    return health.success ? { health: health.output, now: timeOf(response) } : undefined
  } catch {
    // No such host, no answer, or no JSON: there is no site to ask yet.
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
