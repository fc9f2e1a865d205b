/**
 * The count of keys that were written today: the free plan has 1,000 a day (UTC), for the whole
 * account.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { integer, minValue, number, object, pipe, safeParse, string } from 'valibot'
import { formatInstant, type Instant } from '../article/instant.ts'

/** Writes a day on the free plan. */
export const FREE_WRITES = 1000

const SPENT = object({ day: string(), keys: pipe(number(), integer(), minValue(0)) })

export type Quota = {
  /** Keys that may still be written today, as far as this machine knows. */
  readonly left: number
}

/** Reads how many writes are left today; `most` is how many a day has. */
export function readQuota(file: string, most: number, now: Instant): Quota {
  return { left: Math.max(0, most - spentOn(utcDay(now), file)) }
}

/** Counts keys that were written. */
export function spend(file: string, keys: number, now: Instant): void {
  const day = utcDay(now)
  const spent = { day, keys: spentOn(day, file) + keys }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(spent))
  renameSync(`${file}.new`, file)
}

function utcDay(now: Instant): string {
  return formatInstant(now).slice(0, 10)
}

function spentOn(day: string, file: string): number {
  const found = existsSync(file)
    ? safeParse(SPENT, parseJson(readFileSync(file, 'utf8')))
    : undefined
  return found?.success && found.output.day === day ? found.output.keys : 0
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A crash has cut it off. It is only an estimate, so it begins at 0 again.
    return undefined
  }
}
