/** Findings in content/, for a terminal, for a program, and as annotations on GitHub. */

import { countOf } from '../article/finding.ts'
import { describeProblem, formatProblem, type Problem } from '../article/problem.ts'
import { countAll, MOST_PLACES } from '../article/tally.ts'
import { type Findings, hasNotesOnly } from '../compile/findings.ts'
import type { Outcome } from '../machine/outcome.ts'
import { type MessageLine, messageLines } from '../machine/terminal.ts'
import { refusedBy } from './words.ts'

export const PROBLEM_FORMATS = ['text', 'github'] as const

/** How much is told, and how. */
export type TellingForm = {
  readonly format: (typeof PROBLEM_FORMATS)[number]
  /** Whether everything is told, rather than an example of each kind. */
  readonly all?: boolean | undefined
}

/** Findings that a person reads at once: of more, an example of each kind is told. */
const MOST_TOLD_WHOLE = 50

/** Annotations that are written: GitHub shows fewer. */
const MOST_ANNOTATIONS = 50

const TEXT_FORM: TellingForm = { format: 'text' }

/** Returns the outcome of a content/ that is not published as it stands; `end` says what follows. */
export function contentRefused(
  findings: Findings,
  end: string,
  telling: TellingForm = TEXT_FORM,
): Outcome {
  const { problems, malformed } = findings
  const outcome = hasNotesOnly(problems)
    ? refusedBy({ reason: 'malformed', documents: malformed })
    : undefined
  const defect = malformed.length > 0 ? (outcome ?? malformedBeside(malformed)) : undefined
  const last = outcome ? [] : [{ alarm: `${countKinds(problems)}. ${end}`.trim() }]
  return {
    exit: 'refused',
    words: [...told(problems, telling), ...messageLines(defect?.words ?? []), ...last],
    data: { ...outcome?.data, ...findingsAsData(findings) },
  }
}

function malformedBeside(documents: Findings['malformed']): Outcome {
  return refusedBy({ reason: 'malformed', documents })
}

/** Returns the outcome of a content/ that may be published. */
export function contentSound(findings: Findings, articles: number, telling: TellingForm): Outcome {
  const notes = countAll(findings.problems)
  const last = `${countOf(articles, 'article')}, no problems${notes > 0 ? `, ${countOf(notes, 'note')}` : ''}.`
  return {
    exit: 'done',
    words: [...told(findings.problems, telling), last],
    data: { articles, ...findingsAsData(findings) },
  }
}

function findingsAsData({ problems, malformed }: Findings): Outcome['data'] {
  const said = (all: readonly Problem[]) =>
    all.map((problem) => ({ ...problem, message: describeProblem(problem) }))
  return {
    problems: said(problems.filter(({ isNote }) => !isNote)),
    notes: said(problems.filter(({ isNote }) => isNote)),
    ...(malformed.length > 0 ? { malformed } : {}),
  }
}

/** Counts problems, and notes where there are some: `2 problems, 1 note`. */
export function countKinds(problems: readonly Problem[]): string {
  const notes = countAll(problems.filter(({ isNote }) => isNote))
  const count = countOf(countAll(problems) - notes, 'problem')
  return notes === 0 ? count : `${count}, ${countOf(notes, 'note')}`
}

/** Findings of one kind: how many, and the first of them. */
type FindingKind = { readonly name: string; readonly example: Problem; count: number }

/** Finds the kinds: problems before notes, and those first of which there is most. */
function kindsOf(problems: readonly Problem[]): FindingKind[] {
  const kinds = new Map<string, FindingKind>()
  for (const problem of problems) {
    const name = `${problem.isNote ? 'note: ' : ''}${problem.reason}`
    const kind = kinds.get(name) ?? { name, example: problem, count: 0 }
    kind.count += 1 + (problem.more ?? 0)
    kinds.set(name, kind)
  }
  return [...kinds.values()].toSorted(
    (a, b) => Number(a.example.isNote ?? 0) - Number(b.example.isNote ?? 0) || b.count - a.count,
  )
}

function told(problems: readonly Problem[], { format, all }: TellingForm): MessageLine[] {
  if (format === 'github') {
    const graver = problems.toSorted((a, b) => Number(a.isNote ?? 0) - Number(b.isNote ?? 0))
    return (all ? graver : graver.slice(0, MOST_ANNOTATIONS)).map(annotation)
  }
  if (problems.length <= 1) return problems.map(formatProblem)
  const kinds = kindsOf(problems)
  const table = kinds.map(({ name, count }) => `${`${count}`.padStart(6)}  ${name}`)
  const shown =
    all || problems.length <= MOST_TOLD_WHOLE ? problems : kinds.map(({ example }) => example)
  const more = problems.length - shown.length
  const isCut = problems.length < countAll(problems)
  const most = isCut ? `, of a kind ${MOST_PLACES} a file` : ''
  const rest = more > 0 ? [`An example of each kind; --all tells the other ${more}${most}.`] : []
  return [...table, ...shown.map(formatProblem), ...rest]
}

function annotation(problem: Problem): MessageLine {
  const { file, line, column, isNote } = problem
  const level = isNote ? 'notice' : 'error'
  return { annotation: { level, file, line, column, message: describeProblem(problem) } }
}
