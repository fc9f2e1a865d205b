/**
 * The timeline: the edition of now, and those that are due soon, compiled ahead so that nothing has
 * to run at the instant at which a story is due.
 */

import type { Listing } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Change } from '../changes/change.ts'
import { type Compilation, compileEdition } from '../compile/compile.ts'
import { type Findings, gather } from '../compile/findings.ts'
import type { Press } from '../compile/press.ts'
import { type Edition, saysTheSame } from '../edition/edition.ts'
import type { Store } from '../edition/store.ts'
import type { PublishedEditions } from './published.ts'

/** How many editions may wait in the timeline, and how far ahead (seconds). */
const MOST_SCHEDULED = 8
export const MOST_AHEAD: number = 7 * 86_400

export type Timeline = {
  readonly current: Edition
  /** The changes of articles since the edition that is published. */
  readonly changes: readonly Change[]
  /** Those that begin by themselves, each with what happens to articles then. */
  readonly scheduled: readonly Compilation[]
  /** Ids that were scheduled and are not any more. */
  readonly unscheduled: readonly string[]
  /** Everything that was found in any of the editions. */
  readonly findings: Findings
}

/** The input of a timeline; `ahead` is the most editions that may be due. */
export type TimelineInput = {
  readonly press: Press
  readonly store: Store
  readonly known: PublishedEditions
  readonly now: Instant
  readonly ahead: number
}

/** Compiles the edition of now and the due ones; where they say what is published, that stays. */
export async function compileTimeline({
  press,
  store,
  known,
  now,
  ahead,
}: TimelineInput): Promise<Timeline> {
  let number = known.last
  let moved = known.isMisdated ?? false
  /** The edition of an instant, or the published one in its place if that says the same. */
  const settle = async (
    at: Instant,
    before: Edition | undefined,
    standing: Edition | undefined,
  ): Promise<Compilation> => {
    const compiled = await compileEdition({ press, store, before, at, number: number + 1 })
    if (!moved && standing && saysTheSame(standing.facts, compiled.edition.facts))
      return { ...compiled, edition: standing }
    moved = true
    number += 1
    return compiled
  }
  // Never at the instant of the one before: a client that asks "since then" would miss the change.
  const at = Math.max(now, (known.current?.facts.at ?? 0) + 1)
  const first = await settle(at, known.current, known.current)
  const { edition: current, changes } = first
  const scheduled: Compilation[] = []
  for (const [index, due] of dueInstants(press.corpus.articles, now, ahead).entries()) {
    const standing = known.due[index]
    if (standing?.facts.at !== due) moved = true
    scheduled.push(await settle(due, scheduled.at(-1)?.edition ?? current, standing))
  }
  return {
    current,
    changes,
    scheduled,
    unscheduled: unscheduled(known, current, scheduled),
    findings: gather([first, ...scheduled].map(({ findings }) => findings)),
  }
}

function unscheduled(
  { due }: PublishedEditions,
  current: Edition,
  scheduled: readonly Compilation[],
): string[] {
  const planned = (scheduled.at(-1)?.edition ?? current).articles
  return [...(due.at(-1)?.articles.keys() ?? [])].filter((id) => !planned.has(id)).sort()
}

/** Lists the instants ahead at which something is due, soonest first. */
function dueInstants(articles: readonly Listing[], now: Instant, ahead: number): Instant[] {
  const due = articles.filter(
    ({ published, retraction }) => !retraction && published > now && published <= now + ahead,
  )
  return [...new Set(due.map(({ published }) => published))]
    .toSorted((a, b) => a - b)
    .slice(0, MOST_SCHEDULED)
}
