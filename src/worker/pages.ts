/** Finished pages: the front page, and those of feeds and of archives. */

import type { PageFacts } from '../edition/facts.ts'
import { answerWith } from './answer.ts'
import { entryAt } from './entry-at.ts'
import { isFailure, MISSING } from './failure.ts'
import { PAGE_TYPE, pageHeaders } from './problem-page.ts'
import { createRoutes } from './router.ts'
import { serveFound } from './serve-found.ts'

export const pages = createRoutes()

/** Answers for every folder, which is whatever ends with a slash: feeds and archives have a page. */
pages.get('/:folder{(?:.+/)?}', (c) => {
  const folder = c.req.path
  return serveFound(
    c,
    (reading) => entryAt(folder, reading),
    (entry, reading) => {
      const { base } = reading.facts.site
      return answerWith(c.req.raw, reading, {
        mediaType: PAGE_TYPE,
        tag: `${entry.object}.html`,
        changed: entry.changed,
        links: [{ href: base + folder, rel: 'canonical' }],
        async body() {
          const page = await reading.object<PageFacts>(entry)
          if (isFailure(page)) return page
          const hosts = page.facts.hosts?.[folder]
          const part = page.part(folder)
          return part ? { ...part, headers: pageHeaders(reading, hosts) } : MISSING
        },
      })
    },
  )
})
