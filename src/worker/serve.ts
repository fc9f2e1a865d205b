/** The frame of every route: find the current edition, answer from it, or say why not. */

import type { Context } from 'hono'
import { plainPath } from '../article/web-address.ts'
import { SCHEMA } from '../edition/object.ts'
import type { Isolate } from './isolate.ts'
import type { Bindings } from './kv.ts'
import { bareProblem } from './problem-page.ts'
import { type Missing, type Reading, readEdition } from './reading.ts'

export type App = { Bindings: Bindings & { readonly isolate: Isolate } }

/** Returns the time in whole seconds, as editions count it. */
function clock(): number {
  return Math.floor(Date.now() / 1000)
}

/** Answers from one edition; with 503 while there is none to be read. */
export async function serve(
  c: Context<App>,
  answer: (reading: Reading) => Promise<Response | Missing>,
): Promise<Response> {
  const now = clock()
  const { env, req } = c
  const { current, shelf } = env.isolate
  const edge = env.isolate.edge(req.url, (work) => c.executionCtx.waitUntil(work))
  const position = await current.position(env, edge, now)
  const answered =
    typeof position === 'string'
      ? position
      : await readEdition(shelf.open(env, edge, now), position, now, answer)
  if (typeof answered !== 'string') return answered
  return answered === 'unpublished'
    ? bareProblem(c, { reason: 'unpublished', schema: SCHEMA })
    : bareProblem(c, { reason: 'unavailable', schema: SCHEMA, lasting: env.isolate.outage(now) })
}

/** The paths that no URL parser would write differently, unless a segment begins with a dot. */
const PLAIN = /^[\w/.~-]*$/

/** Returns the path in the one spelling that names in a directory have: they are compared exactly. */
export function pathOf(c: Context<App>): string {
  const { path, url } = c.req
  // Hono has cut it out, and decoded it. A parsed URL costs as much as the rest of a 304.
  const isExact = !url.includes('%') && PLAIN.test(path) && !path.includes('/.')
  return isExact ? path : plainPath(new URL(url).pathname)
}
