/**
 * Findings: everything that is wrong with a corpus and with what is made of it. Whoever finds
 * something returns it; it is gathered at the end, so that one run can tell what every stage found.
 */

import type { Problem } from '../article/problem.ts'

/** A document that did not pass the gate: a defect of edgewire, which must not reach readers. */
export type Malformed = { readonly document: string; readonly detail: string }

export type Findings = {
  /** Problems that its authors can mend, and notes. */
  readonly problems: readonly Problem[]
  readonly malformed: readonly Malformed[]
}

/** The findings where nothing is wrong. */
export const NOTHING_FOUND: Findings = { problems: [], malformed: [] }

/** Tells whether nothing at all was found. */
export function isNothing({ problems, malformed }: Findings): boolean {
  return problems.length === 0 && malformed.length === 0
}

/** Tells whether nothing was found that stands in the way of publishing: notes do not. */
export function isPublishable({ problems, malformed }: Findings): boolean {
  return hasNotesOnly(problems) && malformed.length === 0
}

/** Tells whether none of some problems has to be mended. */
export function hasNotesOnly(problems: readonly Problem[]): boolean {
  return problems.every(({ isNote }) => isNote)
}

/** Puts findings together, each once: an article is in many feeds, and in many editions. */
export function gather(all: readonly Findings[]): Findings {
  const found = new Set(all.filter((findings) => !isNothing(findings)))
  if (found.size === 0) return NOTHING_FOUND
  return {
    problems: distinct(
      [...found].flatMap(({ problems }) => problems),
      ({ file, line, column, reason }) => `${line}:${column} ${reason} ${file}`,
    ),
    malformed: distinct(
      [...found].flatMap(({ malformed }) => malformed),
      ({ document }) => document,
    ),
  }
}

/** Leaves each finding once. Only those of one place are compared: there are few of them, of many. */
function distinct<Finding>(
  all: readonly Finding[],
  placeOf: (finding: Finding) => string,
): Finding[] {
  const places = Map.groupBy(new Set(all), placeOf)
  return Array.from(places.values(), (some) =>
    some.length === 1
      ? some
      : [...new Map(some.map((finding) => [JSON.stringify(finding), finding])).values()],
  ).flat()
}
