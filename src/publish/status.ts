/**
 * The status: what is current, what is scheduled, and what was before. Reads, and writes nothing.
 */

import type { Instant } from '../article/instant.ts'
import type { Platform } from '../article/platform.ts'
import { diffNames } from '../changes/diff.ts'
import { type Edition, reachedBy } from '../edition/edition.ts'
import { objectKey, type Store, type TidyStore } from '../edition/store.ts'
import { ok, type Result } from '../markup/result.ts'
import { type HeadFailure, loadHead, loadTimeline, secondsAhead } from './published.ts'

export type ScheduledEdition = {
  readonly number: number
  readonly at: Instant
  /** Articles that begin or change with it. */
  readonly articles: readonly string[]
}

export type Status = {
  readonly site: string
  readonly current: Edition
  readonly now: Instant
  readonly scheduled: readonly ScheduledEdition[]
  /** The last edition in the timeline. */
  readonly last: Edition
  /** By how many seconds the clock was ahead that dated what was published last. */
  readonly ahead: number
}

/** Reads what is published; undefined if nothing is. */
export async function readStatus(
  store: Store,
  now: Instant,
  platform: Platform,
): Promise<Result<Status | undefined, HeadFailure>> {
  const read = await loadHead(store, undefined, platform)
  if (!read.ok) return read
  const { head } = read.value
  const known = await loadTimeline(store, head, now)
  if (!known.ok) return known
  const { current, due, editions } = known.value
  if (!head || !current) return ok(undefined)
  const scheduled = due.map((edition, index) => ({
    number: edition.facts.number,
    at: edition.facts.at,
    articles: diffNames((editions[index] ?? current).articles, edition.articles).map(
      ({ name }) => name,
    ),
  }))
  const ahead = secondsAhead(head, now)
  return ok({ site: head.site, current, now, scheduled, last: due.at(-1) ?? current, ahead })
}

/** Counts the objects that some editions reach and the store does not list. */
export async function countMissing(
  store: Pick<TidyStore, 'list'>,
  editions: readonly Edition[],
): Promise<{ readonly objects: number; readonly missing: number }> {
  const reached = new Set(editions.flatMap(reachedBy).map(objectKey))
  const there = new Set((await store.list()).map(({ key }) => key))
  return { objects: reached.size, missing: [...reached].filter((key) => !there.has(key)).length }
}
