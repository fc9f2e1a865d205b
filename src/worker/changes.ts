/**
 * Changes: `changes.json` of the whole site and of every feed. What was added, corrected and
 * retracted between the edition that a partner has and the current one, a page at a time.
 */

import { type Context, Hono } from 'hono'
import {
  BEGINNING,
  type Cursor,
  formatCursor,
  type Named,
  NOTHING,
  parseCursor,
} from '../edition/cursor.ts'
import type { EditionFacts, RegisterFacts } from '../edition/facts.ts'
import { wasGivenUp } from '../edition/head.ts'
import { REGISTER } from '../edition/names.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { FRESH_FOR_A_DAY, freshFor, NOT_STORED } from '../http/freshness.ts'
import { answerWith, problemResponse } from './answer.ts'
import { type Between, type ChangesFeed, changesPage, emptyPage } from './changes-page.ts'
import { elsewhere } from './elsewhere.ts'
import { MISSING, type Missing, type Reading } from './reading.ts'
import { type App, pathOf, serve } from './serve.ts'

/**
 * Seconds for which an edition is surely there: `prune` spares what was written within two weeks,
 * and editions are written a week ahead at most. Until then, what cannot be read is only late.
 */
const SURELY_KEPT = 7 * 86_400

export const changes = new Hono<App>()

changes.get('/changes.json', (c) => serve(c, (reading) => answerChanges(c, reading, '/')))
changes.get('/:kind{sections|tags|authors|languages|feeds}/:name/changes.json', (c) =>
  serve(c, (reading) => answerChanges(c, reading, pathOf(c).replace(/[^/]+$/, ''))),
)

async function answerChanges(
  c: Context<App>,
  reading: Reading,
  folder: string,
): Promise<Response | Missing> {
  const feed = await feedAt(folder, reading)
  if (feed === MISSING) return MISSING
  if (!feed) return keepQuery(await elsewhere(c, reading), c)
  const query = c.req.query()
  if (query['since'] === undefined) return answerStart(c.req.raw, reading, feed)
  const asked = parseQuery(query)
  if (!asked) return problemResponse({ reason: 'invalid-cursor', changes: startOf(feed) })
  // This location is not there yet: what it has to say, the partner has heard.
  if (!asked.to && isAhead(asked.since, reading))
    return answerNothing(c.req.raw, reading, feed, asked.since)
  const editions = await Promise.all([
    editionOf(asked.since, reading),
    asked.to ? editionOf(asked.to, reading) : currentOf(reading),
  ])
  const [before, after] = editions
  if (before === MISSING || after === MISSING) return MISSING
  if (!before || !after)
    return problemResponse({ reason: 'unknown-cursor', changes: startOf(feed) })
  // What is due says nothing before its time, to nobody: another location's clock is ahead.
  if (editions.some((edition) => (edition as Named).at > reading.now)) return MISSING
  const between = { before, after, end: asked.after, limits: c.var.isolate.page }
  return answerBetween(c.req.raw, reading, feed, between, asked.to !== undefined)
}

function answerBetween(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
  between: Between,
  isFixed: boolean,
): Promise<Response | Missing> {
  const { before, after, end } = between
  return answerWith(request, reading, {
    mediaType: FEED_TYPES.json.mediaType,
    tag: `${before.digest}.${after.digest}.${end ?? ''}`,
    changed: after.at,
    // Between two fixed editions nothing ever changes; but a takedown has to reach everyone.
    cacheControl: isFixed ? FRESH_FOR_A_DAY : freshFor(reading.facts.site.ttl, reading.untilNext),
    async body() {
      const page = await changesPage(between, feed, reading)
      if (!('lost' in page)) return page
      const lost = page.lost === 'before' ? before : after
      // The current edition is always kept.
      return lost.digest === reading.milestone.edition || isYoung(lost.at, reading)
        ? MISSING
        : { reason: 'unknown-cursor', changes: startOf(feed) }
    },
  })
}

