/** The frame of every route: find the current edition, answer from it, or say why not. */

import type { Context } from 'hono'
import { SCHEMA } from '../edition/object.ts'
import { type Absence, isFailure } from './failure.ts'
import type { Isolate } from './isolate.ts'
import type { Bindings } from './kv.ts'
import { bareProblem } from './problem-page.ts'
import { answerFromNewest, type Reading } from './reading.ts'

/** The environment that Hono hands to a handler: the bindings, and the isolate. */
export type HonoEnv = { Bindings: Bindings & { readonly isolate: Isolate } }

/** Answers from one edition; with 503 while there is none to be read. */
export async function serveReading(
  c: Context<HonoEnv>,
  answer: (reading: Reading) => Promise<Response | Absence>,
): Promise<Response> {
  // Editions count whole seconds.
  const now = Math.floor(Date.now() / 1000)
  const { env, req } = c
  const { isolate } = env
  const { current, shelf } = isolate
  const edge = isolate.edge(req.url, (work) => c.executionCtx.waitUntil(work))
  const position = await current.position(env, edge, now)
  const answered = isFailure(position)
    ? position
    : await answerFromNewest(shelf.open(env, edge, now), position, now, answer)
  if (!isFailure(answered)) return answered
  switch (answered.reason) {
    case 'unpublished':
      return bareProblem(c, { reason: 'unpublished', schema: SCHEMA })
    case 'unavailable':
    case 'missing':
      return bareProblem(c, { reason: 'unavailable', schema: SCHEMA, lasting: isolate.outage(now) })
  }
}
