/** Files of articles: `/media/<digest>/<name>`, whole or in part, with their type, never executed. */

import type { DirectoryEntry } from '../edition/directory.ts'
import { fieldsOf } from '../http/field.ts'
import { FRESH_FOR_A_DAY, freshFor, TAKEN_DOWN_SOON } from '../http/freshness.ts'
import { formatContentRange, selectRange } from '../http/range.ts'
import { passConditions, problemResponse } from './answer.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import type { Reading } from './reading.ts'
import { createRoutes } from './router.ts'
import { serveFound } from './serve-found.ts'
import type { StoredFile } from './stored-file.ts'

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
    (reading) => reading.entry('documents', c.req.path),
    async (entry, reading) => {
      const file = await reading.file(entry)
      if (isFailure(file)) return MISSING
      const answer = await answerFile(c.req.raw, reading, { entry, file })
      file.close()
      return answer
    },
  ),
)

/** A file with the entry under its name. */
type NamedFile = { readonly entry: DirectoryEntry; readonly file: StoredFile }

/** Answers with a file, or with the part of it that is asked for: 200, 206, 304, 412 or 416. */
async function answerFile(
  request: Request,
  reading: Reading,
  { entry, file }: NamedFile,
): Promise<Response | Absence> {
  const { length, header } = file
  const mediaType = header.facts.media_type
  // Strong: the address names the bytes, and a client may join what it has of them (RFC 9110 §14.2).
  const tag = { opaque: entry.object, weak: false }
  const passed = passConditions(request, reading, {
    tag,
    changed: entry.changed,
    cacheControl: OWN.test(mediaType)
      ? FRESH_FOR_A_DAY
      : freshFor(reading.facts.site.ttl, reading.untilNext, TAKEN_DOWN_SOON),
  })
  if (passed instanceof Response) return passed
  const { lastModified } = passed
  // Ranges are of GET alone: to anybody else the whole is described.
  const isGet = request.method === 'GET'
  const field = fieldsOf(request.headers)
  const part = isGet ? selectRange(field, { tag, lastModified }, length, reading.now) : 'whole'
  if (part === 'unsatisfiable') return problemResponse({ reason: 'unsatisfiable-range', length })
  const { start, end } = part === 'whole' ? { start: 0, end: length } : part
  const body = isGet ? await file.read({ start, end }) : null
  if (body === undefined) return MISSING
  return new Response(body, {
    status: part === 'whole' ? 200 : 206,
    headers: {
      ...passed.headers,
      ...showing(mediaType),
      'Content-Type': mediaType,
      'Content-Length': String(end - start),
      'Accept-Ranges': 'bytes',
      ...(part === 'whole' ? {} : { 'Content-Range': formatContentRange(part, length) }),
    },
  })
}

/** Returns the fields that tell a browser how to open a file. */
function showing(mediaType: string): Readonly<Record<string, string>> {
  const [, needs] = SHOWN.find(([type]) => type.test(mediaType)) ?? []
  return {
    'Content-Security-Policy': LOADS + (needs ?? LOCKED),
    'Content-Disposition': needs ? 'inline' : 'attachment',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
}
