/** The deployed site, asked over HTTP: which schema its Worker reads, and which edition it serves. */

import { setTimeout } from 'node:timers/promises'
import { type InferOutput, partial, safeParse } from 'valibot'
import { HEALTH } from '../edition/contract.ts'
import { SCHEMA } from '../edition/object.ts'
import { failed, type Outcome } from './outcome.ts'
import { linesOf } from './terminal.ts'

/** What is known of a site even before anything is published: the problem document says it too. */
const SCHEMA_READ = partial(HEALTH, ['site', 'edition', 'number', 'age'])

/** Seconds for one question, between two, and for all. */
const PATIENCE = { answer: 10, again: 1, all: 300 }

/** Refuses a Worker that does not read what would be published. */
export async function askWorker(base: string): Promise<Outcome | undefined> {
  const health = await healthOf(base)
  // A site that does not answer may not have its domain yet: nothing is known against it.
  if (!health || health.schema >= SCHEMA) return undefined
  const failure = { reason: 'old-worker', schema: health.schema, own: SCHEMA }
  return failed(
    failure,
    `The Worker at ${base} reads schema ${health.schema}, and this edgewire writes ${SCHEMA}: run \`npx wrangler deploy\` first. Nothing was published.`,
  )
}

/** Waits until the site serves an edition, and says for how long. */
export async function waitFor(base: string, edition: number, outcome: Outcome): Promise<Outcome> {
  const begun = performance.now()
  const seconds = (): number => Math.round((performance.now() - begun) / 1000)
  while (seconds() < PATIENCE.all) {
    const served = (await healthOf(base))?.number ?? 0
    if (served >= edition) {
      const last = `${base} serves edition ${served} after ${seconds()} s.`
      const words = [...linesOf(outcome.words), last]
      return { ...outcome, words, data: { ...outcome.data, served, seconds: seconds() } }
    }
    await setTimeout(PATIENCE.again * 1000)
  }
  return failed(
    { reason: 'not-served' },
    [
      ...linesOf(outcome.words),
      `${base} did not serve edition ${edition} within ${PATIENCE.all} s. It is published: look at the address, and at \`npx wrangler tail\`.`,
    ],
    'unreachable',
  )
}

async function healthOf(base: string): Promise<InferOutput<typeof SCHEMA_READ> | undefined> {
  try {
    const response = await fetch(new URL('/health', base), {
      signal: AbortSignal.timeout(PATIENCE.answer * 1000),
    })
    const health = safeParse(SCHEMA_READ, await response.json())
    return health.success ? health.output : undefined
  } catch {
    // No such host, no answer, or no JSON: there is no site to be asked there yet.
    return undefined
  }
}
