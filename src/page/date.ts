/**
 * Dates as people write them, in the page's language: told by the clocks of the site, or of the
 * author. A day alone has no time.
 */

import type { Instant } from '../article/instant.ts'
import { localesOf } from '../article/language.ts'
import { formatMoment, type Moment } from '../article/moment.ts'
import { UTC, type Zone } from '../article/zone.ts'
import { type Html, html } from './html.ts'

/**
 * Forms of a date. Those of archives are Gregorian, whatever calendar a language is used to: their
 * addresses are.
 */
const DATE_FORMS = {
  date: { dateStyle: 'long' },
  moment: {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  },
  day: { dateStyle: 'long', calendar: 'gregory' },
  month: { year: 'numeric', month: 'long', calendar: 'gregory' },
  'month-alone': { month: 'long', calendar: 'gregory' },
  weekday: { weekday: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

export type DateForm = keyof typeof DATE_FORMS

/** Formatters by language, form and zone: making one is slow, and there are few. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** Writes an instant in words. */
export function dateInWords(
  instant: Instant,
  language: string,
  form: DateForm,
  zone: Zone = UTC,
): string {
  const key = `${language} ${form} ${zone}`
  const known = formats.get(key)
  // Where a language is not known, English: otherwise it would be that of this machine.
  const format =
    known ?? new Intl.DateTimeFormat(localesOf(language), { ...DATE_FORMS[form], timeZone: zone })
  if (!known) formats.set(key, format)
  return format.format(instant * 1000)
}

/** Writes a moment in words, with the exact one for machines. */
export function timeElement(moment: Moment, language: string, form: DateForm = 'date'): Html {
  const { instant, zone, isDay } = moment
  const words = dateInWords(instant, language, isDay ? 'date' : form, zone)
  return html`<time datetime="${formatMoment(moment)}">${words}</time>`
}
