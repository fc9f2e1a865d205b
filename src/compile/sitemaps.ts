/** Sitemaps: a part for each period of the archive, their list, and the news. */

import type { Digest } from '../article/platform.ts'
import type { Named } from '../edition/directory.ts'
import { NEWS_SECONDS, type SitemapFacts } from '../edition/facts.ts'
import { OPEN_SITEMAP, SITEMAP } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import {
  formatSitemap,
  formatSitemapIndex,
  newsEntry,
  newsEnvelope,
  type SitemapEntry,
} from '../page/sitemap.ts'
import { type Part, partsOf } from './archives.ts'
import { writeFile } from './files.ts'
import type { Member } from './member.ts'
import type { Press } from './press.ts'

/** As many articles as Google takes. */
const MOST_NEWS = 1000

const XML = 'application/xml; charset=utf-8'

/** Writes all sitemaps; `members` are those of the feed of everything, newest first. */
export function writeSitemaps(members: readonly Member[], press: Press): Named[] {
  const { base } = press.corpus.site
  const parts = partsOf(members).map((part) => [sitemapName(part), part] as const)
  const index = parts.map(([name, part]) => ({
    address: base + name,
    changed: newestOf(part.members),
  }))
  return [
    ...parts.map(([name, part]): Named => [name, writeSitemapPart(part, press)]),
    [SITEMAP, writeSitemap(index, members, press)],
  ]
}

/** The parts of the sitemap are those of the archive: a publish rewrites one. */
function sitemapName({ period, closed }: Part): string {
  return closed ? `/sitemap-${period}.xml` : OPEN_SITEMAP
}

function writeSitemapPart({ members }: Part, press: Press): Digest {
  const pages = members.flatMap(({ article, rendered }): SitemapEntry[] =>
    rendered ? [{ address: article.url, changed: article.updated }] : [],
  )
  return writeFile(XML, ['sitemap', pages], press, () => formatSitemap(pages))
}

function newestOf(members: readonly Member[]): number | undefined {
  const changes = members.map(({ article, tombstone }) => tombstone?.at ?? article.updated)
  return changes.length === 0 ? undefined : changes.reduce((a, b) => Math.max(a, b))
}

/**
 * The list of sitemaps, and in the same object the news: the articles of two days before the newest
 * one, which are all that can be news whenever it is asked for. The Worker cuts them by its clock.
 */
function writeSitemap(
  index: readonly SitemapEntry[],
  members: readonly Member[],
  press: Press,
): Digest {
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
