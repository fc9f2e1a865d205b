/** Files of articles: `/media/<digest>/<name>`, with their type, and never executed. */

import type { MediaFacts } from '../edition/facts.ts'
import { FRESH_FOR_A_DAY, freshFor, TAKEN_DOWN_SOON } from '../http/freshness.ts'
import { answerWith } from './answer.ts'
import { MISSING } from './failure.ts'
import { lookUp } from './reading.ts'
import { createRoutes } from './router.ts'
import { serveFound } from './serve-found.ts'

/** The policy of a file that is opened by itself: a browser makes a page around most. */
const LOADS = "default-src 'none'; style-src 'unsafe-inline'; "
/** The lock for files that can run. */
const LOCKED = 'sandbox'

/**
 * The types that a browser may show in its place, and what it then needs: to load the file itself, or
 * a viewer, which is a plugin, and which no sandbox lets in. The first that fits decides; all else is
 * saved.
 */
const SHOWN: readonly (readonly [type: RegExp, needs: string])[] = [
  [/^image\/svg|^text\/(?:css|plain)/, LOCKED],
  [/^image\//, "img-src 'self'"],
  [/^(?:audio|video)\//, "media-src 'self'"],
  [/^application\/pdf$/, "object-src 'self'"],
]

/** The site's own stylesheet and script: all other files are of articles, and may be taken down. */
const OWN = /^text\/(?:css|javascript)/

export const media = createRoutes()

media.get('/media/:digest/:name', (c) =>
  serveFound(
    c,
    (reading) => lookUp<MediaFacts>('documents', c.req.path, reading),
    ({ entry, object: file }, reading) => {
      if (file.header.type !== 'media') return undefined
      const { media_type: mediaType } = file.facts
      return answerWith(c.req.raw, reading, {
        mediaType,
        tag: entry.object,
        changed: entry.changed,
        cacheControl: OWN.test(mediaType)
          ? FRESH_FOR_A_DAY
          : freshFor(reading.facts.site.ttl, reading.untilNext, TAKEN_DOWN_SOON),
        headers: showing(mediaType),
        body: () => file.part('file') ?? MISSING,
      })
    },
  ),
)

/** Returns the fields that tell a browser how to open a file. */
function showing(mediaType: string): Readonly<Record<string, string>> {
  const [, needs] = SHOWN.find(([type]) => type.test(mediaType)) ?? []
  return {
    'Content-Security-Policy': LOADS + (needs ?? LOCKED),
    'Content-Disposition': needs ? 'inline' : 'attachment',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
}
