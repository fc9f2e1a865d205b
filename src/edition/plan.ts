/**
 * A plan: what a publish would do, before it does anything. `publish` carries it out, and a dry run
 * shows it.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import type { Change } from './changes.ts'
import { type CompileCache, throughCache } from './compile-cache.ts'
import { type Difference, diffNames } from './diff.ts'
import { directoryOf, type Edition, reachedBy } from './edition.ts'
import { formatHead, type Head } from './head.ts'
import { holdsText, type Journal, readJournal } from './journal.ts'
import { type Breach, breachesOf } from './ledger.ts'
import type { Press } from './press.ts'
import {
  type HeadFailure,
  loadHead,
  loadTimeline,
  nextHead,
  type ReadHead,
  saysMore,
} from './published.ts'
import type { Malformed } from './render.ts'
import type { Store } from './store.ts'
import { compileTimeline, MOST_AHEAD } from './timeline.ts'

/** Where editions are published to, and what that takes. */
export type Publisher = {
  readonly store: Store
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
  /** Objects that this publish has written itself. */
  readonly mine?: ReadonlySet<Digest> | undefined
}

/** An article that is published later. */
export type Waiting = { readonly id: string; readonly published: Instant }

export type Plan = {
  readonly now: Instant
  readonly read: ReadHead
  readonly next: Head
  /** Whether `head` has to be written. */
  readonly moves: boolean
  readonly current: Edition
  readonly scheduled: readonly Edition[]
  /** Articles that are due after the last edition in the timeline: they need another publish. */
  readonly waiting: readonly Waiting[]
  /** What happens to articles, and to documents, since the edition that is published. */
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

/** Compiles a corpus as it stands now, and compares it with what is published. Writes nothing. */
export async function planPublish(
  publisher: Publisher,
  press: Press,
  { ahead = MOST_AHEAD, allow = new Set(), mine = new Set() }: PlanOptions,
): Promise<Plan | { readonly failure: PlanFailure }> {
  const { cache, platform, journal, clock } = publisher
  const { corpus } = press
  const now = clock()
  const store = throughCache(publisher.store, cache, platform)
  const read = await loadHead(store, corpus.site.tag, platform)
  if ('failure' in read) return read
  const known = await loadTimeline(store, read.head, now)
  if ('failure' in known) return known
  const { current, scheduled, changes } = await compileTimeline(press, store, known, now, ahead)
  if (press.malformed.length > 0)
    return { failure: { reason: 'malformed', documents: press.malformed } }
  const breaches = breachesOf(changes, corpus.articles).filter(
    ({ id }) => allow !== 'all' && !allow.has(id),
  )
  if (breaches.length > 0) return { failure: { reason: 'ledger', breaches } }
  const editions = [current, ...scheduled]
  const next = nextHead(read.head, corpus.site.tag, editions, now)
  const moves = saysMore(next, read.head)
  const written = await readJournal(journal, read.digest, publisher.store, (digest) => {
    const bytes = cache.object(digest)
    return bytes !== undefined && holdsText(bytes)
  })
  const there = new Set([...known.editions.flatMap(reachedBy), ...written, ...mine])
  const directory = missing(editions.flatMap(directoryOf), there)
  const contents = missing(editions.flatMap(reachedBy), new Set([...there, ...directory]))
  const objects = [...contents, ...directory]
  const size = objects.reduce((sum, digest) => sum + press.sizeOf(digest), 0)
  return {
    now,
    read,
    next,
    moves,
    current,
    scheduled,
    waiting: waitingAfter(press, Math.max(scheduled.at(-1)?.facts.at ?? now, now)),
    changes,
    documents: diffNames(known.current?.documents ?? new Map(), current.documents),
    contents,
    directory,
    cost: moves
      ? { keys: objects.length + 1, bytes: size + formatHead(next).length }
      : { keys: 0, bytes: 0 },
  }
}

function missing(digests: readonly Digest[], there: ReadonlySet<Digest>): Digest[] {
  return [...new Set(digests)].filter((digest) => !there.has(digest))
}

/** The articles that are due after an instant, soonest first. */
function waitingAfter({ corpus }: Press, last: Instant): Waiting[] {
  return corpus.articles
    .filter(({ published, retraction }) => published > last && !retraction)
    .map(({ id, published }) => ({ id, published }))
    .toSorted((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1))
}
