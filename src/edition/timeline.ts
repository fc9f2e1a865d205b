/**
 * The timeline: the edition of now, and those that are due soon, compiled ahead so that nothing has
 * to run at the instant at which a story is due.
 */

import type { Listing } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Change } from './changes.ts'
import { type Compiled, compileEdition } from './compile.ts'
import { type Edition, saysTheSame } from './edition.ts'
import type { Press } from './press.ts'
import type { Store } from './store.ts'

/** How many editions may wait in the timeline, and how far ahead (seconds). */
const MOST_SCHEDULED = 8
export const MOST_AHEAD: number = 7 * 86_400

/** What is published: the current edition, those that are due, and all of them. */
export type Known = {
  readonly current: Edition | undefined
  readonly due: readonly Edition[]
  readonly editions: readonly Edition[]
}

export type Timeline = {
  readonly current: Edition
  /** What happened to articles since the edition that is published. */
  readonly changes: readonly Change[]
  readonly scheduled: readonly Edition[]
}

/** Compiles the edition of now and the due ones; where they say what is published, that stays. */
export async function compileTimeline(
  press: Press,
  store: Store,
  known: Known,
  now: Instant,
  ahead: number,
): Promise<Timeline> {
  let number = Math.max(0, ...known.editions.map(({ facts }) => facts.number))
  let moved = false
  /** The edition of an instant, or the published one in its place if that says the same. */
  const settle = async (
    at: Instant,
    before: Edition | undefined,
    standing: Edition | undefined,
  ): Promise<Compiled> => {
    const compiled = await compileEdition({ press, store, before, at, number: number + 1 })
    if (!moved && standing && saysTheSame(standing.facts, compiled.edition.facts))
      return { ...compiled, edition: standing }
    moved = true
    number += 1
    return compiled
  }
  // A clock that went back must not date an edition before the one that it follows.
  const at = Math.max(now, known.current?.facts.at ?? 0)
  const { edition: current, changes } = await settle(at, known.current, known.current)
  const scheduled: Edition[] = []
  for (const [index, due] of dueInstants(press.corpus.articles, now, ahead).entries()) {
    const standing = known.due[index]
    if (standing?.facts.at !== due) moved = true
    const { edition } = await settle(due, scheduled.at(-1) ?? current, standing)
    scheduled.push(edition)
  }
  return { current, changes, scheduled }
}

/** The instants ahead at which something is due, soonest first. */
function dueInstants(articles: readonly Listing[], now: Instant, ahead: number): Instant[] {
  const due = articles.filter(
    ({ published, retraction }) => !retraction && published > now && published <= now + ahead,
  )
  return [...new Set(due.map(({ published }) => published))]
    .toSorted((a, b) => a - b)
    .slice(0, MOST_SCHEDULED)
}
