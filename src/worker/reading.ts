/**
 * A reading: one edition, for the length of one answer. Everything in a response comes from it.
 *
 * What cannot be read is the value `missing`, never an exception: then the whole answer is made
 * again from the edition before.
 */

import type { Instant } from '../article/instant.ts'
import { type DirectoryEntry, entryOf, type LeafFacts, leafOf } from '../edition/directory.ts'
import type { EditionFacts } from '../edition/facts.ts'
import type { Milestone, Position } from '../edition/head.ts'
import type { StoredObject } from '../edition/object.ts'
import type { Shelf } from './shelf.ts'

export const MISSING = 'missing'
export type Missing = typeof MISSING

export type Reading = {
  readonly facts: EditionFacts
  readonly milestone: Milestone
  readonly now: Instant
  /** Seconds until another edition may be current; undefined if none is known. */
  readonly untilNext: number | undefined
  readonly entry: (
    directory: 'articles' | 'documents',
    name: string,
  ) => Promise<DirectoryEntry | undefined | Missing>
  readonly object: <Facts>(entry: DirectoryEntry) => Promise<StoredObject<Facts> | Missing>
}

/** Seconds for which an answer from an edition that is not the current one may be kept. */
const FALLBACK_SECONDS = 30

/** Answers from the current edition, or else from the one before; `missing` if neither can be read. */
export async function readEdition<Answer>(
  shelf: Shelf,
  position: Position,
  now: Instant,
  answer: (reading: Reading) => Promise<Answer | Missing>,
): Promise<Answer | Missing> {
  const { current, previous, next } = position
  const first = await openReading(shelf, current, now, next && next.at - now)
  const answered = first === MISSING ? MISSING : await answer(first)
  if (answered !== MISSING || !previous) return answered
  const second = await openReading(shelf, previous, now, FALLBACK_SECONDS)
  return second === MISSING ? MISSING : answer(second)
}

async function openReading(
  shelf: Shelf,
  milestone: Milestone,
  now: Instant,
  untilNext: number | undefined,
): Promise<Reading | Missing> {
  const edition = await shelf.get<EditionFacts>(milestone.edition, milestone.at)
  if (!edition) return MISSING
  const { facts } = edition
  return {
    facts,
    milestone,
    now,
    untilNext,
    async entry(directory, name) {
      const reference = leafOf(facts[directory], name)
      if (!reference) return undefined
      const leaf = await shelf.get<LeafFacts>(reference.object, reference.changed)
      return leaf ? entryOf(leaf.facts, name) : MISSING
    },
    async object<Facts>({ object, changed }: DirectoryEntry) {
      return (await shelf.get<Facts>(object, changed)) ?? MISSING
    },
  }
}
