/** Problems of content/, for a terminal, for a program, and as annotations on GitHub. */

import { describeFinding, formatProblem, type Problem } from '../article/problem.ts'
import { type Findings, hasNotesOnly } from '../compile/findings.ts'
import type { Outcome } from '../machine/outcome.ts'
import type { MessageLine } from '../machine/terminal.ts'
import { refusedBy } from './words.ts'

/** Problems that are shown: as many as a person mends in one go. */
const PROBLEMS_SHOWN = 50

export const PROBLEM_FORMATS = ['text', 'github'] as const

export type ProblemFormat = (typeof PROBLEM_FORMATS)[number]

/** Returns the outcome of what was found wrong in content/; `end` says what follows from it. */
export function contentRefused(
  { problems, malformed }: Findings,
  end: string,
  format: ProblemFormat = 'text',
): Outcome {
  // What authors can mend comes first: the rest may follow from it.
  if (hasNotesOnly(problems)) return refusedBy({ reason: 'malformed', documents: malformed })
  const shown = problems.slice(0, PROBLEMS_SHOWN)
  const more = problems.length - shown.length
  const refused = problems.filter(({ isNote }) => !isNote).length
  const count = countOf(refused, problems.length - refused)
  const last = `${count}${more > 0 ? ` (${more} not shown)` : ''}. ${end}`.trim()
  return {
    exit: 'refused',
    words: [...shown.map(format === 'github' ? annotation : formatProblem), { alarm: last }],
    data: {
      problems: problems.map((problem) => ({ ...problem, message: describeFinding(problem) })),
    },
  }
}

function countOf(problems: number, notes: number): string {
  const words = problems === 1 ? '1 problem' : `${problems} problems`
  return notes === 0 ? words : `${words}, ${notes === 1 ? '1 note' : `${notes} notes`}`
}

function annotation(problem: Problem): MessageLine {
  const { file, line, column } = problem
  return { annotation: { file, line, column, message: describeFinding(problem) } }
}
