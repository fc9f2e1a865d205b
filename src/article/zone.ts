/**
 * Time zones: where a day begins. A zone is a name of the IANA database, or an offset such as
 * `+09:00`; `Intl` knows both, with all changes of their clocks.
 */

import { nearest } from '../markup/text.ts'
import { formatInstant, type Instant, secondsAt } from './instant.ts'

/** A name that `Intl` takes: `Asia/Tokyo`, `+09:00`, `UTC`. */
export type Zone = string

export const UTC: Zone = 'UTC'

/** Returns the zone whose clocks tell what no author wrote: that of the site, or UTC. */
export function zoneOf(site: { readonly timezone?: Zone | undefined }): Zone {
  return site.timezone ?? UTC
}

/** The formats that were used: making one is slow, and there are few. */
const clocks = new Map<Zone, Intl.DateTimeFormat>()

function clockOf(zone: Zone): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, made)
  return made
}

/** Returns how many seconds the clocks of a zone are ahead of UTC at an instant. */
function offsetAt(zone: Zone, instant: Instant): number {
  if (zone === UTC) return 0
  const parts = clockOf(zone).formatToParts(instant * 1000)
  const part = new Map(parts.map(({ type, value }) => [type, value]))
  const number = (name: Intl.DateTimeFormatPartTypes): number => Number(part.get(name))
  const year = part.get('era') === 'BC' ? 1 - number('year') : number('year')
  const day = secondsAt(year, number('month'), number('day'))
  return day + number('hour') * 3600 + number('minute') * 60 + number('second') - instant
}

/**
 * Returns the instant at which the clocks of a zone show what those of UTC show at `local`. Where
 * they are put forward over it, it is as much later; where they show it twice, it is one of both.
 */
export function instantIn(zone: Zone, local: Instant): Instant {
  const near = local - offsetAt(zone, local)
  return local - offsetAt(zone, near)
}

/** Returns the day of an instant in a zone: `2026-01-15`. */
export function dayIn(zone: Zone, instant: Instant): string {
  return formatInstant(instant + offsetAt(zone, instant)).slice(0, 10)
}

/** Writes the offset of a zone at an instant, to the minute: `+09:00`. */
export function formatOffset(zone: Zone, instant: Instant): string {
  const offset = Math.round(offsetAt(zone, instant) / 60)
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`
}

/** Writes a number with two digits. */
export function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

/** Tells whether this is the name of a zone. An offset is none: it does not know summer. */
export function isZoneName(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    // It has no other way to say that it does not know one.
    return false
  }
}

/** Finds the zones whose name, or whose city, is most like a word. */
export function zonesNear(word: string): string[] {
  const names = Intl.supportedValuesOf('timeZone')
  const city = word.toLowerCase().replace(/\s+/g, '_')
  const there = names.filter((name) => name.toLowerCase().endsWith(`/${city}`))
  return there.length > 0 ? there : nearest(word, names, 1)
}
