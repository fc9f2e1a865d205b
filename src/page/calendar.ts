/** A month as a table of weeks from Monday on (ISO 8601): how many articles each day has. */

import { type Instant, secondsAt } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import { dateInWords } from './date.ts'
import { type Html, html } from './html.ts'
import { inLanguage, voiceIn } from './language.ts'

/** A day with articles: the day of the month, how many it has, and the address of the first. */
export type Day = { readonly day: number; readonly count: number; readonly address: string }

const DAY_SECONDS = 86_400

/** Writes the table of a month; `instant` is any one in it. */
export function calendar(instant: Instant, days: readonly Day[], site: Site): Html {
  const { language } = site
  const { words, mark } = voiceIn(language, site)
  const date = new Date(instant * 1000)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const first = secondsAt(year, month + 1, 1)
  const length = (secondsAt(year, month + 2, 1) - first) / DAY_SECONDS
  const blank = (new Date(first * 1000).getUTCDay() + 6) % 7
  const known = new Map(days.map((day) => [day.day, day]))
  const weeks = Array.from({ length: Math.ceil((blank + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_cell, weekday) => {
      const number = week * 7 + weekday - blank + 1
      return number < 1 || number > length ? html`<td></td>` : cell(number, known.get(number))
    }),
  )
  return html`
    <table class="calendar" ${inLanguage(language)}>
      <caption class="meta"${mark}>${words.days}</caption>
      <thead><tr>${weekdays(language)}</tr></thead>
      <tbody>${weeks.map((week) => html`<tr>${week}</tr>`)}</tbody>
    </table>
  `
}

function cell(number: number, day: Day | undefined): Html {
  if (!day) return html`<td><span class="quiet">${number}</span></td>`
  return html`<td><a href="${day.address}">${number}<small>${day.count}</small></a></td>`
}

/** Names the days of the week, from Monday on. */
function weekdays(language: string): Html[] {
  // 1 January 2024 was a Monday.
  const monday = secondsAt(2024, 1, 1)
  return Array.from({ length: 7 }, (_, index) => {
    const name = dateInWords(monday + index * DAY_SECONDS, language, 'weekday')
    return html`<th scope="col">${name}</th>`
  })
}
