/**
 * The pages of an archive: its months, each cut where its archive documents are, so that a page
 * that is closed is not written again. Two pages at most are open: the first of the newest month,
 * which has its calendar, and the one on which the next article will stand.
 */

import { beginningOf } from '../article/instant.ts'
import {
  dayOfMonth,
  type MonthEntry,
  type MonthPage,
  type Neighbour,
} from '../page/archive-pages.ts'
import type { Day } from '../page/calendar.ts'
import { dateInWords } from '../page/date.ts'
import { type ArchivePart, folderOf } from './archives.ts'
import type { Member } from './member.ts'

export type PlannedPage = {
  readonly page: MonthPage
  /** The members on it, oldest first. */
  readonly members: readonly Member[]
  readonly isOpen: boolean
}

export type Months = {
  /** Newest first. */
  readonly months: readonly MonthEntry[]
  /** Oldest first. */
  readonly pages: readonly PlannedPage[]
}

/**
 * Plans the months of a feed: `feed` is its folder, `parts` are those of its archive, oldest first.
 */
export function planMonths(feed: string, parts: readonly ArchivePart[], language: string): Months {
  const sheets = parts.map((part) => sheetOf(feed, part, language))
  const byMonth = Map.groupBy(sheets, ({ month }) => month)
  const entries = new Map(Array.from(byMonth, ([month, ofMonth]) => [month, monthEntryOf(ofMonth)]))
  const newest = sheets.at(-1)?.month
  const pages = sheets.map((sheet, index): PlannedPage => {
    const { address, month, live, isFirst, isClosed } = sheet
    const page = {
      address,
      label: sheet.link.label,
      month: entries.get(month) ?? monthEntryOf([sheet]),
      articles: live.map(({ article }) => article),
      days: isFirst ? daysOf(byMonth.get(month) ?? []) : undefined,
      before: sheets[index - 1]?.link,
      after: sheets[index + 1]?.link,
    }
    return { page, members: live, isOpen: month === newest && (isFirst || !isClosed) }
  })
  return { months: [...entries.values()].toReversed(), pages }
}

/** A part as a page. */
type Sheet = {
  /** `2022-11`. */
  readonly month: string
  readonly address: string
  readonly link: Neighbour
  readonly live: readonly Member[]
  readonly isFirst: boolean
  readonly isClosed: boolean
}

function sheetOf(feed: string, part: ArchivePart, language: string): Sheet {
  const [month, number] = [part.period.slice(0, 7), part.period.slice(8)]
  const address = folderOf(feed, part)
  const name = dateInWords(beginningOf(month), language, 'month')
  return {
    month,
    address,
    link: { address, label: number ? `${name} (${number})` : name },
    live: part.members.filter(({ rendered }) => rendered).toReversed(),
    isFirst: number === '',
    isClosed: part.closed,
  }
}

function monthEntryOf(sheets: readonly Sheet[]): MonthEntry {
  const [first] = sheets
  return {
    instant: beginningOf(first?.month ?? '1970-01'),
    count: sheets.reduce((sum, { live }) => sum + live.length, 0),
    address: first?.address ?? '/',
  }
}

/** Lists the days of a month, each with the page on which it begins. */
function daysOf(sheets: readonly Sheet[]): Day[] {
  const days = new Map<number, Day>()
  for (const { address, live } of sheets) {
    for (const { article } of live) {
      const day = dayOfMonth(article.day)
      const known = days.get(day)
      days.set(day, {
        day,
        count: (known?.count ?? 0) + 1,
        address: known?.address ?? `${address}#d-${day}`,
      })
    }
  }
  return [...days.values()]
}
