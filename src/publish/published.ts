/** The published editions: `head`, and those that it names. */

import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import type { Names } from '../edition/directory.ts'
import {
  type Edition,
  type KnownLeaves,
  loadEdition,
  type MissingObject,
} from '../edition/edition.ts'
import {
  formatHead,
  type Head,
  keptMilestones,
  lastNumber,
  type Milestone,
  parseHead,
  positionAt,
} from '../edition/head.ts'
import { SCHEMA } from '../edition/object.ts'
import { HEAD_KEY, type Store } from '../edition/store.ts'
import { fail, ok, type Result } from '../markup/result.ts'

/** The editions that are published: the current one, those that are due, and all of them. */
export type PublishedEditions = {
  readonly current: Edition | undefined
  readonly due: readonly Edition[]
  readonly editions: readonly Edition[]
  /** The highest number that was ever given. */
  readonly last: number
  /** Whether the current edition says itself that it begins later: another takes its place. */
  readonly isMisdated?: boolean
}

export type HeadFailure =
  | { readonly reason: 'unreadable-head' }
  | { readonly reason: 'newer-schema'; readonly schema: number }
  | { readonly reason: 'other-site'; readonly site: string; readonly own: string }
  | MissingObject
  | { readonly reason: 'clock-behind'; readonly seconds: number }

/** `head` as it was read; `digest` tells whether it is still the same. */
export type ReadHead = { readonly head: Head | undefined; readonly digest: Digest }

const NO_HEAD: ReadHead = { head: undefined, digest: 'none' }

/** Reads `head`; `site` is the tag whose namespace it has to be, if that is known. */
export async function loadHead(
  store: Store,
  site: string | undefined,
  platform: Platform,
): Promise<Result<ReadHead, HeadFailure>> {
  const [bytes] = await store.get([HEAD_KEY])
  if (!bytes) return ok(NO_HEAD)
  const head = parseHead(bytes)
  if (!head) return fail({ reason: 'unreadable-head' })
  if (head.schema > SCHEMA) return fail({ reason: 'newer-schema', schema: head.schema })
  if (site !== undefined && head.site !== site)
    return fail({ reason: 'other-site', site: head.site, own: site })
  return ok({ head, digest: platform.digest(bytes) })
}

/** Tells whether `head` is still what it was. */
export async function isStill(
  { digest }: ReadHead,
  store: Store,
  platform: Platform,
): Promise<boolean> {
  const [bytes] = await store.get([HEAD_KEY])
  return (bytes ? platform.digest(bytes) : NO_HEAD.digest) === digest
}

const NOTHING_KNOWN: PublishedEditions = { current: undefined, due: [], editions: [], last: 0 }

/** Seconds by which the clocks of two publishers may differ. */
const MOST_CLOCK_SKEW = 60

/**
 * Chooses the instant to publish at: not before the last publish, whoever made it. A clock that is
 * further behind would take what is current for something that is due.
 */
export function instantAfter(head: Head | undefined, now: Instant): Result<Instant, HeadFailure> {
  const seconds = secondsAhead(head, now)
  if (seconds > 0) return fail({ reason: 'clock-behind', seconds })
  return ok(Math.max(now, head?.written ?? 0))
}

/**
 * Counts the seconds by which the clock was ahead that dated a head; 0 if it was right, or nearly.
 */
export function secondsAhead(head: Head | undefined, now: Instant): number {
  const seconds = (head?.written ?? 0) - now
  return seconds > MOST_CLOCK_SKEW ? seconds : 0
}

/**
 * Makes the head as it would be, had no clock been ahead: what is dated after now is given up, but
 * for what readers see. Where all of it is, that is its first edition, which is dated just before
 * now.
 */
export function withoutFuture(head: Head, now: Instant): Head {
  const { timeline, written } = head
  if (written <= now && timeline.every(({ at }) => at <= now)) return head
  const past = timeline.filter(({ at }) => at <= now)
  const shown = timeline.slice(0, 1).map((milestone) => ({ ...milestone, at: now - 1 }))
  return {
    ...head,
    timeline: past.length > 0 ? past : shown,
    last: lastNumber(head),
    written: Math.min(written, now),
  }
}

/**
 * Dates an edition by the instant from which it is current, whatever it says itself: nothing in it
 * is later.
 */
function datedBy({ at }: Milestone, edition: Edition): Edition {
  const dated = (names: Names): Names =>
    new Map(
      Array.from(names, ([name, entry]) => [
        name,
        entry.changed > at ? { ...entry, changed: at } : entry,
      ]),
    )
  const { facts } = edition
  return {
    ...edition,
    facts: { ...facts, at, floor: Math.min(facts.floor, at) },
    articles: dated(edition.articles),
    documents: dated(edition.documents),
  }
}

/** Loads the current edition and the due ones: what they reach exists, and is not written again. */
export async function loadTimeline(
  store: Store,
  head: Head | undefined,
  now: Instant,
): Promise<Result<PublishedEditions, MissingObject>> {
  const position = head && positionAt(head, now)
  if (!head || !position) return ok(NOTHING_KNOWN)
  const wanted = head.timeline.filter(({ number }) => number >= position.current.number)
  const editions: Edition[] = []
  const leaves: KnownLeaves = new Map()
  let isMisdated = false
  for (const milestone of wanted) {
    const loaded = await loadEdition(store, milestone.edition, leaves)
    if (!loaded.ok) return loaded
    const edition = loaded.value
    const isAhead = edition.facts.at > milestone.at
    isMisdated ||= isAhead
    editions.push(isAhead ? datedBy(milestone, edition) : edition)
  }
  const [current, ...due] = editions
  return ok({ current, due, editions, last: lastNumber(head), isMisdated })
}

export function milestoneOf({ digest, facts }: Edition): Milestone {
  return { at: facts.at, number: facts.number, edition: digest }
}

/** Makes the head that follows: what is kept of the past, and the editions of now and later. */
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

/**
 * Tells whether a head is worth a write: one that only lost old editions is not, since readers skip
 * what is past.
 */
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
