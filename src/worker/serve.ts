/** The frame of every route: find the current edition, answer from it, or say why not. */

import type { Context } from 'hono'
import { plainPath } from '../article/web-address.ts'
import { SCHEMA } from '../edition/object.ts'
import type { Isolate } from './isolate.ts'
import type { Bindings } from './kv.ts'
import { bareProblem } from './problem-page.ts'
import { answerFromNewest, type Missing, type Reading } from './reading.ts'

/** The environment that Hono hands to a handler: the bindings, and the isolate. */
export type HonoEnv = { Bindings: Bindings & { readonly isolate: Isolate } }

/** Returns the time in whole seconds, as editions count it. */
function secondsNow(): number {
  return Math.floor(Date.now() / 1000)
}

/** Answers from one edition; with 503 while there is none to be read. */
export async function serveReading(
  c: Context<HonoEnv>,
  answer: (reading: Reading) => Promise<Response | Missing>,
): Promise<Response> {
  const now = secondsNow()
  const { env, req } = c
  const { current, shelf } = env.isolate
  const edge = env.isolate.edge(req.url, (work) => c.executionCtx.waitUntil(work))
  const position = await current.position(env, edge, now)
  const answered =
    typeof position === 'string'
      ? position
      : await answerFromNewest(shelf.open(env, edge, now), position, now, answer)
  if (typeof answered !== 'string') return answered
  return answered === 'unpublished'
    ? bareProblem(c, { reason: 'unpublished', schema: SCHEMA })
    : bareProblem(c, { reason: 'unavailable', schema: SCHEMA, lasting: env.isolate.outage(now) })
}

/** The paths that no URL parser would write differently, unless a segment begins with a dot. */
const PLAIN_PATH = /^[\w/.~-]*$/

/** Returns the path in the one spelling that names in a directory have: they are compared exactly. */
export function requestPath(c: Context<HonoEnv>): string {
  const { path, url } = c.req
  // Hono has cut it out, and decoded it. A parsed URL costs as much as the rest of a 304.
  const isExact = !url.includes('%') && PLAIN_PATH.test(path) && !path.includes('/.')
  return isExact ? path : plainPath(new URL(url).pathname)
}
