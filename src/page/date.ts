/** A date as people write it, in the language of the page. */

import { formatInstant, type Instant } from '../article/instant.ts'
import { element } from '../feed/xml.ts'
import { type Html, trusted } from './html.ts'

export function dateOf(instant: Instant, language: string): Html {
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    instant * 1000,
  )
  return trusted(element('time', words, { datetime: formatInstant(instant) }))
}
