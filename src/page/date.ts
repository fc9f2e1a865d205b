/** Dates as people write them, in the page's language; in UTC, which is the same for everyone. */

import { formatInstant, type Instant } from '../article/instant.ts'
import { localesOf } from '../article/language.ts'
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

/** Formatters by language and form: making one is slow, and there are few. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** Writes an instant in words. */
export function dateInWords(instant: Instant, language: string, form: DateForm): string {
  const key = `${language} ${form}`
  const known = formats.get(key)
  // Where a language is not known, English: otherwise it would be that of this machine.
  const format =
    known ?? new Intl.DateTimeFormat(localesOf(language), { ...DATE_FORMS[form], timeZone: 'UTC' })
  if (!known) formats.set(key, format)
  return format.format(instant * 1000)
}

/** Writes an instant in words, with the exact one for machines. */
export function timeElement(instant: Instant, language: string, form: DateForm = 'date'): Html {
  return html`<time datetime="${formatInstant(instant)}">${dateInWords(instant, language, form)}</time>`
}
