/** The frame of every route: find the current edition, answer from it, or say why not. */

import type { Context } from 'hono'
import { plainPath } from '../article/web-address.ts'
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

/** The paths that no URL parser would write differently, unless a segment begins with a dot. */
const PLAIN_PATH = /^[\w/.~-]*$/

/** Returns the path in the one spelling that names in a directory have: they are compared exactly. */
export function requestPath(c: Context<HonoEnv>): string {
  const { path, url } = c.req
  // Hono has cut it out, and decoded it. A parsed URL costs as much as the rest of a 304.
  const isExact = !url.includes('%') && PLAIN_PATH.test(path) && !path.includes('/.')
  return isExact ? path : plainPath(new URL(url).pathname)
}
