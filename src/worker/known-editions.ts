/**
 * Editions that partners name. A cursor is anybody's word: whether it was ever given is found out
 * before anything is read under the digest in it.
 */

import type { Instant } from '../article/instant.ts'
import {
  type BaseEdition,
  type Cursor,
  formatCursor,
  NOTHING,
  type TargetEdition,
} from '../changes/cursor.ts'
import { type DirectoryEntry, entryIn, type LeafFacts, leafOf } from '../edition/directory.ts'
import type { EditionFacts } from '../edition/facts.ts'
import { type Head, lastNumber, wasGivenUp } from '../edition/head.ts'
import { type Absence, isFailure, MISSING, type ReadFailure } from './failure.ts'
import type { Misses } from './misses.ts'
import type { Reading } from './reading.ts'

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

/** Histories that are followed beyond the newest; each names the hundred editions before its own. */
const MOST_HISTORIES = 9

/** Finds the edition that a partner has; undefined if it is none, or is not kept any more. */
export async function findBase(
  cursor: Cursor,
  reading: Reading,
  misses: Misses,
): Promise<BaseEdition | undefined | Absence> {
  return cursor.number === 0 ? NOTHING : findEdition(cursor, reading, misses)
}

/** Finds the edition that a walk leads to; undefined if it may not be walked to any more. */
export async function findTarget(
  cursor: Cursor,
  reading: Reading,
  misses: Misses,
): Promise<TargetEdition | undefined | Absence> {
  const edition = await findEdition(cursor, reading, misses)
  const isKnown = edition !== undefined && !isFailure(edition)
  return isKnown && !isWalkable(edition, reading) ? undefined : edition
}

/**
 * Editions that another location may know before this one: KV is late by minutes only. A number
 * beyond them was given by nobody, or by another site: waiting for it would have no end.
 */
const MOST_BEHIND = 100

/** Tells whether a cursor is newer than what is served here, and of no edition that was given up. */
export function isAhead(cursor: Cursor, { facts, head }: Reading): boolean {
  const { number } = cursor
  return number > facts.number && isLate(number, head) && !wasGivenUp(head, cursor)
}

/** Tells whether a number that is not known here may have been given elsewhere. */
function isLate(number: number, head: Head): boolean {
  return number <= lastNumber(head) + MOST_BEHIND
}

export function currentOf({ facts, milestone }: Reading): TargetEdition {
  return { ...facts, digest: milestone.edition }
}

/** Tells whether an edition is so young that what cannot be read of it is only late. */
export function isYoung(at: Instant, { now }: Reading): boolean {
  return at > now - SURELY_KEPT
}

/** Finds the entry of a document in any edition. */
export async function documentIn(
  { documents }: Pick<EditionFacts, 'documents'>,
  name: string,
  reading: Reading,
): Promise<DirectoryEntry | undefined | Absence> {
  const reference = leafOf(documents, name)
  const leaf = reference && (await reading.object<LeafFacts>(reference))
  return isFailure(leaf) ? MISSING : leaf && entryIn(leaf.facts, name)
}

/** Finds the edition that a cursor names, be it one that was given up. */
async function findEdition(
  cursor: Cursor,
  reading: Reading,
  misses: Misses,
): Promise<TargetEdition | undefined | Absence> {
  const { number, digest } = cursor
  const current = currentOf(reading)
  if (number === current.number || digest === current.digest)
    return formatCursor(current) === formatCursor(cursor) ? current : undefined
  const known = await findTrace(cursor, reading)
  if (isFailure(known)) return known.reason === 'missing' ? known : undefined
  const edition = await readCandidate(cursor, known, reading, misses)
  const isComing = known !== undefined && isYoung(known.at, reading)
  return isFailure(edition) && !isComing ? undefined : edition
}

/** Reads what a cursor takes for an edition, unless it was asked for in vain a moment ago. */
async function readCandidate(
  { number, digest }: Cursor,
  known: Trace | undefined,
  { object, now, isCut }: Reading,
  misses: Misses,
): Promise<TargetEdition | undefined | Absence> {
  if (!misses.allows(digest, known !== undefined, now)) return MISSING
  const edition = await object<EditionFacts>({ object: digest, changed: known?.at ?? 0 })
  if (isFailure(edition)) {
    if (!isCut()) misses.add(digest, now)
    return MISSING
  }
  const isMeant = edition.header.type === 'edition' && edition.facts.number === number
  return isMeant ? { ...edition.facts, digest } : undefined
}

/** The failure of a cursor that nobody gave, or whose edition is not kept any more. */
const UNKNOWN: ReadFailure<'unknown'> = { reason: 'unknown' }

/** A place at which an edition is named: in the timeline, or in a history. */
type Trace = { readonly at: Instant }

/**
 * Looks for an edition in the timeline and in the histories. `unknown`: another has its number, or it
 * would be older than what they reach. Undefined: its number is in a gap, of an edition that was given
 * up; nothing else is known of that, and somewhere it may have begun.
 */
async function findTrace(
  { number, digest }: Cursor,
  reading: Reading,
): Promise<Trace | undefined | Absence | typeof UNKNOWN> {
  const due = reading.head.timeline.find(({ edition }) => edition === digest)
  if (due) return due
  // Of a number that nobody gave yet, as far as is known here.
  if (number > lastNumber(reading.head)) return isLate(number, reading.head) ? MISSING : UNKNOWN
  const history = await historyAround(number, reading)
  if (!history) return UNKNOWN
  if (isFailure(history)) return history
  const named = history.find((edition) => edition.number === number)
  if (named) return named.digest === digest ? named : UNKNOWN
  // Only of the newest history is a gap worth a read.
  return history === reading.facts.history ? undefined : UNKNOWN
}

/** Finds the history into which a number falls: each history leads to the one before it. */
async function historyAround(
  number: number,
  reading: Reading,
): Promise<EditionFacts['history'] | undefined | Absence> {
  let { history } = reading.facts
  for (let followed = 0; followed < MOST_HISTORIES; followed++) {
    const oldest = history.at(-1)
    if (!oldest || oldest.number <= number) return history
    const next = await reading.object<EditionFacts>({ object: oldest.digest, changed: oldest.at })
    if (isFailure(next)) return isYoung(oldest.at, reading) ? MISSING : undefined
    history = next.facts.history
  }
  return undefined
}

/**
 * Tells whether an edition begins later: it says nothing before its time. One that only a wrong clock
 * dated later is not due.
 */
export function isDue({ at, digest }: BaseEdition, { now, head, milestone }: Reading): boolean {
  if (at <= now || digest === milestone.edition) return false
  return head.timeline.some((due) => due.edition === digest && due.at > now)
}

/** Tells whether an edition may still be walked to: it is current, or was a day ago. */
function isWalkable(edition: BaseEdition, reading: Reading): boolean {
  const { history } = reading.facts
  const index = history.findIndex(({ digest }) => digest === edition.digest)
  const successor = index === -1 ? edition : (history[index - 1] ?? reading.facts)
  if (edition.digest === reading.milestone.edition || isDue(edition, reading)) return true
  return edition.at <= reading.now && successor.at > reading.now - LONGEST_WALK
}
