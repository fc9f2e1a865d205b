/** What is published: `head`, and the editions that it names. */

import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import { type Edition, type KnownLeaves, loadEdition } from './edition.ts'
import {
  formatHead,
  type Head,
  keptMilestones,
  lastNumber,
  type Milestone,
  parseHead,
  positionAt,
} from './head.ts'
import { SCHEMA } from './object.ts'
import { HEAD_KEY, type Store } from './store.ts'
import type { Known } from './timeline.ts'

export type HeadFailure =
  | { readonly reason: 'unreadable-head' }
  | { readonly reason: 'newer-schema'; readonly schema: number }
  | { readonly reason: 'other-site'; readonly site: string; readonly own: string }
  | { readonly reason: 'missing-object'; readonly digest: Digest }
  | { readonly reason: 'clock-behind'; readonly seconds: number }

/** `head` as it was read; `digest` tells whether it is still the same. */
export type ReadHead = { readonly head: Head | undefined; readonly digest: Digest }

const NO_HEAD: ReadHead = { head: undefined, digest: 'none' }

/** Reads `head`; `site` is the tag whose namespace it has to be, if that is known. */
export async function loadHead(
  store: Store,
  site: string | undefined,
  platform: Platform,
): Promise<ReadHead | { readonly failure: HeadFailure }> {
  const [bytes] = await store.get([HEAD_KEY])
  if (!bytes) return NO_HEAD
  const head = parseHead(bytes)
  if (!head) return { failure: { reason: 'unreadable-head' } }
  if (head.schema > SCHEMA) return { failure: { reason: 'newer-schema', schema: head.schema } }
  if (site !== undefined && head.site !== site)
    return { failure: { reason: 'other-site', site: head.site, own: site } }
  return { head, digest: platform.digest(bytes) }
}

/** Whether `head` is still what it was. */
export async function isStill(
  { digest }: ReadHead,
  store: Store,
  platform: Platform,
): Promise<boolean> {
  const [bytes] = await store.get([HEAD_KEY])
  return (bytes ? platform.digest(bytes) : NO_HEAD.digest) === digest
}

/** Seconds by which the clocks of two publishers may differ. */
const MOST_SKEW = 60

/**
 * The instant to publish at: not before the last publish, whoever made it. A clock that is further
 * behind would take what is current for something that is due.
 */
export function instantAfter(
  head: Head | undefined,
  now: Instant,
): Instant | { readonly failure: HeadFailure } {
  const written = head?.written ?? 0
  if (written > now + MOST_SKEW)
    return { failure: { reason: 'clock-behind', seconds: written - now } }
  return Math.max(now, written)
}

/** The current edition and the due ones: what they reach exists, and is not written again. */
export async function loadTimeline(
  store: Store,
  head: Head | undefined,
  now: Instant,
): Promise<Known | { readonly failure: HeadFailure }> {
  const position = head && positionAt(head, now)
  if (!head || !position) return { current: undefined, due: [], editions: [], last: 0 }
  const wanted = head.timeline.filter(({ number }) => number >= position.current.number)
  const editions: Edition[] = []
  const leaves: KnownLeaves = new Map()
  for (const { edition } of wanted) {
    const loaded = await loadEdition(store, edition, leaves)
    if ('missing' in loaded)
      return { failure: { reason: 'missing-object', digest: loaded.missing } }
    editions.push(loaded)
  }
  return { current: editions[0], due: editions.slice(1), editions, last: lastNumber(head) }
}

export function milestoneOf({ digest, facts }: Edition): Milestone {
  return { at: facts.at, number: facts.number, edition: digest }
}

/** The head that follows: what is kept of the past, and the editions of now and later. */
export function nextHead(
  head: Head | undefined,
  site: string,
  editions: readonly Edition[],
  now: Instant,
): Head {
  const kept = keptMilestones(head?.timeline ?? [], now)
  const numbers = new Set(kept.map(({ number }) => number))
  const next = editions.map(milestoneOf).filter(({ number }) => !numbers.has(number))
  const timeline = [...kept, ...next]
  const last = Math.max(lastNumber(head), ...timeline.map(({ number }) => number))
  return { schema: SCHEMA, site, timeline, last, written: now }
}

/** A timeline that only lost old editions is not worth a write: readers skip what is past. */
export function saysMore(next: Head, head: Head | undefined): boolean {
  if (!head) return true
  const first = next.timeline[0]?.number ?? 0
  const numbersOf = ({ timeline }: Head): string =>
    timeline
      .map(({ number }) => number)
      .filter((number) => number >= first)
      .join()
  return numbersOf(head) !== numbersOf(next)
}

export async function moveHead(store: Store, head: Head): Promise<number> {
  const bytes = formatHead(head)
  await store.put([[HEAD_KEY, bytes]])
  return bytes.length
}
