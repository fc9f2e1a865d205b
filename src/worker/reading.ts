/**
 * A reading: one edition, for the length of one answer. Everything in a response comes from it.
 *
 * What cannot be read is the failure `missing`, never an exception: then the whole answer is made
 * again from the edition before, and so on through the timeline: of several editions that were
 * published within minutes, none may be whole at this location yet. While KV fails, it goes on
 * through the editions of the last days: what was served from one of them lies in the location's cache.
 */

import type { Instant } from '../article/instant.ts'
import { type DirectoryEntry, entryIn, type LeafFacts, leafOf } from '../edition/directory.ts'
import type { EditionFacts } from '../edition/facts.ts'
import type { Head, Milestone, TimelinePosition } from '../edition/head.ts'
import type { StoredObject } from '../edition/object.ts'
import type { PackedMemory } from './coding.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import type { OpenShelf } from './shelf.ts'
import type { StoredFile } from './stored-file.ts'

/** An entry of a directory, and the object that it stands for. */
export type Lookup<Facts> = {
  readonly entry: DirectoryEntry
  readonly object: StoredObject<Facts>
}

export type Reading = {
  /** The newest head that this location has seen. */
  readonly head: Head
  readonly facts: EditionFacts
  readonly milestone: Milestone
  readonly now: Instant
  /** Seconds until another edition may be current; undefined if none is known. */
  readonly untilNext: number | undefined
  readonly entry: (
    directory: 'articles' | 'documents',
    name: string,
  ) => Promise<DirectoryEntry | undefined | Absence>
  /** Tells whether KV failed for this request: what is missing then may be there. */
  readonly isCut: () => boolean
  readonly object: <Facts>(entry: DirectoryEntry) => Promise<StoredObject<Facts> | Absence>
  readonly file: (entry: DirectoryEntry) => Promise<StoredFile | Absence>
  /** Bytes that were packed here before, by the entity-tags of what they are. */
  readonly packed: PackedMemory
}

/** Seconds for which an answer from an edition that is not the current one may be kept. */
const FALLBACK_SECONDS = 30

/**
 * Seconds after which an edition is not fallen back to any more: an outage may last a day, and a
 * location that lagged may have served an older edition in the day before.
 */
const REMEMBERED_SECONDS = 3 * 86_400

/** Finds the object under a name; undefined if the edition has none. */
export async function lookUp<Facts>(
  directory: 'articles' | 'documents',
  name: string,
  reading: Reading,
): Promise<Lookup<Facts> | undefined | Absence> {
  const entry = await reading.entry(directory, name)
  if (!entry || isFailure(entry)) return entry
  const object = await reading.object<Facts>(entry)
  return isFailure(object) ? object : { entry, object }
}

/** Answers from the newest edition that can be read whole; `missing` if there is none. */
export async function answerFromNewest(
  shelf: OpenShelf,
  { head, current, earlier, next }: TimelinePosition,
  now: Instant,
  answer: (reading: Reading) => Promise<Response | Absence>,
): Promise<Response | Absence> {
  const untilDue = next && next.at - now
  const soon = Math.min(FALLBACK_SECONDS, untilDue ?? FALLBACK_SECONDS)
  const milestones = [current, ...earlier]
  const named = milestones.length
  for (const [index, milestone] of milestones.entries()) {
    const untilNext = index === 0 ? untilDue : soon
    const reading = await openReading(shelf, { head, milestone, now, untilNext })
    if (isFailure(reading)) continue
    const answered = await answer(reading)
    if (isAnswer(answered, index < named)) return answered
    if (shelf.isCut()) milestones.push(...lately(reading.facts, milestones.at(-1) ?? current, now))
  }
  return MISSING
}

/** Tells whether an edition answers: from one of some days ago, that nothing is there does not. */
function isAnswer(answered: Response | Absence, isNamed: boolean): answered is Response {
  return !isFailure(answered) && (isNamed || answered.status !== 404)
}

/** Lists the editions before one that were current within the last days, newest first. */
function lately({ history }: EditionFacts, last: Milestone, now: Instant): Milestone[] {
  const older = history.filter(({ number }) => number < last.number)
  return older
    .filter((_, index) => (older[index - 1] ?? last).at > now - REMEMBERED_SECONDS)
    .map(({ number, at, digest }) => ({ number, at, edition: digest }))
}

/** Opens the edition of a milestone; `missing` if it cannot be read. */
async function openReading(
  shelf: OpenShelf,
  place: Pick<Reading, 'head' | 'milestone' | 'now' | 'untilNext'>,
): Promise<Reading | Absence> {
  const { milestone } = place
  const edition = await shelf.get<EditionFacts>(milestone.edition, milestone.at)
  if (edition?.header.type !== 'edition' || edition.facts.number !== milestone.number)
    return MISSING
  const { facts } = edition
  return {
    ...place,
    facts,
    isCut: shelf.isCut,
    packed: shelf.packed,
    async entry(directory, name) {
      const reference = leafOf(facts[directory], name)
      if (!reference) return undefined
      const leaf = await shelf.get<LeafFacts>(reference.object, reference.changed)
      return leaf?.header.type === 'leaf' ? entryIn(leaf.facts, name) : MISSING
    },
    async object<Facts>({ object, changed }: DirectoryEntry) {
      return (await shelf.get<Facts>(object, changed)) ?? MISSING
    },
    file: async ({ object, changed }) => (await shelf.file(object, changed)) ?? MISSING,
  }
}
