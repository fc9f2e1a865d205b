/**
 * The archive as people walk it: its months with how many articles each has, and for each month a
 * calendar of its days. A busy month has several pages, like its archive documents.
 */

import type { Listing } from '../article/article.ts'
import { beginningOf, type Instant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import { countOfArticles, filledIn } from '../article/words.ts'
import { calendar, type Day } from './calendar.ts'
import { dateInWords } from './date.ts'
import { type Html, html } from './html.ts'
import { arrowsIn, inLanguage, type Voice, voiceIn } from './language.ts'
import { type Assets, closePage, openBody, openPage } from './layout.ts'
import { lineList } from './stories.ts'
import { subscribe, subscribeScript } from './subscribe.ts'

/** A month in which articles were published. */
export type MonthEntry = {
  /** An instant in the month; any one does. */
  readonly instant: Instant
  readonly count: number
  /** Address of its first page. */
  readonly address: string
}

/** The page before a page of a month, or the one after it. */
export type Neighbour = { readonly address: string; readonly label: string }

/** A page of a month. */
export type MonthPage = {
  /** Address of the page, from the root of the site. */
  readonly address: string
  readonly label: string
  readonly month: MonthEntry
  /** Articles that the page lists, oldest first. */
  readonly articles: readonly Listing[]
  /** Days of the whole month, on its first page; undefined on the others. */
  readonly days: readonly Day[] | undefined
  readonly before: Neighbour | undefined
  readonly after: Neighbour | undefined
}

/** An archive: the address of its page of all months, and the folder and the title of its feed. */
export type Archive = { readonly address: string; readonly feed: string; readonly title: string }

/** Writes the page of all months; they come newest first. */
export function archivePage(
  site: Site,
  { address, feed, title }: Archive,
  months: readonly MonthEntry[],
  assets: Assets,
): string {
  const told = months.filter(({ count }) => count > 0)
  const years = Map.groupBy(told, ({ instant }) => new Date(instant * 1000).getUTCFullYear())
  const total = months.reduce((sum, { count }) => sum + count, 0)
  const voice = voiceIn(site.language, site)
  const { words, mark } = voice
  const articles = countOfArticles(total, voice)
  const page = html`
    ${openArchive(site, { address, title: `${words.archive} — ${title}`, more: subscribeScript(assets) }, assets)}\
    <div class="top">
      <div${mark}>\
        <h1>${words.archive}</h1>
        <p class="tagline">${filledIn(words.by_month, { articles })}</p>\
      </div>\
    </div>
    ${Array.from(years, ([year, ofYear]) => yearSection(year, ofYear, site))}\
    ${subscribe(feed, site.language, site)}\
    ${closePage(site)}`
  return String(page)
}

/** Writes a page of a month, of the archive that it is from. */
export function monthPage(site: Site, page: MonthPage, from: Archive, assets: Assets): string {
  const { words, mark } = voiceIn(site.language, site)
  const { address, label, month, articles, days } = page
  const byDay = Map.groupBy(articles, ({ day }) => dayOfMonth(day))
  const content = html`
    ${openArchive(site, { address, title: `${label} — ${from.title}` }, assets)}\
    <h1>${label}</h1>
    ${stepsFrom(page, from.address, site)}
    <div class="month">
      ${days && calendar(month.instant, days, site)}
      ${articles.length === 0 && html`<p${mark}>${words.all_withdrawn}</p>`}
      ${Array.from(byDay, ([day, ofDay]) => daySection(day, ofDay, site))}\
    </div>\
    ${closePage(site)}`
  return String(content)
}

/** Links to the pages before and after one, and to all months. */
function stepsFrom({ before, after }: MonthPage, archive: string, site: Site): Html {
  const { language } = site
  const { words, mark } = voiceIn(language, site)
  const { back, on } = arrowsIn(language)
  return html`
    <nav class="step" aria-label="${words.months}"${mark}>\
      ${before ? stepTo(before.address, 'prev', `${back} ${before.label}`, language) : html`<span></span>`}\
      <a href="${archive}">${words.all_months}</a>\
      ${after ? stepTo(after.address, 'next', `${after.label} ${on}`, language) : html`<span></span>`}\
    </nav>`
}

function stepTo(address: string, rel: string, label: string, language: string): Html {
  return html`<a href="${address}" rel="${rel}" ${inLanguage(language)}>${label}</a>`
}

function daySection(day: number, articles: readonly Listing[], site: Site): Html {
  const words = dateInWords(beginningOf(articles[0]?.day ?? ''), site.language, 'day')
  return html`
    <section class="group" aria-labelledby="d-${day}">\
      <h2 id="d-${day}" ${inLanguage(site.language)}>${words}</h2>
      ${lineList(articles, site)}\
    </section>
  `
}

/** Returns the number of a day in its month, from 1. */
export function dayOfMonth(day: string): number {
  return Number(day.slice(8))
}

/** The facts in which the heads of an archive's pages differ. */
type ArchiveHead = { readonly address: string; readonly title: string; readonly more?: Html }

function openArchive(site: Site, { address, ...own }: ArchiveHead, assets: Assets): Html {
  const { language, base } = site
  const head = openPage(
    { ...own, language, canonical: base + address, description: undefined },
    site,
  )
  return html`${head}${openBody(site, assets)}`
}

function yearSection(year: number, months: readonly MonthEntry[], site: Site): Html {
  const { language } = site
  const voice = voiceIn(language, site)
  const items = months.map((month) => monthItem(month, language, voice))
  return html`
    <section class="group" aria-labelledby="y-${year}">\
      <h2 id="y-${year}">${year}</h2>
      <ol class="months" ${inLanguage(language)}>${items}</ol>\
    </section>
  `
}

function monthItem({ instant, count, address }: MonthEntry, language: string, voice: Voice): Html {
  const name = dateInWords(instant, language, 'month-alone')
  return html`
    <li>\
      <a href="${address}">\
        ${name}<small${voice.mark}>${countOfArticles(count, voice)}</small>\
      </a>\
    </li>`
}
