/** The outcome of a publish, or of the plan for one, for a terminal and for a program. */

import { countOf, listNames } from '../article/finding.ts'
import { formatInstant } from '../article/instant.ts'
import type { Change, ChangeKind } from '../changes/change.ts'
import type { Outcome } from '../machine/outcome.ts'
import { FREE_WRITES, type Quota } from '../machine/quota.ts'
import type { Plan } from '../publish/plan.ts'
import type { Publication } from '../publish/publish.ts'

/** The kinds of change, in the order in which they are told, and the words for them. */
const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  added: 'new',
  corrected: 'corrected',
  edited: 'edited silently',
  retracted: 'retracted',
  returned: 'published again',
  removed: 'removed',
  remade: 'new markup only',
}

/** Returns the outcome of a publish. */
export function outcomeOfPublish({ plan, written }: Publication): Outcome {
  const { current } = plan
  const { articles, retractions } = current.facts.counts
  const edition = `edition ${current.facts.number} (${current.digest.slice(0, 8)})`
  const counts = `${countOf(articles, 'article')}${retractions ? `, ${retractions} retracted` : ''}`
  const first =
    written.keys === 0
      ? `Nothing changed: ${edition} is current.`
      : `Published ${edition}: ${counts}; wrote ${countOf(written.keys, 'key')}, ${sizeOf(written.bytes)}.`
  return {
    exit: 'done',
    words: [first, ...changeLines(plan.changes), ...laterLines(plan)],
    data: { ...dataOf(plan), written },
  }
}

/** Returns the outcome of a plan: what a publish would do, and what it costs. */
export function outcomeOfPlan(plan: Plan, quota: Quota | undefined): Outcome {
  const { cost, documents, current, moves } = plan
  const share = ((100 * cost.keys) / FREE_WRITES).toFixed(1)
  const left = quota && Number.isFinite(quota.left) ? `, left today: ${quota.left}` : ''
  const lines =
    moves || cost.keys > 0
      ? [
          `Would publish edition ${current.facts.number}:`,
          ...changeLines(plan.changes),
          ...laterLines(plan),
          ...documentLines(documents.map(({ name }) => name)),
          `Cost: ${countOf(cost.keys, 'KV write')}, ${sizeOf(cost.bytes)}: ${share} % of the free plan's ${FREE_WRITES} a day${left}.`,
          'Nothing was written.',
        ]
      : [`Nothing would change: edition ${current.facts.number} is current.`, ...laterLines(plan)]
  return {
    exit: 'done',
    words: lines,
    data: {
      dryRun: true,
      ...dataOf(plan),
      documents: documents.map(({ name, before, after }) => ({
        name,
        change: before ? (after ? 'changed' : 'removed') : 'added',
      })),
      cost: { ...cost, shareOfFreePlan: cost.keys / FREE_WRITES },
    },
  }
}

/** Lists articles by what happened to them. */
export function changeLines(changes: readonly Change[]): string[] {
  return Object.entries(CHANGE_WORDS).flatMap(([kind, words]) => {
    const ids = changes.filter((change) => change.kind === kind).map(({ id }) => id)
    return ids.length === 0 ? [] : [`  ${words}: ${listNames(ids)}`]
  })
}

export function documentLines(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`  documents: ${listNames(names)}`]
}

function laterLines({ scheduled, unscheduled, waiting }: Plan): string[] {
  const lines = scheduled.map(({ edition: { facts }, changes }) => {
    const ids = listNames(changes.filter(({ kind }) => kind !== 'remade').map(({ id }) => id))
    return `  edition ${facts.number} begins by itself at ${formatInstant(facts.at)}: ${ids}`
  })
  if (unscheduled.length > 0) lines.push(`  no longer scheduled: ${listNames(unscheduled)}`)
  const [next] = waiting
  if (next)
    lines.push(
      `  waiting: ${listNames(waiting.map(({ id }) => id))}; publish again before ${formatInstant(next.published)}`,
    )
  return lines
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${(bytes / 1024).toFixed(1)} KiB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

function dataOf({
  current,
  changes,
  scheduled,
  unscheduled,
  waiting,
}: Plan): Record<string, unknown> {
  const { number, at, counts } = current.facts
  return {
    edition: { number, at: formatInstant(at), digest: current.digest, counts },
    changes: changes.map(({ id, kind }) => ({ id, kind })),
    scheduled: scheduled.map(({ edition: { facts }, changes: then }) => ({
      number: facts.number,
      at: formatInstant(facts.at),
      changes: then.map(({ id, kind }) => ({ id, kind })),
    })),
    unscheduled,
    waiting: waiting.map(({ id, published: at }) => ({ id, at: formatInstant(at) })),
  }
}
