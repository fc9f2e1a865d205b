/** Files by which programs find the site's feeds and pages: OPML, sitemaps, robots.txt, OpenAPI. */

import type { PageFacts } from '../edition/facts.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith } from './answer.ts'
import { answerElsewhere } from './elsewhere.ts'
import { MISSING } from './reading.ts'
import { createRoutes } from './router.ts'
import { requestPath, serveReading } from './serve.ts'

export const files = createRoutes()

files.get(
  '/:file{(?:feeds\\.opml|robots\\.txt|openapi\\.json|sitemap(?:-[0-9a-z-]+)?\\.xml)}',
  (c) =>
    serveReading(c, async (reading) => {
      const entry = await reading.entry('documents', requestPath(c))
      if (entry === MISSING) return MISSING
      if (!entry) return answerElsewhere(c, reading)
      const file = await reading.object<PageFacts>(entry)
      if (file === MISSING) return MISSING
      if (file.header.type !== 'page') return answerElsewhere(c, reading)
      return answerWith(c.req.raw, reading, {
        mediaType: file.facts.media_type ?? 'text/plain; charset=utf-8',
        tag: entry.object,
        changed: entry.changed,
        cacheControl: freshFor(reading.facts.site.ttl, reading.untilNext),
        body: () => file.part('text') ?? MISSING,
      })
    }),
)
