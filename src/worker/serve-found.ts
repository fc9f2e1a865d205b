/** The way of every route with one thing at an address: what is not found here may be elsewhere. */

import type { Context } from 'hono'
import type { DirectoryEntry } from '../edition/directory.ts'
import { answerElsewhere, answerMoved } from './elsewhere.ts'
import { type Absence, isFailure } from './failure.ts'
import type { Lookup, Reading } from './reading.ts'
import { type HonoEnv, serveReading } from './serve.ts'

/** Answers with what is found in an edition; if nothing is, or it has no answer, from elsewhere. */
export function serveFound<Found extends DirectoryEntry | Lookup<unknown>>(
  c: Context<HonoEnv>,
  find: (reading: Reading) => Promise<Found | undefined | Absence>,
  answer: (
    found: Found,
    reading: Reading,
  ) => Promise<Response | Absence | undefined> | Response | undefined,
): Promise<Response> {
  return serveReading(c, async (reading) => {
    const moved = await answerMoved(c, reading)
    if (moved) return moved
    const found = await find(reading)
    if (isFailure(found)) return found
    return (found && (await answer(found, reading))) ?? answerElsewhere(c, reading)
  })
}
