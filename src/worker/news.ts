/**
 * The news sitemap: the articles published within two days of the request. Where its entries end is
 * the one thing that the Worker's clock decides.
 */

import { NEWS_SECONDS, type SitemapFacts } from '../edition/facts.ts'
import { SITEMAP } from '../edition/names.ts'
import { joinBytes } from '../edition/object.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith } from './answer.ts'
import { MISSING } from './failure.ts'
import { lookUp } from './reading.ts'
import { createRoutes } from './router.ts'
import { serveFound } from './serve-found.ts'

export const news = createRoutes()

news.get('/news-sitemap.xml', (c) =>
  serveFound(
    c,
    (reading) => lookUp<SitemapFacts>('documents', SITEMAP, reading),
    ({ entry, object: document }, reading) => {
      const { now, untilNext, facts } = reading
      const { news: entries } = document.facts
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
          const pieces = ['news-head', 'news', 'news-tail'].map(
            (name) => document.part(name)?.bytes,
          )
          const [head, all, tail] = pieces
          if (!head || !all || !tail) return MISSING
          return { bytes: joinBytes([head, all.subarray(0, length), tail]) }
        },
      })
    },
  ),
)
