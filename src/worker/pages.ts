/** Finished pages: the front page, and those of feeds and of archives. */

import type { PageFacts } from '../edition/facts.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith, redirectResponse } from './answer.ts'
import { answerElsewhere } from './elsewhere.ts'
import { findPage } from './page-at.ts'
import { PAGE_TYPE, pageHeaders } from './problem-page.ts'
import { MISSING } from './reading.ts'
import { createRoutes } from './router.ts'
import { requestPath, serveReading } from './serve.ts'

/** The folders of feeds, which that of the archive and those of its months are not. */
const HAS_FEED = /^\/(?!archive\/)(?:[^/]+\/[^/]+\/)?$/

export const pages = createRoutes()

/** Answers for every folder, which is whatever ends with a slash: feeds and archives have a page. */
pages.get('/:folder{(?:.+/)?}', (c) =>
  serveReading(c, async (reading) => {
    const folder = requestPath(c)
    const entry = await findPage(folder, reading)
    if (entry === MISSING) return MISSING
    const { base, ttl, home } = reading.facts.site
    if (!entry && folder === '/' && home !== `${base}/`) return redirectResponse(302, home, reading)
    if (!entry) return answerElsewhere(c, reading)
    const formats = HAS_FEED.test(folder) ? Object.values(FEED_TYPES) : []
    return answerWith(c.req.raw, reading, {
      mediaType: PAGE_TYPE,
      tag: `${entry.object}.html`,
      changed: entry.changed,
      cacheControl: freshFor(ttl, reading.untilNext),
      links: [
        { href: base + folder, rel: 'canonical' },
        ...formats.map(({ file, mediaType }) => ({
          href: base + folder + file,
          rel: 'alternate',
          type: mediaType,
        })),
      ],
      async body() {
        const page = await reading.object<PageFacts>(entry)
        if (page === MISSING) return MISSING
        const part = page.part(folder)
        return part
          ? { ...part, headers: pageHeaders(reading, page.facts.hosts?.[folder]) }
          : MISSING
      },
    })
  }),
)
