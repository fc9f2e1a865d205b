/**
 * Problems and notes: what is wrong in `content/`, or may not be meant, where, and what to do.
 *
 * A finding is a value with a reason and facts. Each family of them stands in a file of its own,
 * with words for every reason: a new one does not compile until it has some.
 */

import type { Loss } from '../markup/loss.ts'
import { ARTICLE_WORDS, type ArticleFinding } from './article-findings.ts'
import { FILE_WORDS, type FileFinding } from './file-findings.ts'
import type { Words } from './finding.ts'
import { KEY_WORDS, type KeyFinding } from './key-findings.ts'
import { LINK_WORDS, type LinkFinding } from './link-findings.ts'
import { LOSS_WORDS } from './loss-findings.ts'
import { PASSED_OVER_WORDS, type PassedOverFinding } from './passed-over-findings.ts'
import type { FilePlace } from './place.ts'
import { READER_WORDS, type ReaderFinding } from './reader-findings.ts'
import { TEXT_WORDS, type TextFinding } from './text-findings.ts'

export type Finding =
  | FileFinding
  | PassedOverFinding
  | KeyFinding
  | ArticleFinding
  | TextFinding
  | LinkFinding
  | ReaderFinding
  | Loss

const WORDS: Words<Finding> = {
  ...FILE_WORDS,
  ...PASSED_OVER_WORDS,
  ...KEY_WORDS,
  ...ARTICLE_WORDS,
  ...TEXT_WORDS,
  ...LINK_WORDS,
  ...READER_WORDS,
  ...LOSS_WORDS,
}

/**
 * A finding at its place. Nothing is published while there is one, but for notes: they say what is
 * right, and yet may not be what its author means.
 */
export type Problem = FilePlace &
  Finding & {
    readonly isNote?: true
    /** How many more of its kind the file has, whose places are not kept. */
    readonly more?: number
  }

/** Hears of problems. */
export type Report = (problem: Problem) => void

/** Says what is wrong, and what to do: one sentence each. */
export function describeFinding(finding: Finding): string {
  const words = WORDS[finding.reason] as (finding: Finding) => string
  return words(finding)
}

/** Says what is wrong at a place, and in how many more places of the file. */
export function describeProblem(problem: Problem): string {
  const { more } = problem
  const rest = more
    ? ` There ${more === 1 ? 'is 1' : `are ${more}`} more of this kind in this file.`
    : ''
  return describeFinding(problem) + rest
}

/** Writes `file:line:column: words`, as editors and terminals make it clickable. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, isNote } = problem
  return `${file}:${line}:${column}: ${isNote ? 'note: ' : ''}${describeProblem(problem)}`
}

/** Sorts problems by file, line and column. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
