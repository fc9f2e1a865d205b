/**
 * Changes: `changes.json` of the whole site and of every feed. What was added, corrected and
 * retracted between the edition that a partner has and the current one, a page at a time.
 */

import type { Context } from 'hono'
import {
  type Base,
  BEGINNING,
  type Cursor,
  formatCursor,
  NOTHING,
  parseCursor,
  type Target,
} from '../edition/cursor.ts'
import { entryOf, type LeafFacts, leafOf } from '../edition/directory.ts'
import type { EditionFacts, RegisterFacts } from '../edition/facts.ts'
import { wasGivenUp } from '../edition/head.ts'
import { REGISTER } from '../edition/names.ts'
import type { PageLimits } from '../edition/walk.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import { FRESH_FOR_A_DAY, freshFor, NOT_STORED } from '../http/freshness.ts'
import { answerWith, problemResponse } from './answer.ts'
import { type Between, type ChangesFeed, changesPage, emptyPage } from './changes-page.ts'
import { elsewhere } from './elsewhere.ts'
import { MISSING, type Missing, type Reading } from './reading.ts'
import { createRoutes } from './router.ts'
import { type App, pathOf, serve } from './serve.ts'

/**
 * Seconds for which an edition is surely there: `prune` spares what was written within two weeks,
 * and editions are written a week ahead at most. Until then, what cannot be read is only late.
 */
const SURELY_KEPT = 7 * 86_400

/**
 * Seconds that a walk may take. Then it begins anew: what was retracted meanwhile must not be had
 * for as long as old editions are kept.
 */
const LONGEST_WALK = 86_400

export const changes = createRoutes()

changes.get('/changes.json', (c) => serve(c, (reading) => answerChanges(c, reading, '/')))
changes.get('/:kind{sections|tags|authors|languages|feeds}/:name/changes.json', (c) =>
  serve(c, (reading) => answerChanges(c, reading, pathOf(c).replace(/[^/]+$/, ''))),
)

async function answerChanges(
  c: Context<App>,
  reading: Reading,
  folder: string,
): Promise<Response | Missing> {
  const feed = await feedAt(folder, currentOf(reading), reading)
  if (feed === MISSING) return MISSING
  if (!feed) return keepQuery(await elsewhere(c, reading), c)
  const query = c.req.query()
  if (query['since'] === undefined) return answerStart(c.req.raw, reading, feed)
  const asked = parseQuery(query)
  if (!asked) return problemResponse({ reason: 'invalid-cursor', changes: startOf(feed) })
  // This location is not there yet: what it has to say, the partner has heard.
  if (!asked.to && isAhead(asked.since, reading))
    return answerNothing(c.req.raw, reading, feed, asked.since)
  return answerSince(c.req.raw, reading, feed, { ...asked, limits: c.env.isolate.page })
}

async function answerSince(
  request: Request,
  reading: Reading,
  feed: ChangesFeed,
  { since, to, after: end, limits }: Asked & { readonly limits: PageLimits },
): Promise<Response | Missing> {
  const [before, after] = await Promise.all([
    baseOf(since, reading),
    to ? targetOf(to, reading) : currentOf(reading),
  ])
  if (before === MISSING || after === MISSING) return MISSING
  if (!before || !after)
    return problemResponse({ reason: 'unknown-cursor', changes: startOf(feed) })
  if (isDue(before, reading) || isDue(after, reading)) return MISSING
  const between = { before, after, end, limits }
  if (!to) return answerBetween(request, reading, feed, between, false)
  // A feed's title is that of the edition, too: no word of a fixed page changes.
  const then = await feedAt(feed.folder, after, reading)
  if (then === MISSING) return MISSING
  return answerBetween(request, reading, then ?? feed, between, true)
}

/** Whether an edition begins later: it says nothing before its time. What a wrong clock dated is not due. */
function isDue({ at, digest }: Base, { now, head, milestone }: Reading): boolean {
  if (at <= now || digest === milestone.edition) return false
  return head.timeline.some((due) => due.edition === digest && due.at > now)
}

/** Whether an edition may still be walked to: it is current, or was a day ago. */
function isWalkable(edition: Base, reading: Reading): boolean {
  const { history } = reading.facts
  const index = history.findIndex(({ digest }) => digest === edition.digest)
  const successor = index === -1 ? edition : (history[index - 1] ?? reading.facts)
  if (edition.digest === reading.milestone.edition || isDue(edition, reading)) return true
  return edition.at <= reading.now && successor.at > reading.now - LONGEST_WALK
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

/** A feed by its folder, in an edition; undefined if there is none. */
async function feedAt(
  folder: string,
  { site, documents }: Target,
  reading: Reading,
): Promise<ChangesFeed | undefined | Missing> {
  const { title, base, language } = site
  const address = `${base}${folder}changes.json`
  const feed = { folder, title, language, base, address, about: `${base}/openapi.json` }
  if (folder === '/') return feed
  const reference = leafOf(documents, REGISTER)
  const leaf = reference && (await reading.object<LeafFacts>(reference))
  if (leaf === MISSING) return MISSING
  const entry = leaf && entryOf(leaf.facts, REGISTER)
  const register = entry && (await reading.object<RegisterFacts>(entry))
  if (register === MISSING) return MISSING
  const found = register?.facts.feeds.find(({ name }) => name === folder)
  return found && { ...feed, title: found.title }
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

/** The edition that a partner has; undefined if it is none, or is not kept any more. */
async function baseOf(cursor: Cursor, reading: Reading): Promise<Base | undefined | Missing> {
  return cursor.number === 0 ? NOTHING : editionOf(cursor, reading)
}

/** The edition that a walk leads to. */
async function targetOf(cursor: Cursor, reading: Reading): Promise<Target | undefined | Missing> {
  const edition = await editionOf(cursor, reading)
  const isKnown = edition !== undefined && edition !== MISSING
  return isKnown && !isWalkable(edition, reading) ? undefined : edition
}

/** The edition that a cursor names, be it one that was given up. */
async function editionOf(
  { number, digest }: Cursor,
  reading: Reading,
): Promise<Target | undefined | Missing> {
  const current = currentOf(reading)
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

function currentOf({ facts, milestone }: Reading): Target {
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
