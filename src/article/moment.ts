/**
 * Moments: instants as their authors wrote them, with an offset, or as a day alone. Documents for
 * programs have the instant; addresses and pages have the day, and the time if one was written.
 */

import { fail, ok, type Result } from '../markup/result.ts'
import { formatInstant, type Instant, type InstantError, parseInstant } from './instant.ts'
import { faultsOfSpelling, readOtherDate, type SpelledDate, spell } from './other-dates.ts'
import { dayIn, instantIn, UTC, type Zone } from './zone.ts'

export type Moment = {
  readonly instant: Instant
  /** The zone whose clocks tell it: that of the site, or the offset that its author wrote. */
  readonly zone: Zone
  /** Whether its author wrote a day alone. */
  readonly isDay: boolean
}

/** Why a text is no moment, and how it would be spelled if it were one. */
export type MomentError =
  | Exclude<InstantError, { readonly reason: 'no-offset' }>
  | { readonly reason: 'misspelled'; readonly spelled: string; readonly faults: readonly string[] }
  | { readonly reason: 'no-offset'; readonly spelled: string; readonly zone: Zone }
  | { readonly reason: 'day-alone'; readonly spelled: string }

const DAY_ALONE = /^\d{4}-\d{2}-\d{2}$/
const OFFSET = /[+-]\d{2}:\d{2}$/
const HALF_A_DAY = 12 * 3600

/** Reads what an author wrote: `timezone` is that of the site, if it has one. */
export function parseMoment(text: string, timezone: Zone | undefined): Result<Moment, MomentError> {
  const written = text.trim()
  if (timezone !== undefined && DAY_ALONE.test(written)) return dayOf(written, timezone)
  const instant = parseInstant(written)
  if (instant.ok)
    return ok({ instant: instant.value, zone: timezone ?? zoneWritten(written), isDay: false })
  const { failure } = instant
  if (failure.reason !== 'no-instant' && failure.reason !== 'no-offset') return fail(failure)
  const date = readOtherDate(written)
  return fail((date && spelling(date, written, timezone)) ?? { reason: 'no-instant' })
}

/** Returns a day as its noon: a day that is told anywhere else is still the same. */
function dayOf(day: string, zone: Zone): Result<Moment, MomentError> {
  const midnight = parseInstant(`${day}T00:00:00Z`)
  if (!midnight.ok) return fail(midnight.failure as MomentError)
  return ok({ instant: instantIn(zone, midnight.value + HALF_A_DAY), zone, isDay: true })
}

function zoneWritten(text: string): Zone {
  const offset = OFFSET.exec(text)?.[0]
  return offset === undefined || offset.endsWith('00:00') ? UTC : offset
}

/** Spells a date of another form; undefined if it is not in the calendar. */
function spelling(
  date: SpelledDate,
  written: string,
  timezone: Zone | undefined,
): MomentError | undefined {
  const spelled = spell(date, timezone)
  if (spelled === undefined) return undefined
  if (date.time === undefined && timezone === undefined) return { reason: 'day-alone', spelled }
  if (date.time !== undefined && date.offset === undefined)
    return { reason: 'no-offset', spelled, zone: timezone ?? UTC }
  return { reason: 'misspelled', spelled, faults: faultsOfSpelling(written) }
}

/** Tells an instant that no author wrote by the clocks of a zone. */
export function momentIn(zone: Zone, instant: Instant): Moment {
  return { instant, zone, isDay: false }
}

/** Writes a moment for programs: exactly, or as the day alone that its author wrote. */
export function formatMoment(moment: Moment): string {
  return moment.isDay ? dayOfMoment(moment) : formatInstant(moment.instant)
}

/** Returns the day of a moment, as its author knows it: `2026-01-15`. */
export function dayOfMoment({ instant, zone }: Moment): string {
  return dayIn(zone, instant)
}
