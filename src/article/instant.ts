/**
 * Instants: whole seconds since 1970-01-01T00:00:00Z.
 *
 * The language's own date parser rolls 30 February over into March and takes a missing offset
 * for local time, so what people write is read here, strictly (RFC 3339 §5.6).
 */

import { fail, ok, type Result } from '../markup/result.ts'

/** Whole seconds since the epoch, UTC. */
export type Instant = number

export type InstantError =
  | { readonly reason: 'no-instant' }
  | { readonly reason: 'no-offset' }
  | { readonly reason: 'no-such-date' }
  | { readonly reason: 'out-of-range' }

/** The first and the last year that four digits can write, and all readers of feeds can read. */
const EARLIEST = secondsAt(1, 1, 1)
const LATEST = secondsAt(10_000, 1, 1) - 1

const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$/

/** Reads `2026-01-15T09:30:00+01:00`. Seconds may be left out, the offset may not. */
export function parseInstant(text: string): Result<Instant, InstantError> {
  const match = PATTERN.exec(text.trim())
  if (!match) return fail({ reason: 'no-instant' })
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Numbers
  if (!isDate(year, month, day)) return fail({ reason: 'no-such-date' })
  if (match[4] === undefined || match[7] === undefined) return fail({ reason: 'no-offset' })
  const clock = secondsOfDay(hour, minute, second || 0)
  const offset = secondsOfOffset(match[7])
  if (clock === undefined || offset === undefined) return fail({ reason: 'no-such-date' })
  const instant = secondsAt(year, month, day) + clock - offset
  return instant < EARLIEST || instant > LATEST ? fail({ reason: 'out-of-range' }) : ok(instant)
}

type Numbers = [number, number, number, number, number, number]

/** The form of an instant as edgewire writes it. */
export const INSTANT_PATTERN: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** Writes RFC 3339 in UTC, to the second: `2026-01-15T08:30:00Z`. */
export function formatInstant(instant: Instant): string {
  return `${new Date(instant * 1000).toISOString().slice(0, 19)}Z`
}

/** Writes IMF-fixdate (RFC 9110 §5.6.7), which is also the RFC 822 form that RSS asks for. */
export function formatHttpDate(instant: Instant): string {
  return new Date(instant * 1000).toUTCString()
}

/** Returns the instant at which a day begins in UTC; a 0th month or a 32nd day is in the next. */
export function secondsAt(year: number, month: number, day: number): Instant {
  // Date.UTC would take the years before 100 for those of the last century.
  return new Date(0).setUTCFullYear(year, month - 1, day) / 1000
}

/** Returns the instant at which a day or a month begins in UTC: `2026-01-15`, `2026-01`. */
export function beginningOf(day: string): Instant {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return secondsAt(year, month, date)
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(secondsAt(year, month, day) * 1000)
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && day >= 1
}

function secondsOfDay(hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 60) return undefined
  // A leap second is clamped: UTC as computers keep it has no 61st second.
  return hour * 3600 + minute * 60 + Math.min(second, 59)
}

function secondsOfOffset(offset: string): number | undefined {
  if (offset.toUpperCase() === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(4, 6))
  if (hours > 23 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60)
}
