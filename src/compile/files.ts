/** What programs find the site's feeds and pages by: OPML, sitemaps, robots.txt, OpenAPI. */

import type { Digest } from '../article/platform.ts'
import type { Named } from '../edition/directory.ts'
import { NEWS_SECONDS, type PageFacts, type SitemapFacts } from '../edition/facts.ts'
import { OPEN_SITEMAP, OPENAPI, OPML, ROBOTS, SITEMAP } from '../edition/names.ts'
import { type PartSource, writeObject } from '../edition/object.ts'
import { formatOpml } from '../feed/opml.ts'
import {
  formatRobots,
  formatSitemap,
  formatSitemapIndex,
  type Located,
  newsEntry,
  newsEnvelope,
} from '../page/sitemap.ts'
import { type Part, partsOf } from './archives.ts'
import { groupFeeds } from './feed-groups.ts'
import type { PlannedFeed } from './feed-plans.ts'
import type { Member } from './member.ts'
import { formatOpenApi } from './openapi.ts'
import type { Press } from './press.ts'

/** As many articles as Google takes. */
const MOST_NEWS = 1000

/** `members` are those of the feed of everything, newest first. */
export function writeCrawlerFiles(
  feeds: readonly PlannedFeed[],
  members: readonly Member[],
  press: Press,
): Named[] {
  const { site } = press.corpus
  const { base } = site
  const parts = partsOf(members).map((part) => [sitemapName(part), part] as const)
  const index = parts.map(([name, part]) => ({
    address: base + name,
    changed: newestOf(part.members),
  }))
  return [
    [OPML, writeOpml(feeds, press)],
    [ROBOTS, writeFile('text/plain; charset=utf-8', ['robots'], press, () => formatRobots(base))],
    [OPENAPI, writeFile('application/json', ['openapi'], press, () => formatOpenApi(site))],
    ...parts.map(([name, part]): Named => [name, writeSitemapPart(part, press)]),
    [SITEMAP, writeSitemap(index, members, press)],
  ]
}

const XML = 'application/xml; charset=utf-8'

/** The parts of the sitemap are those of the archive: a publish rewrites one. */
function sitemapName({ period, closed }: Part): string {
  return closed ? `/sitemap-${period}.xml` : OPEN_SITEMAP
}

function writeSitemapPart({ members }: Part, press: Press): Digest {
  const pages = members.flatMap(({ article, rendered }): Located[] =>
    rendered ? [{ address: article.url, changed: article.updated }] : [],
  )
  return writeFile(XML, ['sitemap', pages], press, () => formatSitemap(pages))
}

function newestOf(members: readonly Member[]): number | undefined {
  const changes = members.map(({ article, tombstone }) => tombstone?.at ?? article.updated)
  return changes.length === 0 ? undefined : changes.reduce((a, b) => Math.max(a, b))
}

function writeFile(
  mediaType: string,
  inputs: readonly unknown[],
  press: Press,
  make: () => string,
): Digest {
  return press.object(inputs, () => {
    const facts: PageFacts = { media_type: mediaType }
    const parts: PartSource[] = [{ name: 'text', content: make(), gzip: true }]
    return writeObject('page', facts, parts, press.platform)
  })
}

/**
 * The list of sitemaps, and in the same object the news: the articles of two days before the newest
 * one, which are all that can be news whenever it is asked for. The Worker cuts them by its clock.
 */
function writeSitemap(index: readonly Located[], members: readonly Member[], press: Press): Digest {
  const live = members.flatMap(({ rendered }) => rendered ?? [])
  const newest = live[0]?.article.published ?? 0
  const news = live
    .filter(({ article }) => article.published > newest - NEWS_SECONDS)
    .slice(0, MOST_NEWS)
  const inputs = ['sitemaps', index, news.map(({ object }) => object)]
  return press.object(inputs, () => {
    const entries = news.map(({ article }) => newsEntry(article, press.corpus.site))
    const length = (text: string): number => new TextEncoder().encode(text).length
    const facts: SitemapFacts = {
      media_type: XML,
      news: news.map(({ article }, n) => [article.published, length(entries[n] ?? '')]),
    }
    const parts = [
      { name: 'text', content: formatSitemapIndex(index), gzip: true },
      { name: 'news-head', content: newsEnvelope.head },
      { name: 'news', content: entries.join('') },
      { name: 'news-tail', content: newsEnvelope.tail },
    ]
    return writeObject('page', facts, parts, press.platform)
  })
}

function writeOpml(feeds: readonly PlannedFeed[], press: Press): Digest {
  const { title, base, pages, home } = press.corpus.site
  const groups = groupFeeds(feeds).map((group) => ({
    title: group.title,
    feeds: group.feeds.map(({ plan: { name, title: own, description, language } }) => ({
      title: own,
      description,
      language,
      folder: base + name,
      page: pages ? base + name : home,
    })),
  }))
  const mediaType = 'text/x-opml; charset=utf-8'
  return writeFile(mediaType, ['opml', groups], press, () => formatOpml(title, groups))
}
