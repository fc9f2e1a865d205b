/**
 * The news sitemap: the articles published within two days of the request. Where its entries end is
 * the one thing that the Worker's clock decides.
 */

import { NEWS_SECONDS, type SitemapFacts } from '../edition/facts.ts'
import { SITEMAP } from '../edition/names.ts'
import { joinBytes } from '../edition/object.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith } from './answer.ts'
import { answerElsewhere } from './elsewhere.ts'
import { MISSING } from './reading.ts'
import { createRoutes } from './router.ts'
import { serveReading } from './serve.ts'

export const news = createRoutes()

news.get('/news-sitemap.xml', (c) =>
  serveReading(c, async (reading) => {
    const entry = await reading.entry('documents', SITEMAP)
    if (entry === MISSING) return MISSING
    if (!entry) return answerElsewhere(c, reading)
    const object = await reading.object<SitemapFacts>(entry)
    if (object === MISSING) return MISSING
    const { now, untilNext, facts } = reading
    const { news: entries } = object.facts
    const recent = entries.filter(([published]) => published > now - NEWS_SECONDS)
    const length = recent.reduce((sum, [, bytes]) => sum + bytes, 0)
    // When the oldest of them is no news any more, the document is another.
    const oldest = recent.at(-1)?.[0]
    const untilOld = oldest === undefined ? undefined : oldest + NEWS_SECONDS - now
    const until = [untilNext, untilOld].filter((seconds) => seconds !== undefined)
    return answerWith(c.req.raw, reading, {
      mediaType: 'application/xml; charset=utf-8',
      tag: `${entry.object}.news.${recent.length}`,
      changed: recent.length === entries.length ? entry.changed : now,
      cacheControl: freshFor(facts.site.ttl, until.length === 0 ? undefined : Math.min(...until)),
      body() {
        const pieces = ['news-head', 'news', 'news-tail'].map((name) => object.part(name)?.bytes)
        const [head, all, tail] = pieces
        if (!head || !all || !tail) return MISSING
        return { bytes: joinBytes([head, all.subarray(0, length), tail]) }
      },
    })
  }),
)
