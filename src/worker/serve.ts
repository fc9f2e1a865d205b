/** What every route does: find the current edition, answer from it, or say why that cannot be. */

import type { Context } from 'hono'
import { plainPath } from '../article/web-address.ts'
import { SCHEMA } from '../edition/object.ts'
import type { Isolate } from './isolate.ts'
import type { Bindings } from './kv.ts'
import { bareProblem } from './problem-page.ts'
import { MISSING, type Missing, type Reading, readEdition } from './reading.ts'

export type App = { Bindings: Bindings & { readonly isolate: Isolate } }

/** Whole seconds: the clock of an edition. */
function clock(): number {
  return Math.floor(Date.now() / 1000)
}

/** Answers from one edition; 503 while there is none to be read. */
export async function serve(
  c: Context<App>,
  answer: (reading: Reading) => Promise<Response | Missing>,
): Promise<Response> {
  const now = clock()
  const { current, shelf } = c.env.isolate
  const position = await current.position(c.env, now)
  if (!position) return bareProblem(c, { reason: 'unpublished', schema: SCHEMA })
  const open = shelf.open(c.env, c.req.url, (work) => c.executionCtx.waitUntil(work))
  const answered = await readEdition(open, position, now, answer)
  return answered === MISSING ? bareProblem(c, { reason: 'unavailable' }) : answered
}

/** A path that no URL parser would write differently, unless a segment begins with a dot. */
const PLAIN = /^[\w/.~-]*$/

/** The path in the one spelling that names in a directory have: they are compared exactly. */
export function pathOf(c: Context<App>): string {
  const { path, url } = c.req
  // Hono has cut it out, and decoded it. A parsed URL costs as much as the rest of a 304.
  const isExact = !url.includes('%') && PLAIN.test(path) && !path.includes('/.')
  return isExact ? path : plainPath(new URL(url).pathname)
}
