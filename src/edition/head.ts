/**
 * `head`: the one mutable key. It names the site and the timeline, so that a reader knows which
 * edition is current now and which will be next, without anything running at that instant.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { canonicalJson } from './canonical.ts'
import { isWholeNumber, membersOf } from './members.ts'

/** An edition in the timeline: from `at` on it is the current one, until the next one's `at`. */
export type Milestone = {
  readonly at: Instant
  readonly number: number
  readonly edition: Digest
}

export type Head = {
  readonly schema: number
  /** The tag of `site.yaml`: whose namespace this is. */
  readonly site: string
  /** At least one edition; instants and numbers ascend. */
  readonly timeline: readonly Milestone[]
  /** The highest number that was ever given: one that was given up is not given again. */
  readonly last: number
  /** When it was written, by the clock of the publisher who wrote it. */
  readonly written: Instant
}

/** How long an earlier edition stays in the timeline: longer than KV takes to show a write. */
const KEPT_SECONDS = 600

/** A number has ten digits at most, as in a cursor. */
const MOST_NUMBER = 9_999_999_999
/** A publisher writes once a second at most, and what it keeps is young. */
const MOST_MILESTONES = 1000

/** Reads a stored head, whatever it is; undefined if it is none, or not whole. */
export function parseHead(bytes: Uint8Array): Head | undefined {
  const { schema, site, timeline, last, written } = membersOf(bytes)
  if (!isWholeNumber(schema) || typeof site !== 'string' || !isTimeline(timeline)) return undefined
  if (!isWholeNumber(last, MOST_NUMBER) || !isWholeNumber(written)) return undefined
  return { schema, site, timeline, last, written }
}

function isTimeline(value: unknown): value is readonly Milestone[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_MILESTONES) return false
  return value.every((one, index) => isMilestone(one) && follows(one, value[index - 1]))
}

function isMilestone(value: unknown): value is Milestone {
  const { at, number, edition } = (value ?? {}) as Partial<Milestone>
  return (
    isWholeNumber(at) && isWholeNumber(number, MOST_NUMBER) && /^[\w-]{43}$/.test(String(edition))
  )
}

/** Tells whether an edition may stand behind another one. */
function follows({ at, number }: Milestone, before: Milestone | undefined): boolean {
  return !before || (at >= before.at && number > before.number)
}

export function formatHead(head: Head): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(head)) as Uint8Array<ArrayBuffer>
}

/** Returns the highest number that was ever given. */
export function lastNumber(head: Head | undefined): number {
  const numbers = head?.timeline.map(({ number }) => number) ?? []
  return Math.max(0, head?.last ?? 0, ...numbers)
}

/**
 * Tells whether an edition was given up before it began: its number was given when this head was
 * written, and it is not among those that are due. Somewhere it may have begun nevertheless.
 */
export function wasGivenUp(
  head: Head,
  { number, digest }: { readonly number: number; readonly digest: Digest },
): boolean {
  return number <= lastNumber(head) && head.timeline.every(({ edition }) => edition !== digest)
}

export type TimelinePosition = {
  readonly head: Head
  readonly current: Milestone
  /** The editions before it that may still be read, newest first. */
  readonly earlier: readonly Milestone[]
  readonly next: Milestone | undefined
}

/**
 * Finds the place of an instant in the timeline. Before its beginning, its first edition is
 * current.
 */
export function positionAt(head: Head, now: Instant): TimelinePosition | undefined {
  const { timeline } = head
  const index = Math.max(
    0,
    timeline.findLastIndex(({ at }) => at <= now),
  )
  const current = timeline[index]
  return (
    current && {
      head,
      current,
      earlier: timeline.slice(0, index).toReversed(),
      next: timeline[index + 1],
    }
  )
}

/** Chooses the earlier editions that stay: those whose successor is young, and one more. */
export function keptMilestones(timeline: readonly Milestone[], now: Instant): Milestone[] {
  const past = timeline.filter(({ at }) => at <= now)
  const old = past.findLastIndex((_, index) => (past[index + 1]?.at ?? now) < now - KEPT_SECONDS)
  return past.slice(Math.max(0, old))
}
