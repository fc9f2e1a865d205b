/**
 * A reading: one edition, for the length of one answer. Everything in a response comes from it.
 *
 * What cannot be read is the value `missing`, never an exception: then the whole answer is made
 * again from the edition before, and so on through the timeline: of several editions that were
 * published within minutes, none may be whole at this location yet.
 */

import type { Instant } from '../article/instant.ts'
import { type DirectoryEntry, entryOf, type LeafFacts, leafOf } from '../edition/directory.ts'
import type { EditionFacts } from '../edition/facts.ts'
import type { Head, Milestone, Position } from '../edition/head.ts'
import type { StoredObject } from '../edition/object.ts'
import type { OpenShelf } from './shelf.ts'

export const MISSING = 'missing'
export type Missing = typeof MISSING

export type Reading = {
  /** The newest that this location has seen. */
  readonly head: Head
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

/** Answers from the newest edition that can be read whole; `missing` if there is none. */
export async function readEdition<Answer>(
  shelf: OpenShelf,
  { head, current, earlier, next }: Position,
  now: Instant,
  answer: (reading: Reading) => Promise<Answer | Missing>,
): Promise<Answer | Missing> {
  const untilDue = next && next.at - now
  for (const milestone of [current, ...earlier]) {
    const untilNext =
      milestone === current ? untilDue : Math.min(FALLBACK_SECONDS, untilDue ?? FALLBACK_SECONDS)
    const reading = await openReading(shelf, head, milestone, now, untilNext)
    const answered = reading === MISSING ? MISSING : await answer(reading)
    if (answered !== MISSING) return answered
  }
  return MISSING
}

async function openReading(
  shelf: OpenShelf,
  head: Head,
  milestone: Milestone,
  now: Instant,
  untilNext: number | undefined,
): Promise<Reading | Missing> {
  const edition = await shelf.get<EditionFacts>(milestone.edition, milestone.at)
  if (!edition) return MISSING
  const { facts } = edition
  return {
    head,
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
