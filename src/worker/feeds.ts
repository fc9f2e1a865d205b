/** Feed documents: `rss.xml`, `atom.xml` and `feed.json` of every feed's folder. */

import { Hono } from 'hono'
import type { FeedFacts } from '../edition/facts.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { freshFor } from '../http/freshness.ts'
import type { Link } from '../http/link.ts'
import { answerWith } from './answer.ts'
import { MISSING } from './reading.ts'
import { type App, notFound, pathOf, serve } from './serve.ts'

const TYPES = Object.values(FEED_TYPES)

export const feeds = new Hono<App>()

feeds.get('/:path{(?:.+/)?(?:rss\\.xml|atom\\.xml|feed\\.json)}', (c) =>
  serve(c, async (reading) => {
    const path = pathOf(c)
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const type = TYPES.find(({ file }) => folder + file === path)
    const entry = type && (await reading.entry('documents', folder))
    if (!entry) return notFound(c, reading)
    if (entry === MISSING) return MISSING
    const { site } = reading.facts
    return answerWith(c.req.raw, reading, {
      mediaType: type.mediaType,
      tag: `${entry.object}.${type.name}`,
      changed: entry.changed,
      cacheControl: freshFor(site.ttl, reading.untilNext),
      links: linksOf(site.base, folder, type.name),
      async body() {
        const feed = await reading.object<FeedFacts>(entry)
        return (feed !== MISSING && feed.part(type.name)) || MISSING
      },
    })
  }),
)

function linksOf(base: string, folder: string, name: string): Link[] {
  return [
    ...TYPES.map(({ file, mediaType, ...type }) => ({
      href: base + folder + file,
      rel: type.name === name ? 'self' : 'alternate',
      type: mediaType,
    })),
    { href: base + folder, rel: 'alternate', type: 'text/html' },
  ]
}
