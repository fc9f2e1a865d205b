/**
 * A tally of findings. A text can be wrong in a hundred thousand places, and nobody reads so many:
 * of each kind the first are kept, and the rest is counted.
 */

import type { Problem, Report } from './problem.ts'

/** Places of one kind that are kept of a file: more than a person mends at once. */
export const MOST_PLACES = 100

export type Tally = {
  readonly report: Report
  /** Returns what was reported; the last place that was kept of a kind says how many more there are. */
  readonly problems: () => Problem[]
}

/** Makes an empty tally. */
export function createTally(): Tally {
  const kept: Problem[] = []
  const told = new Set<string>()
  const kinds = new Map<string, { count: number; last: number }>()
  return {
    report(problem) {
      // The parser mends an element by several, and each has its reference.
      const text = JSON.stringify(problem)
      if (told.has(text)) return
      told.add(text)
      const name = JSON.stringify([problem.file, problem.reason, problem.isNote])
      const kind = kinds.get(name) ?? { count: 0, last: 0 }
      kinds.set(name, kind)
      kind.count += 1
      if (kind.count > MOST_PLACES) return
      kind.last = kept.length
      kept.push(problem)
    },
    problems() {
      const all = [...kept]
      for (const { count, last } of kinds.values()) {
        const problem = all[last]
        if (problem && count > MOST_PLACES) all[last] = { ...problem, more: count - MOST_PLACES }
      }
      return all
    },
  }
}

/** Counts findings: those that are kept, and those that are not. */
export function countAll(problems: readonly Problem[]): number {
  return problems.reduce((count, { more = 0 }) => count + 1 + more, 0)
}
