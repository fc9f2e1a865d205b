/**
 * The timeline: the edition of now, and those that are due soon, compiled ahead so that nothing has
 * to run at the instant at which a story is due.
 */

import type { Corpus } from '../article/corpus.ts'
import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import { compileEdition } from './compile.ts'
import { type Edition, loadObject, saysTheSame } from './edition.ts'
import type { Milestone } from './head.ts'
import { StoredObject } from './object.ts'
import type { Malformed, Rendered } from './render.ts'
import type { Store } from './store.ts'

/** How many editions may wait in the timeline, and how far ahead (seconds). */
const MOST_SCHEDULED = 8
export const MOST_AHEAD = 7 * 86_400

/** What is published: the current edition, those that are due, and all of them. */
export type Known = {
  readonly current: Edition | undefined
  readonly due: readonly Edition[]
  readonly editions: readonly Edition[]
}

export type Plan = {
  readonly current: Edition
  readonly milestone: Milestone
  readonly scheduled: readonly Milestone[]
  readonly milestones: readonly Milestone[]
  readonly objects: ReadonlyMap<Digest, Uint8Array>
}

/** Compiles the edition of now and the due ones; where they say what is published, that stays. */
export async function compileTimeline(input: {
  readonly store: Store
  readonly corpus: Corpus
  readonly rendered: ReadonlyMap<string, Rendered>
  readonly known: Known
  readonly now: Instant
  readonly ahead: number
  readonly platform: Platform
  readonly report: (malformed: Malformed) => void
}): Promise<Plan> {
  const { store, known, now } = input
  const objects = new Map<Digest, Uint8Array>()
  const read = async (digest: Digest): Promise<StoredObject | undefined> => {
    const fresh = objects.get(digest)
    return fresh ? new StoredObject(fresh) : loadObject(store, digest)
  }
  let number = Math.max(0, ...known.editions.map(({ facts }) => facts.number))
  let moved = false
  /** The edition of an instant, or the published one in its place if that says the same. */
  const settle = async (
    at: Instant,
    before: Edition | undefined,
    standing: Edition | undefined,
  ): Promise<Edition> => {
    const compiled = await compileEdition({
      ...input,
      before,
      at,
      number: number + 1,
      read,
    })
    if (!moved && standing && saysTheSame(standing.facts, compiled.edition.facts)) return standing
    moved = true
    number += 1
    for (const [digest, bytes] of compiled.objects) objects.set(digest, bytes)
    return compiled.edition
  }
  // A clock that went back must not date an edition before the one that it follows.
  const current = await settle(
    Math.max(now, known.current?.facts.at ?? 0),
    known.current,
    known.current,
  )
  const scheduled: Edition[] = []
  for (const [index, at] of dueInstants(input.corpus, now, input.ahead).entries()) {
    const standing = known.due[index]
    if (standing?.facts.at !== at) moved = true
    scheduled.push(await settle(at, scheduled.at(-1) ?? current, standing))
  }
  const milestones = [current, ...scheduled].map(({ digest, facts }) => ({
    at: facts.at,
    number: facts.number,
    edition: digest,
  }))
  const [milestone = { at: now, number, edition: current.digest }, ...later] = milestones
  return { current, milestone, scheduled: later, milestones, objects }
}

/** The instants ahead at which something is due, soonest first. */
function dueInstants({ articles }: Corpus, now: Instant, ahead: number): Instant[] {
  const due = articles.filter(
    ({ published, retraction }) => !retraction && published > now && published <= now + ahead,
  )
  return [...new Set(due.map(({ published }) => published))]
    .toSorted((a, b) => a - b)
    .slice(0, MOST_SCHEDULED)
}
