/** Files by which programs find the site's feeds and pages: OPML, sitemaps, robots.txt, OpenAPI. */

import type { PageFacts } from '../edition/facts.ts'
import { answerWith } from './answer.ts'
import { MISSING } from './failure.ts'
import { lookUp } from './reading.ts'
import { createRoutes } from './router.ts'
import { serveFound } from './serve-found.ts'

export const files = createRoutes()

files.get(
  '/:file{(?:feeds\\.opml|robots\\.txt|openapi\\.json|sitemap(?:-[0-9a-z-]+)?\\.xml)}',
  (c) =>
    serveFound(
      c,
      (reading) => lookUp<PageFacts>('documents', c.req.path, reading),
      ({ entry, object: file }, reading) =>
        file.header.type === 'page'
          ? answerWith(c.req.raw, reading, {
              mediaType: file.facts.media_type ?? 'text/plain; charset=utf-8',
              tag: entry.object,
              changed: entry.changed,
              body: () => file.part('text') ?? MISSING,
            })
          : undefined,
    ),
)
