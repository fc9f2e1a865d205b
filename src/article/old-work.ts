/** Rules for new work, which are not held against old work: there, what breaks them is a note. */

import type { Problem } from './problem.ts'

const FOR_NEW_WORK: ReadonlySet<Problem['reason']> = new Set(['image-without-alt'])

/** Tells whether something is held against an article only because it is new. */
export function isHeldAgainstNew({ reason, isNote }: Problem): boolean {
  return !isNote && FOR_NEW_WORK.has(reason)
}

/** Holds against new work what is a note otherwise, because a rule is for new work only. */
export function heldAgainst(isOld: boolean, problem: Problem): Problem {
  if (isOld || !FOR_NEW_WORK.has(problem.reason)) return problem
  const { isNote: _, ...held } = problem
  return held
}
