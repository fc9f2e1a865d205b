/**
 * Publishing: the edition of now and those that are due soon, written objects first and `head`
 * last. A reader sees the whole old edition or the whole new one, wherever this stops.
 */

import type { Corpus } from '../article/corpus.ts'
import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import { type Difference, diffNames } from './diff.ts'
import { type Edition, loadEdition, reachedBy } from './edition.ts'
import {
  formatHead,
  type Head,
  keptMilestones,
  type Milestone,
  parseHead,
  positionAt,
} from './head.ts'
import { SCHEMA } from './object.ts'
import { type Malformed, renderArticles } from './render.ts'
import { HEAD_KEY, objectKey, type Store } from './store.ts'
import { compileTimeline, type Known, MOST_AHEAD } from './timeline.ts'

/** An article that is published later. */
export type Waiting = { readonly id: string; readonly published: Instant }

export type Published = {
  readonly current: Milestone
  readonly scheduled: readonly Milestone[]
  /** Articles that are due after the last edition in the timeline: they need another publish. */
  readonly waiting: readonly Waiting[]
  /** Articles whose entry in the current edition is another than before. */
  readonly changes: readonly Difference[]
  /** What was written; nothing at all where nothing had changed. */
  readonly written: { readonly keys: number; readonly bytes: number }
  readonly counts: { readonly articles: number; readonly retractions: number }
}

export type PublishFailure =
  | { readonly reason: 'unreadable-head' }
  | { readonly reason: 'newer-schema'; readonly schema: number }
  | { readonly reason: 'other-site'; readonly site: string; readonly own: string }
  | { readonly reason: 'missing-object'; readonly digest: Digest }
  | { readonly reason: 'malformed'; readonly documents: readonly Malformed[] }

/**
 * Publishes a corpus as it stands now, and as it will stand up to `ahead` seconds later.
 * Nothing that a reader can reach is overwritten.
 */
export async function publish(
  store: Store,
  corpus: Corpus,
  now: Instant,
  platform: Platform,
  ahead: number = MOST_AHEAD,
): Promise<Published | { readonly failure: PublishFailure }> {
  const head = await loadHead(store, corpus.site.tag)
  if (head && 'failure' in head) return head
  const known = await loadTimeline(store, head, now)
  if ('failure' in known) return known
  const malformed: Malformed[] = []
  const report = (found: Malformed): void => void malformed.push(found)
  const rendered = renderArticles(corpus, platform, report)
  const plan = await compileTimeline({
    store,
    corpus,
    rendered,
    known,
    now,
    ahead,
    platform,
    report,
  })
  if (malformed.length > 0) return { failure: { reason: 'malformed', documents: malformed } }
  const timeline = [...keptMilestones(head?.timeline ?? [], now), ...plan.milestones].filter(
    (milestone, index, all) => all.findIndex(({ number }) => number === milestone.number) === index,
  )
  const written = await write(
    store,
    plan.objects,
    known.editions,
    { schema: SCHEMA, site: corpus.site.tag, timeline },
    head,
  )
  const { articles, retractions } = plan.current.facts.counts
  const last = plan.scheduled.at(-1)?.at ?? now
  return {
    current: plan.milestone,
    scheduled: plan.scheduled,
    waiting: waitingAfter(corpus, Math.max(last, now)),
    changes: diffNames(known.current?.articles ?? new Map(), plan.current.articles),
    written,
    counts: { articles, retractions },
  }
}

/** The articles that are due after an instant, soonest first. */
function waitingAfter({ articles }: Corpus, last: Instant): Waiting[] {
  return articles
    .filter(({ published, retraction }) => published > last && !retraction)
    .map(({ id, published }) => ({ id, published }))
    .toSorted((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1))
}

async function loadHead(
  store: Store,
  site: string,
): Promise<Head | undefined | { readonly failure: PublishFailure }> {
  const [bytes] = await store.get([HEAD_KEY])
  if (!bytes) return undefined
  const head = parseHead(bytes)
  if (!head) return { failure: { reason: 'unreadable-head' } }
  if (head.schema > SCHEMA) return { failure: { reason: 'newer-schema', schema: head.schema } }
  if (head.site !== site) return { failure: { reason: 'other-site', site: head.site, own: site } }
  return head
}

/** The current edition and the due ones: what they reach exists, and is not written again. */
async function loadTimeline(
  store: Store,
  head: Head | undefined,
  now: Instant,
): Promise<Known | { readonly failure: PublishFailure }> {
  const position = head && positionAt(head, now)
  if (!head || !position) return { current: undefined, due: [], editions: [] }
  const wanted = head.timeline.filter(({ number }) => number >= position.current.number)
  const editions: Edition[] = []
  for (const { edition } of wanted) {
    const loaded = await loadEdition(store, edition)
    if ('missing' in loaded)
      return { failure: { reason: 'missing-object', digest: loaded.missing } }
    editions.push(loaded)
  }
  return { current: editions[0], due: editions.slice(1), editions }
}

async function write(
  store: Store,
  objects: ReadonlyMap<Digest, Uint8Array>,
  existing: readonly Edition[],
  next: Head,
  head: Head | undefined,
): Promise<Published['written']> {
  const there = new Set(existing.flatMap(reachedBy))
  const missing = [...objects].filter(([digest]) => !there.has(digest))
  const pairs = missing.map(([digest, bytes]) => [objectKey(digest), bytes] as const)
  // A timeline that only lost old editions is not worth a write: readers skip what is past.
  if (pairs.length === 0 && head && sameFuture(head, next)) return { keys: 0, bytes: 0 }
  const last = [HEAD_KEY, formatHead(next)] as const
  await store.put(pairs)
  await store.put([last])
  return {
    keys: pairs.length + 1,
    bytes: [...pairs, last].reduce((sum, [, { length }]) => sum + length, 0),
  }
}

function sameFuture(head: Head, next: Head): boolean {
  const numbers = ({ timeline }: Head): string => timeline.map(({ number }) => number).join()
  const first = next.timeline[0]?.number ?? 0
  return (
    numbers({ ...head, timeline: head.timeline.filter(({ number }) => number >= first) }) ===
    numbers(next)
  )
}
