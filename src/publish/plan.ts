/**
 * A plan: what a publish would do, before it does anything. `publish` carries it out, and a dry run
 * shows it.
 */

import type { Listing } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import type { Change } from '../changes/change.ts'
import { type Difference, diffNames } from '../changes/diff.ts'
import type { Compilation } from '../compile/compile.ts'
import { type CompileCache, throughCache } from '../compile/compile-cache.ts'
import { hasNotesOnly, type Malformed } from '../compile/findings.ts'
import type { Press } from '../compile/press.ts'
import { directoryOf, type Edition, type MissingObject, reachedBy } from '../edition/edition.ts'
import { formatHead, type Head, lastNumber } from '../edition/head.ts'
import type { Store, TidyStore } from '../edition/store.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { type Journal, readJournal } from './journal.ts'
import { type Breach, breachesOf } from './ledger.ts'
import {
  type HeadFailure,
  instantAfter,
  loadHead,
  loadTimeline,
  nextHead,
  type PublishedEditions,
  type ReadHead,
  saysMore,
  withoutFuture,
} from './published.ts'
import { compileTimeline, MOST_AHEAD, type Timeline } from './timeline.ts'

/** The place to which editions are published, and what that takes. */
export type Publisher = {
  readonly store: Store & Pick<TidyStore, 'list'>
  readonly cache: CompileCache
  readonly journal: Journal
  readonly platform: Platform
  readonly clock: () => Instant
}

export type PlanOptions = {
  /** How many seconds ahead editions are scheduled; the default is a week. */
  readonly ahead?: number | undefined
  /** Ids of articles that may contradict the ledger. */
  readonly allow?: ReadonlySet<string> | 'all' | undefined
  /** Whether everything is written again: something in the store was lost. */
  readonly repair?: boolean | undefined
  /** Whether what was published last was dated by a clock that was ahead. */
  readonly clockWasWrong?: boolean | undefined
  /** Objects that this publish has written itself. */
  readonly mine?: ReadonlySet<Digest> | undefined
}

/** An article that is published later. */
export type WaitingArticle = { readonly id: string; readonly published: Instant }

export type Plan = {
  readonly now: Instant
  readonly read: ReadHead
  readonly next: Head
  /** Whether `head` has to be written. */
  readonly moves: boolean
  readonly current: Edition
  readonly scheduled: readonly Compilation[]
  /** Ids that were scheduled and are not any more. */
  readonly unscheduled: readonly string[]
  /** Articles that are due after the last edition in the timeline: they need another publish. */
  readonly waiting: readonly WaitingArticle[]
  /** The changes of articles, and of documents, since the edition that is published. */
  readonly changes: readonly Change[]
  readonly documents: readonly Difference[]
  /** Objects that are not in the store: what editions contain, and then the editions themselves. */
  readonly contents: readonly Digest[]
  readonly directory: readonly Digest[]
  /** KV writes and bytes, `head` included. */
  readonly cost: { readonly keys: number; readonly bytes: number }
}

export type PlanFailure =
  | HeadFailure
  | { readonly reason: 'malformed'; readonly documents: readonly Malformed[] }
  | { readonly reason: 'ledger'; readonly breaches: readonly Breach[] }
  | { readonly reason: 'file-changed' }

/** Compiles a corpus as it stands now, and compares it with what is published. Writes nothing. */
export async function planPublish(
  publisher: Publisher,
  press: Press,
  options: PlanOptions,
): Promise<Result<Plan, PlanFailure>> {
  const { cache, platform, clock } = publisher
  const { corpus } = press
  const store = throughCache(publisher.store, cache, platform)
  const loaded = await loadHead(store, corpus.site.tag, platform)
  if (!loaded.ok) return loaded
  const read = loaded.value
  const head = options.clockWasWrong ? read.head && withoutFuture(read.head, clock()) : read.head
  const instant = instantAfter(head, clock())
  if (!instant.ok) return instant
  const now = instant.value
  const standing = await loadKnown(store, head, now, options)
  if (!standing.ok) return standing
  const known = standing.value
  const timeline = await compileTimeline({
    press,
    store,
    known,
    now,
    ahead: options.ahead ?? MOST_AHEAD,
  })
  const refused = refusalOfTimeline(press, timeline, options)
  if (refused) return fail(refused)
  const { current, changes, scheduled, unscheduled } = timeline
  const editions = [current, ...scheduled.map(({ edition }) => edition)]
  const next = nextHead(head, corpus.site.tag, editions, now)
  const moves = saysMore(next, read.head) || head !== read.head
  const there = await knownObjects(publisher, known, now, options)
  const directory = missingFrom(editions.flatMap(directoryOf), there)
  const contents = missingFrom(editions.flatMap(reachedBy), new Set([...there, ...directory]))
  const objects = [...contents, ...directory]
  const size = objects.reduce((sum, digest) => sum + press.sizeOf(digest), 0)
  return ok({
    now,
    read,
    next,
    moves,
    current,
    scheduled,
    unscheduled,
    changes,
    waiting: waitingAfter(corpus.articles, scheduled.at(-1)?.edition ?? current),
    documents: diffNames(known.current?.documents ?? new Map(), current.documents),
    contents,
    directory,
    cost: {
      keys: objects.length + (moves ? 1 : 0),
      bytes: size + (moves ? formatHead(next).length : 0),
    },
  })
}

/**
 * Loads what is published; where that cannot be read whole and is to be repaired, its number only.
 */
async function loadKnown(
  store: Store,
  head: Head | undefined,
  now: Instant,
  { repair }: PlanOptions,
): Promise<Result<PublishedEditions, MissingObject>> {
  const known = await loadTimeline(store, head, now)
  if (known.ok || !repair) return known
  return ok({ current: undefined, due: [], editions: [], last: lastNumber(head) })
}

/** Tells why what was compiled may not be published. */
function refusalOfTimeline(
  press: Press,
  { changes, findings }: Timeline,
  { allow = new Set() }: PlanOptions,
): PlanFailure | undefined {
  // There was none when the press was opened: a file has changed since.
  if (!hasNotesOnly(findings.problems)) return { reason: 'file-changed' }
  if (findings.malformed.length > 0) return { reason: 'malformed', documents: findings.malformed }
  const breaches = breachesOf(changes, press.corpus.articles).filter(
    ({ id }) => allow !== 'all' && !allow.has(id),
  )
  return breaches.length > 0 ? { reason: 'ledger', breaches } : undefined
}

/** Collects the objects that are in the store: what editions reach, and what a journal notes. */
async function knownObjects(
  { journal, store }: Publisher,
  { editions }: PublishedEditions,
  now: Instant,
  { repair, mine = new Set() }: PlanOptions,
): Promise<Set<Digest>> {
  if (repair) return new Set(mine)
  const noted = await readJournal(journal, now, store, mine)
  return new Set([...editions.flatMap(reachedBy), ...noted, ...mine])
}

function missingFrom(digests: readonly Digest[], there: ReadonlySet<Digest>): Digest[] {
  return [...new Set(digests)].filter((digest) => !there.has(digest))
}

/** Lists the articles that an edition does not have yet and nothing will bring, soonest first. */
export function waitingAfter(articles: readonly Listing[], last: Edition): WaitingArticle[] {
  return articles
    .filter(({ id, published, retraction }) => {
      return published > last.facts.at && !retraction && !last.articles.has(id)
    })
    .map(({ id, published }) => ({ id, published }))
    .toSorted((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1))
}
