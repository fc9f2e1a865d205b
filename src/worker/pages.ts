/** Finished pages: the front page. */

import { Hono } from 'hono'
import { FRONT_PAGE } from '../edition/names.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith } from './answer.ts'
import { MISSING } from './reading.ts'
import { type App, notFound, serve } from './serve.ts'

export const PAGE_TYPE = 'text/html; charset=utf-8'

/** Pages run nothing, load nothing from strangers but the images of articles, and frame nowhere. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self' https:; media-src 'self' https:; style-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
}

export const pages = new Hono<App>()

pages.get('/', (c) =>
  serve(c, async (reading) => {
    const entry = await reading.entry('documents', FRONT_PAGE)
    if (entry === MISSING) return MISSING
    if (!entry) return notFound(c, reading)
    const { base, ttl } = reading.facts.site
    return answerWith(c.req.raw, reading, {
      mediaType: PAGE_TYPE,
      tag: `${entry.object}.html`,
      changed: entry.changed,
      cacheControl: freshFor(ttl, reading.untilNext),
      links: [{ href: `${base}/`, rel: 'canonical' }],
      headers: PAGE_HEADERS,
      async body() {
        const page = await reading.object(entry)
        return (page !== MISSING && page.part('html')) || MISSING
      },
    })
  }),
)
