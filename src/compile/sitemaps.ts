/** Sitemaps: a part for each period of the archive, their list, and the news. */

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
import { type ArchivePart, partsOf } from './archives.ts'
import { writeFile } from './files.ts'
import type { Member } from './member.ts'
import type { Press } from './press.ts'
import type { NamedProduct, Product } from './product.ts'

/** The most articles that Google takes. */
const MOST_NEWS = 1000

const XML_TYPE = 'application/xml; charset=utf-8'

/** Writes all sitemaps; `members` are those of the feed of everything, newest first. */
export function writeSitemaps(members: readonly Member[], press: Press): NamedProduct[] {
  const { base } = press.corpus.site
  // Of articles that are all withdrawn there is none: a sitemap has at least one address.
  const parts = partsOf(members)
    .filter((part) => part.members.some(({ rendered }) => rendered))
    .map((part) => [sitemapName(part), part] as const)
  const index = parts.map(([name, part]) => ({
    address: base + name,
    changed: newestOf(part.members),
  }))
  return [
    ...parts.map(([name, part]): NamedProduct => [name, writeSitemapPart(part, press)]),
    [SITEMAP, writeSitemap(index, members, press)],
  ]
}

/** Names a part of the sitemap. They are those of the archive: a publish rewrites one. */
function sitemapName({ period, closed }: ArchivePart): string {
  return closed ? `/sitemap-${period}.xml` : OPEN_SITEMAP
}

function writeSitemapPart({ members }: ArchivePart, press: Press): Product {
  const pages = members.flatMap(({ article, rendered }): SitemapEntry[] =>
    rendered ? [{ address: article.url, changed: article.updated }] : [],
  )
  return writeFile(XML_TYPE, ['sitemap', pages], press, () => formatSitemap(pages))
}

function newestOf(members: readonly Member[]): number | undefined {
  const changes = members.map(({ article, tombstone }) => tombstone?.at ?? article.updated)
  return changes.length === 0 ? undefined : changes.reduce((a, b) => Math.max(a, b))
}

/**
 * Writes the list of sitemaps, and in the same object the news: the articles of two days before the
 * newest one, which are all that can be news whenever it is asked for. The Worker cuts them by its
 * clock.
 */
function writeSitemap(
  index: readonly SitemapEntry[],
  members: readonly Member[],
  press: Press,
): Product {
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
      media_type: XML_TYPE,
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
