/**
 * Pages: the front page, and those of feeds and of archives. What changes with every article lies
 * in one object, the feed's: its page, its archive, and the months that are open. A month's pages
 * get names of their own when they close; until then the Worker finds them in the feed's object.
 */

import type { Digest } from '../article/platform.ts'
import { archivePage, monthPage } from '../page/archive-pages.ts'
import { type FeedGroup, feedPage, feedsPage, frontPage } from '../page/feed-page.ts'
import { hostsOfList } from '../page/hosts.ts'
import type { Assets } from '../page/layout.ts'
import { partsOf } from './archives.ts'
import type { Named } from './documents.ts'
import type { PageFacts } from './facts.ts'
import { type Group, groupFeeds } from './feed-groups.ts'
import type { Member, PlannedFeed } from './feed-plans.ts'
import { type PlannedPage, planMonths } from './months.ts'
import { archiveFolder, FEEDS_FOLDER, pageName } from './names.ts'
import { writeObject } from './object.ts'
import type { Press, Rendered } from './press.ts'

/** As many feeds of a kind as the front page lists, and as the list of all feeds does. */
const MOST_ON_FRONT = 24
const MOST_LISTED = 1000

/** All pages of a site, but for those of articles; none, where it has its pages elsewhere. */
export function writePages(feeds: readonly PlannedFeed[], assets: Assets, press: Press): Named[] {
  const { site } = press.corpus
  if (!site.pages) return []
  const groups = groupFeeds(feeds).filter(({ kind }) => kind !== 'everything')
  const all = listed(groups, MOST_LISTED)
  const list = writePage(['feeds', all, assets], press, () => [
    [FEEDS_FOLDER, feedsPage(site, all, assets)],
  ])
  return [
    ...feeds.flatMap((feed) => writeFeedPages(feed, groups, assets, press)),
    [pageName(FEEDS_FOLDER), list],
  ]
}

/** Pages by their addresses, in one object. */
type Contents = readonly (readonly [address: string, content: string])[]

/** `shown` are the articles whose images it shows. */
function writePage(
  inputs: readonly unknown[],
  press: Press,
  make: () => Contents,
  shown: readonly Rendered[] = [],
): Digest {
  return press.object(['page', ...inputs], () => {
    const hosts = hostsOfList(
      shown.map(({ article }) => article),
      press.corpus.site,
    )
    const facts: PageFacts = { hosts: hosts.length > 0 ? hosts : undefined }
    const parts = make().map(([name, content]) => ({ name, content, gzip: true }))
    return writeObject('page', facts, parts, press.platform)
  })
}

/** The pages of a feed and of its archive. */
function writeFeedPages(
  { plan, members }: PlannedFeed,
  groups: readonly Group[],
  assets: Assets,
  press: Press,
): Named[] {
  const { site } = press.corpus
  const { name, title } = plan
  const parts = plan.archives ? partsOf(members) : []
  const own = plan.archives ? archiveFolder(name) : undefined
  // A feed without an archive of its own leads to that of everything.
  const older = own ?? (site.archives ? archiveFolder('/') : undefined)
  const { months, pages } = planMonths(name, parts, site.language)
  const open = pages.filter(({ isOpen }) => isOpen)
  const closed = pages.filter(({ isOpen }) => !isOpen)
  const lines = renderedOf(members).slice(0, plan.length)
  const others = name === '/' ? listed(groups, MOST_ON_FRONT) : undefined
  const monthly = ({ page }: PlannedPage): Contents[number] => {
    return [page.address, monthPage(site, page, archiveFolder(name), assets)]
  }
  const inputs = [plan, others, assets, objectsOf(lines), months, open.map(inputsOf)]
  const make = (): Contents => [
    [
      name,
      others
        ? frontPage(site, plan, lines, older, others, assets)
        : feedPage(site, plan, lines, older, assets),
    ],
    ...(own === undefined
      ? []
      : [[own, archivePage(site, { address: own, title }, months, assets)] as const]),
    ...open.map(monthly),
  ]
  const object = writePage(inputs, press, make, lines)
  return [
    [pageName(name), object],
    ...(own === undefined ? [] : [[pageName(own), object] satisfies Named]),
    ...closed.map((planned): Named => {
      const page = writePage([inputsOf(planned), assets], press, () => [monthly(planned)])
      return [pageName(planned.page.address), page]
    }),
  ]
}

function renderedOf(members: readonly Member[]): Rendered[] {
  return members.flatMap(({ rendered }) => rendered ?? [])
}

function objectsOf(lines: readonly Rendered[]): Digest[] {
  return lines.map(({ object }) => object)
}

/** What a page is made from: its articles by their objects. */
function inputsOf({ page: { articles: _, ...page }, members }: PlannedPage): unknown {
  return [page, objectsOf(renderedOf(members))]
}

/** Of each kind the feeds with most articles, by name. */
function listed(groups: readonly Group[], most: number): FeedGroup[] {
  return groups.map(({ title, feeds }) => ({
    title,
    feeds: feeds
      .toSorted((a, b) => b.members.length - a.members.length)
      .slice(0, most)
      .map(({ plan: { name, heading } }) => ({ name, heading }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }))
}
