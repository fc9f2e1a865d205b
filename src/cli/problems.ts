/** Problems of content/, for a terminal, for a program, and as annotations on GitHub. */

import { describe, formatProblem, type Problem } from '../article/problem.ts'
import type { Outcome } from '../machine/outcome.ts'
import type { MessageLine } from '../machine/terminal.ts'

/** Problems that are shown: as many as a person mends in one go. */
const PROBLEMS_SHOWN = 50

export type ProblemFormat = 'text' | 'github'

/** Returns the outcome of problems in content/; `end` says what follows from them. */
export function problemsFound(
  problems: readonly Problem[],
  end: string,
  format: ProblemFormat = 'text',
): Outcome {
  const shown = problems.slice(0, PROBLEMS_SHOWN)
  const more = problems.length - shown.length
  const refused = problems.filter(({ isNote }) => !isNote).length
  const count = counted(refused, problems.length - refused)
  const last = `${count}${more > 0 ? ` (${more} not shown)` : ''}. ${end}`.trim()
  return {
    exit: 'refused',
    words: [...shown.map(format === 'github' ? annotation : formatProblem), { alarm: last }],
    data: { problems: problems.map((problem) => ({ ...problem, message: describe(problem) })) },
  }
}

function counted(problems: number, notes: number): string {
  const words = problems === 1 ? '1 problem' : `${problems} problems`
  return notes === 0 ? words : `${words}, ${notes === 1 ? '1 note' : `${notes} notes`}`
}

function annotation(problem: Problem): MessageLine {
  const { file, line, column } = problem
  return { annotation: { file, line, column, message: describe(problem) } }
}
