/**
 * Dates as other systems and people write them, so that a message can say how theirs is spelled
 * here. None of them is taken as it stands: whoever reads `01/02/2026` guesses.
 */

import { parseInstant } from './instant.ts'
import { formatOffset, instantIn, twoDigits, type Zone } from './zone.ts'

export type SpelledDate = {
  /** `2026-01-15`. */
  readonly day: string
  /** `09:30:00`; undefined: a day alone. */
  readonly time: string | undefined
  /** `+01:00` or `Z`. */
  readonly offset: string | undefined
}

/** The most that a date has, with the long name of its zone behind it. */
const MOST_DATE_CHARACTERS = 80

const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Names of zones in mail (RFC 5322 §4.3), in hours. */
const HOURS_OF_ZONES: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
}

/** Forms of a day: each has groups `year`, `month` and `day`, or `first` and `second`. */
const DAYS: readonly RegExp[] = [
  /^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?!\d)/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?=$|T)/i,
  /^(?:[a-z]+\.?,?\s+)?(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-](?<month>[a-z]{3,9})\.?,?[\s-](?<year>\d{4})/i,
  /^(?:[a-z]+\.?,?\s+)?(?<month>[a-z]{3,9})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})/i,
  /^(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})/,
  /^(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})/,
]

const TIME =
  /^(?:T|,?\s+(?:at\s+)?)(?<hour>\d{1,2}):?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,]\d+)?)?\s*(?:(?<half>[ap])\.?m\.?)?\s*(?<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[a-z]{3})?\s*(?:\([^)]*\))?$/i

/** Reads a date that is not spelled as edgewire wants it; undefined if it could be two, or none. */
export function readOtherDate(text: string): SpelledDate | undefined {
  if (text.length > MOST_DATE_CHARACTERS) return undefined
  for (const form of DAYS) {
    const found = form.exec(text)
    const day = found && dayFrom(found.groups ?? {})
    if (!day) continue
    const rest = text.slice(found[0].length)
    if (rest.trim() === '') return { day, time: undefined, offset: undefined }
    const { groups } = TIME.exec(rest) ?? {}
    return groups && withTime(day, groups)
  }
  return undefined
}

type Groups = Readonly<Record<string, string | undefined>>

function dayFrom({ year = '', month, day, first = '', second = '' }: Groups): string | undefined {
  // 25/12 and 12/25 are the same day; 1/2 is one of two.
  if (month === undefined) {
    if (Number(first) > 12) return dayFrom({ year, month: second, day: first })
    return Number(second) > 12 ? dayFrom({ year, month: first, day: second }) : undefined
  }
  const named = MONTH_NAMES.indexOf(month.slice(0, 3).toLowerCase()) + 1
  const number = /^\d/.test(month) ? Number(month) : named
  return number === 0 ? undefined : `${year}-${twoDigits(number)}-${twoDigits(Number(day))}`
}

function withTime(day: string, groups: Groups): SpelledDate | undefined {
  const { hour = '', minute = '', second = '00', half, zone } = groups
  const isAfternoon = half?.toLowerCase() === 'p'
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  const offset = zone && offsetFrom(zone)
  if (zone && !offset) return undefined
  return { day, time: `${twoDigits(hours)}:${minute}:${second}`, offset: offset || undefined }
}

function offsetFrom(zone: string): string | undefined {
  if (/^(?:Z|UTC|GMT)$/i.test(zone)) return 'Z'
  const [, sign, hours, minutes = '00'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  if (sign !== undefined) return `${sign}${twoDigits(Number(hours))}:${minutes}`
  const named = HOURS_OF_ZONES[zone.toLowerCase()]
  return named === undefined ? undefined : `-${twoDigits(-named)}:00`
}

/**
 * Spells a date as edgewire reads it. What it does not say is taken from the site's zone, or from
 * UTC; undefined if it is not in the calendar.
 */
export function spell(date: SpelledDate, timezone: Zone | undefined): string | undefined {
  const { day, time, offset } = date
  if (time === undefined && timezone !== undefined) return ifReal(`${day}T12:00:00Z`) && day
  const local = `${day}T${time ?? '12:00:00'}`
  if (offset !== undefined || timezone === undefined) return ifReal(`${local}${offset ?? 'Z'}`)
  const inUtc = parseInstant(`${local}Z`)
  if (!inUtc.ok) return undefined
  return `${local}${formatOffset(timezone, instantIn(timezone, inUtc.value))}`
}

function ifReal(spelled: string): string | undefined {
  return parseInstant(spelled).ok ? spelled : undefined
}

/** Names what is wrong with a date that is nearly right. */
export function faultsOfSpelling(text: string): string[] {
  const faults: string[] = []
  if (/:\d{2}\s+[+-]\d/.test(text)) faults.push('no blank before the offset')
  if (/(?:\d|GMT|UTC)\s*[+-]\d{4}(?=$|\s)/i.test(text)) faults.push('a colon in the offset')
  return faults
}
