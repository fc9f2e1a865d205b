/** A page of changes: stored items, joined, and lists of the articles that are gone. */

import { formatInstant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { type Standing, standingOf } from '../changes/change.ts'
import type { ChangesEnvelope, ChangesExtension } from '../changes/contract.ts'
import { type BaseEdition, formatCursor, sharedUntil } from '../changes/cursor.ts'
import type { Difference } from '../changes/diff.ts'
import { type Telling, tellingOf } from '../changes/telling.ts'
import { type LostSide, type PageLimits, type WalkedPage, walkPage } from '../changes/walk.ts'
import type { LeafFacts } from '../edition/directory.ts'
import { replacementOf } from '../edition/facts.ts'
import { joinBytes } from '../edition/object.ts'
import { JSON_FEED_VERSION } from '../feed/feed-types.ts'
import type { HttpProblem } from '../http/problem-document.ts'
import type { Content } from './answer.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import { isYoung } from './known-editions.ts'
import type { Reading } from './reading.ts'

/** The feed whose changes are told; that of `/` is the feed of everything. */
export type ChangesFeed = {
  readonly folder: string
  readonly title: string
  readonly language: string
  /** The address of the site. */
  readonly base: string
  /** The address of its `changes.json`. */
  readonly address: string
  /** The address at which the walk through everything begins. */
  readonly start: string
  readonly about: string
}

/** A leg of a walk: its two editions, and the article at which the page before ended. */
export type Leg = {
  readonly before: BaseEdition
  readonly after: BaseEdition
  readonly end: string | undefined
  readonly limits: PageLimits
}

/** A difference that partners are told of. */
type Announcement = {
  readonly telling: Telling
  readonly standing: Standing
  readonly changed: number
  /** The article's object in the edition that is walked to. */
  readonly object: Digest | undefined
  readonly item: Uint8Array | undefined
}

const encoder = new TextEncoder()
const SEPARATOR = encoder.encode(',\n')

/** Writes a page without changes. */
export function emptyPage(
  feed: ChangesFeed,
  extension: Omit<ChangesExtension, 'about'>,
  next?: string,
): Content {
  return joinPage(feed, [], extension, next)
}

/** Writes the page after `end` of what changed in a feed between two editions. */
export async function changesPage(
  leg: Leg,
  feed: ChangesFeed,
  reading: Reading,
): Promise<Content | Absence | HttpProblem> {
  const page = await findDifferences(leg, feed, reading)
  if ('lost' in page) return problemOfLoss(page, leg, feed, reading)
  const announcements = await readAnnouncements(page.differences, feed, reading)
  if ('lost' in announcements) return problemOfLoss(announcements, leg, feed, reading)
  const isWithdrawn = await anyWithdrawn(announcements, leg, reading)
  if (isFailure(isWithdrawn)) return isWithdrawn
  if (isWithdrawn) return unknownCursor(feed)
  announcements.sort((a, b) => a.changed - b.changed || (idOf(a) < idOf(b) ? -1 : 1))
  const summary = summarise(announcements, feed)
  if (page.end === undefined) {
    const last = { cursor: formatCursor(leg.after), caught_up: true, ...summary }
    return joinPage(feed, announcements, last)
  }
  const [since, to] = [formatCursor(leg.before), formatCursor(leg.after)]
  const next = `${feed.address}?since=${since}&to=${to}&after=${page.end}`
  return joinPage(feed, announcements, { caught_up: false, ...summary }, next)
}

/** Finds the differences of a page. Articles join or leave a feed without changing, too. */
function findDifferences(
  { before, after, end, limits }: Leg,
  { folder }: ChangesFeed,
  reading: Reading,
): Promise<WalkedPage | LostSide> {
  const shared = sharedUntil(before, after)
  const isNews = ({ before: old, after: now }: Difference): boolean =>
    old?.changed !== now?.changed || (now?.changed ?? 0) > shared || folder !== '/'
  return walkPage({
    from: before.articles,
    to: after.articles,
    after: end,
    limits,
    async leaf(reference) {
      const leaf = await reading.object<LeafFacts>(reference)
      return isFailure(leaf) ? undefined : leaf.facts
    },
    counts: (difference) =>
      difference.before?.object !== difference.after?.object && isNews(difference),
  })
}

/**
 * Tells why a page cannot be made. What is lost may only be late: the current edition is always kept,
 * and a young one too.
 */
function problemOfLoss(
  { lost }: LostSide,
  leg: Leg,
  feed: ChangesFeed,
  reading: Reading,
): Absence | HttpProblem {
  const { at, digest } = leg[lost]
  const isKept = digest === reading.milestone.edition || isYoung(at, reading)
  return isKept ? MISSING : unknownCursor(feed)
}

/** Returns the problem of a cursor from which no page leads on. */
export function unknownCursor({ start }: ChangesFeed): HttpProblem {
  return { reason: 'unknown-cursor', changes: start }
}

async function readAnnouncements(
  differences: readonly Difference[],
  feed: ChangesFeed,
  reading: Reading,
): Promise<Announcement[] | LostSide> {
  const announcements: Announcement[] = []
  const read = differences.map((difference) => readAnnouncement(difference, feed, reading))
  for (const one of await Promise.all(read)) {
    if (one && 'lost' in one) return one
    if (one) announcements.push(one)
  }
  return announcements
}

async function readAnnouncement(
  { before, after }: Difference,
  { folder }: ChangesFeed,
  reading: Reading,
): Promise<Announcement | undefined | LostSide> {
  const [old, now] = await Promise.all([
    before && reading.object(before),
    after && reading.object(after),
  ])
  if (isFailure(old)) return { lost: 'before' }
  if (isFailure(now)) return { lost: 'after' }
  const [was, is] = [old && standingOf(old.header), now && standingOf(now.header)]
  const telling = tellingOf(folder, was, is)
  const standing = is ?? was
  if (!telling || !standing) return undefined
  const isItem = telling === 'added' || telling === 'corrected'
  const item = isItem ? now?.part('json')?.bytes : undefined
  return { telling, standing, changed: after?.changed ?? 0, object: after?.object, item }
}

/**
 * Tells whether the current edition does not show any more what a page would hand out. The page
 * cannot leave it out: published again in the same words, it would be no difference to anybody.
 */
async function anyWithdrawn(
  announcements: readonly Announcement[],
  { after }: Leg,
  reading: Reading,
): Promise<boolean | Absence> {
  if (after.digest === reading.milestone.edition) return false
  for (const { item, standing, object } of announcements) {
    const stands = !item || (await standsNow(standing.facts.id, object, reading))
    if (stands !== true) return isFailure(stands) ? stands : true
  }
  return false
}

/** Tells whether the current edition still has an article of an older one, be it another text. */
async function standsNow(
  id: string,
  object: Digest | undefined,
  reading: Reading,
): Promise<boolean | Absence> {
  const entry = await reading.entry('articles', id)
  if (isFailure(entry)) return entry
  if (entry?.object === object) return true
  const article = entry && (await reading.object(entry))
  return isFailure(article) ? article : article?.header.type === 'article'
}

function idOf({ standing }: Announcement): string {
  return standing.facts.id
}

type Summary = Pick<ChangesExtension, 'counts' | 'retracted' | 'removed' | 'left'>

/** Counts the changes, and lists the articles that are gone; empty lists are left out. */
function summarise(announcements: readonly Announcement[], { folder, base }: ChangesFeed): Summary {
  const those = (telling: Telling): Announcement[] =>
    announcements.filter((one) => one.telling === telling)
  const gone = (telling: Telling): { id: string; article: string }[] | undefined => {
    const standings = those(telling).map(({ standing }) => standing.facts)
    return nonEmpty(standings.map(({ guid, id }) => ({ id: guid, article: id })))
  }
  const counts = {
    added: those('added').length,
    corrected: those('corrected').length,
    retracted: those('retracted').length,
    removed: those('removed').length,
    ...(folder === '/' ? {} : { left: those('left').length }),
  }
  const retracted = those('retracted').flatMap(({ standing }) => {
    if (standing.type !== 'retraction') return []
    const { guid, id, retracted_at: at, reason } = standing.facts
    const replacement = replacementOf(standing.facts, base)
    return [{ id: guid, article: id, retracted_at: formatInstant(at), reason, replacement }]
  })
  return { counts, retracted: nonEmpty(retracted), removed: gone('removed'), left: gone('left') }
}

function nonEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items
}

/** Joins a page: the bytes of items go out as they are stored. */
function joinPage(
  { title, folder, base, address, language, about }: ChangesFeed,
  announcements: readonly Announcement[],
  extension: Omit<ChangesExtension, 'about'>,
  next?: string,
): Content {
  const envelope: ChangesEnvelope = {
    version: JSON_FEED_VERSION,
    title,
    home_page_url: base + folder,
    feed_url: address,
    next_url: next,
    language,
    _edgewire: { about, ...extension },
  }
  const items = announcements.flatMap(({ item }) => (item ? [SEPARATOR, item] : [])).slice(1)
  const head = encoder.encode(`${JSON.stringify(envelope).slice(0, -1)},"items":[\n`)
  return { bytes: joinBytes([head, ...items, encoder.encode('\n]}\n')]) }
}
