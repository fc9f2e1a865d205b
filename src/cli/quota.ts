/** How many keys were written today: the free plan has 1,000 a day (UTC), for the whole account. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { number, object, safeParse, string } from 'valibot'
import { formatInstant, type Instant } from '../article/instant.ts'

/** Writes a day on the free plan. */
export const FREE_WRITES = 1000

const SPENT = object({ day: string(), keys: number() })

export type Quota = {
  /** Keys that may still be written today, as far as this machine knows. */
  readonly left: number
  readonly spend: (keys: number) => void
}

/** Reads what was spent today; `most` is what a day has. */
export function openQuota(file: string, most: number, now: Instant): Quota {
  const day = formatInstant(now).slice(0, 10)
  const found = existsSync(file)
    ? safeParse(SPENT, parseJson(readFileSync(file, 'utf8')))
    : undefined
  let spent = found?.success && found.output.day === day ? found.output.keys : 0
  return {
    left: Math.max(0, most - spent),
    spend(keys) {
      spent += keys
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify({ day, keys: spent }))
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut off by a crash: it is a help, and not a record.
    return undefined
  }
}
