/** The files by which programs find the site's feeds and pages: OPML, robots.txt, OpenAPI. */

import { titleOfKind } from '../article/kinds.ts'
import { wordsIn } from '../article/words.ts'
import type { PageFacts } from '../edition/facts.ts'
import { NEWS_SITEMAP, OPENAPI, OPML, ROBOTS, SITEMAP } from '../edition/names.ts'
import { type PartSource, writeObject } from '../edition/object.ts'
import { formatOpml } from '../feed/opml.ts'
import { formatRobots } from '../page/sitemap.ts'
import { groupFeeds } from './feed-groups.ts'
import type { PlannedFeed } from './feed-plans.ts'
import { formatOpenApi } from './openapi/document.ts'
import type { Press } from './press.ts'
import type { NamedProduct, Product } from './product.ts'

/** Writes the files that say what there is; sitemaps are apart. */
export function writeSiteFiles(feeds: readonly PlannedFeed[], press: Press): NamedProduct[] {
  const { site } = press.corpus
  const { base } = site
  // Before the first article there is nothing in them.
  const hasArticles = feeds.some(({ members }) => members.some(({ rendered }) => rendered))
  const sitemaps = hasArticles ? [SITEMAP, NEWS_SITEMAP] : []
  const robots = (): string => formatRobots(base, sitemaps)
  return [
    [OPML, writeOpml(feeds, press)],
    [ROBOTS, writeFile('text/plain; charset=utf-8', ['robots', sitemaps], press, robots)],
    [OPENAPI, writeFile('application/json', ['openapi'], press, () => formatOpenApi(site))],
  ]
}

/** Writes a file: its text is made only where its inputs are new. */
export function writeFile(
  mediaType: string,
  inputs: readonly unknown[],
  press: Press,
  make: () => string,
): Product {
  return press.object(inputs, () => {
    const facts: PageFacts = { media_type: mediaType }
    const parts: PartSource[] = [{ name: 'text', content: make(), gzip: true }]
    return writeObject('page', facts, parts, press.platform)
  })
}

function writeOpml(feeds: readonly PlannedFeed[], press: Press): Product {
  const { site } = press.corpus
  const { title, base, pages, home } = site
  const { words } = wordsIn(site.language, site)
  const groups = groupFeeds(feeds).map((group) => ({
    title: titleOfKind(group.kind, words),
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
