/** Finished pages: the front page, and those of feeds and of archives. */

import { Hono } from 'hono'
import type { DirectoryEntry } from '../edition/directory.ts'
import type { PageFacts } from '../edition/facts.ts'
import { archiveFolder, FEEDS_FOLDER, pageName } from '../edition/names.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { freshFor } from '../http/freshness.ts'
import { answerWith, redirectResponse } from './answer.ts'
import { elsewhere } from './elsewhere.ts'
import { PAGE_TYPE, pageHeaders } from './problem-page.ts'
import { MISSING, type Missing, type Reading } from './reading.ts'
import { type App, pathOf, serve } from './serve.ts'

/** An archive's own page, or one of its months; the feed's folder stands before it. */
const ARCHIVE = /^(\/(?:.+\/)?)archive\/(?:[^/]+\/)?$/

export const pages = new Hono<App>()

/** Whatever ends with a slash is a folder: that of a feed or of an archive has a page. */
pages.get('/:folder{(?:.+/)?}', (c) =>
  serve(c, async (reading) => {
    const folder = pathOf(c)
    const entry = await pageAt(folder, reading)
    if (entry === MISSING) return MISSING
    const { base, ttl, home } = reading.facts.site
    if (!entry && folder === '/' && home) return redirectResponse(302, home, reading)
    if (!entry) return elsewhere(c, reading)
    const isFeed = !ARCHIVE.test(folder) && folder !== FEEDS_FOLDER
    const formats = isFeed ? Object.values(FEED_TYPES) : []
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
        const part = page === MISSING ? undefined : page.part(folder)
        if (page === MISSING || !part) return MISSING
        return { ...part, headers: pageHeaders(reading, page.facts.hosts) }
      },
    })
  }),
)

/** A page has a name, or, while its month is open, lies in the object of its feed's page. */
async function pageAt(
  folder: string,
  reading: Reading,
): Promise<DirectoryEntry | undefined | Missing> {
  const named = await reading.entry('documents', pageName(folder))
  const [, feed] = ARCHIVE.exec(folder) ?? []
  if (named || feed === undefined) return named
  const entry = await reading.entry('documents', pageName(archiveFolder(feed)))
  if (entry === MISSING || !entry) return entry
  const object = await reading.object(entry)
  if (object === MISSING) return MISSING
  return object.part(folder) && entry
}
