/**
 * `head`: the one mutable key. It names the site and the timeline, so that a reader knows which
 * edition is current now and which will be next, without anything running at that instant.
 */

import {
  array,
  type InferOutput,
  integer,
  length,
  minLength,
  number,
  object,
  optional,
  pipe,
  safeParse,
  string,
} from 'valibot'
import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { canonicalJson } from './canonical.ts'

const digest = pipe(string(), length(43))
const whole = pipe(number(), integer())

const HEAD = object({
  schema: whole,
  /** The tag of `site.yaml`: whose namespace this is. */
  site: string(),
  timeline: pipe(array(object({ at: whole, number: whole, edition: digest })), minLength(1)),
  /** The highest number that was ever given: one that was given up is not given again. */
  last: optional(whole),
  /** When it was written, by the clock of the publisher who wrote it. */
  written: optional(whole),
})

export type Head = InferOutput<typeof HEAD>
/** An edition in the timeline: from `at` on it is the current one, until the next one's `at`. */
export type Milestone = Head['timeline'][number]

/** How long an earlier edition stays in the timeline: longer than KV takes to show a write. */
const KEPT_SECONDS = 600

/** Reads a stored head; undefined if it is none that this code understands. */
export function parseHead(bytes: Uint8Array): Head | undefined {
  try {
    const result = safeParse(HEAD, JSON.parse(new TextDecoder().decode(bytes)))
    return result.success ? result.output : undefined
  } catch {
    // Not JSON: whatever wrote it, it is not a head.
    return undefined
  }
}

export function formatHead(head: Head): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(head)) as Uint8Array<ArrayBuffer>
}

/** The highest number that was ever given. */
export function lastNumber(head: Head | undefined): number {
  const numbers = head?.timeline.map(({ number }) => number) ?? []
  return Math.max(0, head?.last ?? 0, ...numbers)
}

/**
 * Whether an edition was given up before it began: its number was given when this head was written,
 * and it is not among those that are due. Somewhere it may have begun nevertheless.
 */
export function wasGivenUp(
  head: Head,
  { number, digest }: { readonly number: number; readonly digest: Digest },
): boolean {
  return number <= lastNumber(head) && head.timeline.every(({ edition }) => edition !== digest)
}

export type Position = {
  readonly head: Head
  readonly current: Milestone
  /** The editions before it that may still be read, newest first. */
  readonly earlier: readonly Milestone[]
  readonly next: Milestone | undefined
}

/** Where in the timeline an instant falls. Before its beginning, its first edition is current. */
export function positionAt(head: Head, now: Instant): Position | undefined {
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

/** The earlier editions that stay: those whose successor is young, and one more. */
export function keptMilestones(timeline: readonly Milestone[], now: Instant): Milestone[] {
  const past = timeline.filter(({ at }) => at <= now)
  const old = past.findLastIndex((_, index) => (past[index + 1]?.at ?? now) < now - KEPT_SECONDS)
  return past.slice(Math.max(0, old))
}
