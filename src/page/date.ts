/** A date as people write it, in the language of the page. */

import { formatInstant, type Instant } from '../article/instant.ts'
import { element } from '../feed/xml.ts'
import { type Html, trusted } from './html.ts'

/** Making one is slow, and there are as many as languages. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: string): Intl.DateTimeFormat {
  const known = formats.get(language)
  const format = known ?? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  if (!known) formats.set(language, format)
  return format
}

export function dateOf(instant: Instant, language: string): Html {
  const words = formatOf(language).format(instant * 1000)
  return trusted(element('time', words, { datetime: formatInstant(instant) }))
}
