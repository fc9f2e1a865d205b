/**
 * Pages: the front page, and those of feeds and of archives. What changes with every article lies
 * in one object, the feed's: its page, its archive, and the months that are open. A month's pages
 * get names of their own when they close; until then the Worker finds them in the feed's object.
 */

import type { Digest } from '../article/platform.ts'
import type { PageFacts } from '../edition/facts.ts'
import { archiveFolder, FEEDS_FOLDER, pageName } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import { archivePage, monthPage } from '../page/archive-pages.ts'
import { feedPage, frontPage } from '../page/feed-page.ts'
import { type FeedGroup, feedsPage } from '../page/feeds-page.ts'
import { hostsOfList } from '../page/hosts.ts'
import type { Assets } from '../page/layout.ts'
import { partsOf } from './archives.ts'
import { type Group, groupFeeds } from './feed-groups.ts'
import type { PlannedFeed } from './feed-plans.ts'
import type { Member, Rendition } from './member.ts'
import { type PlannedPage, planMonths } from './months.ts'
import type { Press } from './press.ts'
import type { NamedProduct, Product } from './product.ts'

/** The most feeds of a kind that the front page lists, and that the list of all feeds does. */
const MOST_ON_FRONT = 24
const MOST_LISTED = 1000
/** The most stories that a page shows, however long its feed is. */
const MOST_STORIES = 50

/**
 * Writes all pages of a site, but for those of articles; none, where it has its pages elsewhere.
 */
export function writePages(
  feeds: readonly PlannedFeed[],
  assets: Assets,
  press: Press,
): NamedProduct[] {
  const { site } = press.corpus
  if (!site.pages) return []
  const groups = groupFeeds(feeds).filter(({ kind }) => kind !== 'everything')
  const all = feedGroupsOf(groups, MOST_LISTED)
  const list = writePage(['feeds', all, assets], press, () => [
    { address: FEEDS_FOLDER, content: feedsPage(site, all, assets) },
  ])
  return [
    ...feeds.flatMap((feed) => writeFeedPages(feed, groups, assets, press)),
    [pageName(FEEDS_FOLDER), list],
  ]
}

/** Pages by their addresses, in one object; `shown` are the articles whose images a page shows. */
type Contents = readonly {
  readonly address: string
  readonly content: string
  readonly shown?: readonly Rendition[]
}[]

function writePage(inputs: readonly unknown[], press: Press, make: () => Contents): Product {
  return press.object(['page', ...inputs], () => {
    const pages = make()
    const parts = pages.map(({ address, content }) => ({ name: address, content, gzip: true }))
    return writeObject('page', pageFactsOf(pages, press), parts, press.platform)
  })
}

function pageFactsOf(pages: Contents, { corpus }: Press): PageFacts {
  const hosts = pages.flatMap(({ address, shown = [] }) => {
    const articles = shown.map(({ article }) => article)
    const found = hostsOfList(articles, corpus.site)
    return found.length > 0 ? [[address, found] as const] : []
  })
  return hosts.length > 0 ? { hosts: Object.fromEntries(hosts) } : {}
}

/** Writes the pages of a feed and of its archive. */
function writeFeedPages(
  { plan, members }: PlannedFeed,
  groups: readonly Group[],
  assets: Assets,
  press: Press,
): NamedProduct[] {
  const { site } = press.corpus
  const { name, title } = plan
  const parts = plan.archives ? partsOf(members) : []
  const archive = { address: archiveFolder(name), feed: name, title }
  const own = plan.archives ? archive.address : undefined
  // A feed without an archive of its own leads to that of everything.
  const older = own ?? (site.archives ? archiveFolder('/') : undefined)
  const { months, pages } = planMonths(name, parts, site.language)
  const open = pages.filter(({ isOpen }) => isOpen)
  const closed = pages.filter(({ isOpen }) => !isOpen)
  const lines = renderedOf(members).slice(0, Math.min(plan.length, MOST_STORIES))
  const others = name === '/' ? foremost(groups) : undefined
  const monthly = ({ page }: PlannedPage): Contents[number] => {
    const content = monthPage(site, page, archive, assets)
    return { address: page.address, content }
  }
  const inputs = [plan, others, assets, objectsOf(lines), months, open.map(pageInputsOf)]
  const page = { feed: plan, stories: lines, archive: older }
  const make = (): Contents => [
    {
      address: name,
      content: others
        ? frontPage(site, { ...page, groups: others }, assets)
        : feedPage(site, page, assets),
      shown: lines,
    },
    ...(own === undefined
      ? []
      : [{ address: own, content: archivePage(site, archive, months, assets) }]),
    ...open.map(monthly),
  ]
  const object = writePage(inputs, press, make)
  return [
    [pageName(name), object],
    ...(own === undefined ? [] : [[pageName(own), object] satisfies NamedProduct]),
    ...closed.map((planned): NamedProduct => {
      const inputs = [pageInputsOf(planned), title, assets]
      const page = writePage(inputs, press, () => [monthly(planned)])
      return [pageName(planned.page.address), page]
    }),
  ]
}

function renderedOf(members: readonly Member[]): Rendition[] {
  return members.flatMap(({ rendered }) => rendered ?? [])
}

function objectsOf(lines: readonly Rendition[]): Digest[] {
  return lines.map(({ object }) => object)
}

/** Lists what a page is made from: its articles by their objects. */
function pageInputsOf({ page: { articles: _, ...page }, members }: PlannedPage): unknown {
  return [page, objectsOf(renderedOf(members))]
}

/**
 * Lists the first feeds of each kind by name: an article that is published moves none in or out.
 */
function feedGroupsOf(groups: readonly Group[], most: number): FeedGroup[] {
  return groups.map(({ kind, feeds }) => ({
    kind,
    feeds: feeds.slice(0, most).map(({ plan: { name, heading } }) => ({ name, heading })),
  }))
}

/** Lists the feeds of each kind with most articles, by name. */
function foremost(groups: readonly Group[]): FeedGroup[] {
  const largest = groups.map((group) => ({
    ...group,
    feeds: group.feeds
      .toSorted((a, b) => b.members.length - a.members.length)
      .slice(0, MOST_ON_FRONT)
      .toSorted((a, b) => (a.plan.name < b.plan.name ? -1 : 1)),
  }))
  return feedGroupsOf(largest, MOST_ON_FRONT)
}
