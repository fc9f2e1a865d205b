/** Finished pages: the front page, and those of feeds. */

import { Hono } from 'hono'
import { pageName } from '../edition/names.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith, redirectResponse } from './answer.ts'
import { elsewhere } from './elsewhere.ts'
import { MISSING } from './reading.ts'
import { type App, pathOf, serve } from './serve.ts'

export const PAGE_TYPE = 'text/html; charset=utf-8'

/** Pages run nothing, load nothing from strangers but the images of articles, and frame nowhere. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self' https:; media-src 'self' https:; style-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
}

export const pages = new Hono<App>()

/** Whatever ends with a slash is a folder: that of a feed has a page. */
pages.get('/:folder{(?:.+/)?}', (c) =>
  serve(c, async (reading) => {
    const folder = pathOf(c)
    const entry = await reading.entry('documents', pageName(folder))
    if (entry === MISSING) return MISSING
    const { base, ttl, home } = reading.facts.site
    if (!entry && folder === '/' && home) return redirectResponse(302, home, reading)
    if (!entry) return elsewhere(c, reading)
    return answerWith(c.req.raw, reading, {
      mediaType: PAGE_TYPE,
      tag: `${entry.object}.html`,
      changed: entry.changed,
      cacheControl: freshFor(ttl, reading.untilNext),
      links: [
        { href: base + folder, rel: 'canonical' },
        ...Object.values(FEED_TYPES).map(({ file, mediaType }) => ({
          href: base + folder + file,
          rel: 'alternate',
          type: mediaType,
        })),
      ],
      headers: PAGE_HEADERS,
      async body() {
        const page = await reading.object(entry)
        return (page !== MISSING && page.part('html')) || MISSING
      },
    })
  }),
)
