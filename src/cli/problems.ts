/** Problems of content/, for a terminal, for a program, and as annotations on GitHub. */

import { styleText } from 'node:util'
import { describe, formatProblem, type Problem } from '../article/problem.ts'
import type { Outcome } from './outcome.ts'

/** As many problems as a person mends in one go. */
const MOST_PROBLEMS = 50

export type ProblemFormat = 'text' | 'github'

/** `end` says what follows from them. */
export function problemsFound(
  problems: readonly Problem[],
  end: string,
  format: ProblemFormat = 'text',
): Outcome {
  const shown = problems.slice(0, MOST_PROBLEMS)
  const more = problems.length - shown.length
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const last = `${count}${more > 0 ? ` (${more} not shown)` : ''}. ${end}`.trim()
  const lines = shown.map(format === 'github' ? annotation : formatProblem)
  return {
    exit: 'refused',
    words: [...lines, styleText('red', last)].join('\n'),
    data: { problems: problems.map((problem) => ({ ...problem, message: describe(problem) })) },
  }
}

/** A workflow command: what has a meaning in one is escaped. */
function annotation(problem: Problem): string {
  const { file, line, column } = problem
  const data = (text: string): string =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (text: string): string =>
    data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::error file=${property(file)},line=${line},col=${column}::${data(describe(problem))}`
}
