/**
 * Changes: `changes.json` of the whole site and of every feed. It tells what was added, corrected and
 * retracted between the edition that a partner has and the current one, a page at a time.
 */

import type { Context } from 'hono'
import { isId } from '../article/id.ts'
import {
  BEGINNING,
  type Cursor,
  formatCursor,
  parseCursor,
  type TargetEdition,
} from '../changes/cursor.ts'
import type { RegisterFacts } from '../edition/facts.ts'
import { REGISTER } from '../edition/names.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { freshFor, NOT_STORED, TAKEN_DOWN_SOON } from '../http/freshness.ts'
import { KIND, LONGEST_QUERY } from './addresses.ts'
import { answerWith, problemResponse } from './answer.ts'
import {
  type ChangesFeed,
  changesPage,
  emptyPage,
  type Leg,
  unknownCursor,
} from './changes-page.ts'
import { answerElsewhere } from './elsewhere.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import { currentOf, documentIn, findBase, findTarget, isAhead, isDue } from './known-editions.ts'
import type { Reading } from './reading.ts'
import { createRoutes } from './router.ts'
import { type HonoEnv, serveReading } from './serve.ts'

export const changes = createRoutes()

changes.get('/changes.json', (c) => serveReading(c, (reading) => answerChanges(c, reading, '/')))
changes.get(`/:kind{${KIND}}/:name/changes.json`, (c) =>
  serveReading(c, (reading) => answerChanges(c, reading, c.req.path.replace(/[^/]+$/, ''))),
)

async function answerChanges(
  c: Context<HonoEnv>,
  reading: Reading,
  folder: string,
): Promise<Response | Absence> {
  const feed = await feedAt(folder, currentOf(reading), reading)
  if (isFailure(feed)) return MISSING
  if (!feed) return answerElsewhere(c, reading)
  const url = new URL(c.req.url)
  // Its parts are looked at only if it can be one of ours.
  const parameters = url.search.length > LONGEST_QUERY ? undefined : url.searchParams
  if (parameters && !parameters.has('since')) return answerStart(c.req.raw, reading, feed)
  const query = parameters && parseQuery(parameters)
  if (!query) return problemResponse({ reason: 'invalid-cursor', changes: feed.start })
  // This location is not there yet: what it has to say, the partner has heard.
  if (!query.to && isAhead(query.since, reading))
    return answerNothing(c.req.raw, reading, feed, query.since)
  return answerSince(c, reading, feed, query)
}

async function answerSince(
  c: Context<HonoEnv>,
  reading: Reading,
  feed: ChangesFeed,
  { since, to, after: end }: WalkQuery,
): Promise<Response | Absence> {
  const request = c.req.raw
  const { page: limits, misses } = c.env.isolate
  const [before, after] = await Promise.all([
    findBase(since, reading, misses),
    to ? findTarget(to, reading, misses) : currentOf(reading),
  ])
  if (isFailure(before) || isFailure(after)) return MISSING
  if (!before || !after) return problemResponse(unknownCursor(feed))
  if (isDue(before, reading) || isDue(after, reading)) return MISSING
  const leg = { before, after, end, limits }
  if (!to) return answerLeg(request, reading, feed, leg)
  // A feed's title is that of the edition, too: no word of a fixed page changes.
  const then = await feedAt(feed.folder, after, reading)
  if (isFailure(then)) return MISSING
  return answerLeg(request, reading, then ?? feed, leg)
}

function answerLeg(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
  leg: Leg,
): Promise<Response | Absence> {
  const { before, after, end } = leg
  const current = reading.milestone.edition
  const isOld = after.digest !== current
  return answerWith(request, reading, {
    mediaType: FEED_TYPES.json.mediaType,
    // Between two fixed editions nothing changes but whether it may still be handed out: what a
    // cache kept of it is good until the next edition, and is asked for again then.
    tag: `${before.digest}.${after.digest}.${feed.folder}.${end ?? ''}${isOld ? `.${current}` : ''}`,
    changed: reading.milestone.at,
    cacheControl: freshFor(reading.facts.site.ttl, reading.untilNext, TAKEN_DOWN_SOON),
    body: () => changesPage(leg, feed, reading),
  })
}

/** Answers a partner that names no edition: with the current one, and with the start of the walk. */
function answerStart(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
): Promise<Response | Absence> {
  const current = currentOf(reading)
  return answerWith(request, reading, {
    mediaType: FEED_TYPES.json.mediaType,
    tag: `${current.digest}.${feed.folder}`,
    changed: current.at,
    body: () =>
      emptyPage(feed, {
        cursor: formatCursor(current),
        walk: feed.start,
      }),
  })
}

/** Answers with no changes and the same cursor, which is true of this moment and location only. */
function answerNothing(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
  since: Cursor,
): Promise<Response | Absence> {
  return answerWith(request, reading, {
    mediaType: FEED_TYPES.json.mediaType,
    tag: `${since.digest}.${reading.milestone.edition}.${feed.folder}`,
    changed: reading.milestone.at,
    cacheControl: NOT_STORED,
    body: () => emptyPage(feed, { cursor: formatCursor(since), caught_up: true }),
  })
}

/** Finds the feed of a folder in an edition; undefined if there is none. */
async function feedAt(
  folder: string,
  edition: TargetEdition,
  reading: Reading,
): Promise<ChangesFeed | undefined | Absence> {
  const { title, base, language } = edition.site
  const address = `${base}${folder}changes.json`
  const start = `${address}?since=${formatCursor(BEGINNING)}`
  const feed = { folder, title, language, base, address, start, about: `${base}/openapi.json` }
  if (folder === '/') return feed
  const entry = await documentIn(edition, REGISTER, reading)
  if (isFailure(entry)) return MISSING
  const register = entry && (await reading.object<RegisterFacts>(entry))
  if (isFailure(register)) return MISSING
  const found = register?.facts.feeds.find(({ name }) => name === folder)
  return found && { ...feed, title: found.title }
}

/** A question that edgewire itself put into an address. */
type WalkQuery = {
  readonly since: Cursor
  readonly to: Cursor | undefined
  readonly after: string | undefined
}

/** Parses a query; undefined if edgewire cannot have made it, so that nothing is read for it. */
function parseQuery(parameters: URLSearchParams): WalkQuery | undefined {
  const value = (name: string): string | undefined => parameters.get(name) ?? undefined
  const [since = '', to, after] = [value('since'), value('to'), value('after')]
  const [from, until] = [parseCursor(since), to === undefined ? undefined : parseCursor(to)]
  if (!from || (to !== undefined && !until?.number)) return undefined
  if (after !== undefined && !(until && isId(after))) return undefined
  return { since: from, to: until, after }
}