/** Where to begin, for who asks for nothing in particular. */
function answerStart(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
): Promise<Response | Missing> {
  const current = currentOf(reading)
  return answerWith(request, reading, {
    mediaType: FEED_TYPES.json.mediaType,
    tag: `${current.digest}.changes`,
    changed: current.at,
    cacheControl: freshFor(reading.facts.site.ttl, reading.untilNext),
    body: () =>
      emptyPage(feed, {
        cursor: formatCursor(current),
        walk: startOf(feed),
      }),
  })
}

/** Where the walk through everything begins. */
function startOf({ address }: ChangesFeed): string {
  return `${address}?since=${formatCursor(BEGINNING)}`
}

/** No changes, and the same cursor: of this moment and this location only. */
function answerNothing(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
  since: Cursor,
): Promise<Response | Missing> {
  return answerWith(request, reading, {
    mediaType: FEED_TYPES.json.mediaType,
    tag: `${since.digest}.${reading.milestone.edition}.`,
    changed: reading.milestone.at,
    cacheControl: NOT_STORED,
    body: () => emptyPage(feed, { cursor: formatCursor(since), caught_up: true }),
  })
}

/** A feed by its folder; undefined if there is none. */
async function feedAt(
  folder: string,
  reading: Reading,
): Promise<ChangesFeed | undefined | Missing> {
  const { title, base, language } = reading.facts.site
  const feed = { folder, language, page: base + folder, address: `${base}${folder}changes.json` }
  const about = `${base}/openapi.json`
  if (folder === '/') return { ...feed, about, title }
  const entry = await reading.entry('documents', REGISTER)
  const register = entry && entry !== MISSING ? await reading.object<RegisterFacts>(entry) : entry
  if (register === MISSING) return MISSING
  const found = register?.facts.feeds.find(({ name }) => name === folder)
  return found && { ...feed, about, title: found.title }
}

type Asked = {
  readonly since: Cursor
  readonly to: Cursor | undefined
  readonly after: string | undefined
}

/** Nothing is read for what edgewire cannot have said itself. */
function parseQuery({ since = '', to, after }: Record<string, string>): Asked | undefined {
  const [from, until] = [parseCursor(since), to === undefined ? undefined : parseCursor(to)]
  if (!from || (to !== undefined && !until?.number)) return undefined
  if (after !== undefined && !(until && /^[a-z0-9-]{1,200}$/.test(after))) return undefined
  return { since: from, to: until, after }
}

/**
 * The edition that a cursor names, be it one that was given up; undefined if it is none, or is not
 * kept any more.
 */
async function editionOf(
  { number, digest }: Cursor,
  reading: Reading,
): Promise<Named | undefined | Missing> {
  const current = currentOf(reading)
  if (number === 0) return NOTHING
  if (digest === current.digest) return number === current.number ? current : undefined
  const known = current.history.find((edition) => edition.digest === digest)
  const object = await reading.object<EditionFacts>({ object: digest, changed: known?.at ?? 0 })
  if (object === MISSING) return known && isYoung(known.at, reading) ? MISSING : undefined
  const isMeant = object.header.type === 'edition' && object.facts.number === number
  return isMeant ? { ...object.facts, digest } : undefined
}

/** Whether a cursor is newer than what this location serves, and not of an edition given up. */
function isAhead(cursor: Cursor, { facts, head }: Reading): boolean {
  return cursor.number > facts.number && !wasGivenUp(head, cursor)
}

function currentOf({ facts, milestone }: Reading): Named {
  return { ...facts, digest: milestone.edition }
}

function isYoung(at: number, { now }: Reading): boolean {
  return at > now - SURELY_KEPT
}

/** Another spelling of a feed's address leads to the same question. */
function keepQuery(response: Response | Missing, c: Context<App>): Response | Missing {
  if (response === MISSING || response.status !== 301) return response
  const headers = new Headers(response.headers)
  headers.set('Location', headers.get('Location') + new URL(c.req.url).search)
  return new Response(null, { status: 301, headers })
}
