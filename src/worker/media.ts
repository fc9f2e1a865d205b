/** Files of articles: `/media/<digest>/<name>`, with their type, and never executed. */

import type { MediaFacts } from '../edition/facts.ts'
import { FRESH_FOR_A_DAY } from '../http/freshness.ts'
import { answerWith } from './answer.ts'
import { elsewhere } from './elsewhere.ts'
import { MISSING } from './reading.ts'
import { createRoutes } from './router.ts'
import { pathOf, serve } from './serve.ts'

/** Nothing in a file runs or loads, not even in an SVG that somebody opens by itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** What a browser may show in its place; everything else it saves. */
const SHOWN = /^(?:image|audio|video)\/|^text\/css|^text\/plain|^application\/pdf$/

export const media = createRoutes()

media.get('/media/:digest/:name', (c) =>
  serve(c, async (reading) => {
    const entry = await reading.entry('documents', pathOf(c))
    if (entry === MISSING) return MISSING
    if (!entry) return elsewhere(c, reading)
    const file = await reading.object<MediaFacts>(entry)
    if (file === MISSING) return MISSING
    const { media_type: mediaType } = file.facts
    return answerWith(c.req.raw, reading, {
      mediaType,
      tag: entry.object,
      changed: entry.changed,
      cacheControl: FRESH_FOR_A_DAY,
      headers: {
        'Content-Security-Policy': POLICY,
        'Content-Disposition': SHOWN.test(mediaType) ? 'inline' : 'attachment',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      },
      body: () => file.part('file') ?? MISSING,
    })
  }),
)
