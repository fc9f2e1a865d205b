/**
 * References of which something was said instead of an address. Whether that still holds depends on
 * all other files: a rendering that is remembered asks again.
 */

import type { Problem, Report } from './problem.ts'
import type { Links } from './references.ts'

/** A reference, the use that was made of it, and everything that was said of it. */
export type Unresolved = {
  readonly reference: string
  readonly use: 'link' | 'media'
  readonly said: readonly string[]
}

/** Asks for references, and keeps those of which something was said: by their use and their text. */
export function resolveKeeping(
  { resolve }: Links,
  file: string,
  unresolved: Map<string, Unresolved>,
): Links['resolve'] extends (
  reference: string,
  file: string,
  answers: infer Answers,
) => infer Target
  ? (reference: string, answers: Answers) => Target
  : never {
  return (reference, { use, place, report }) => {
    const said: string[] = []
    const hear: Report = (problem) => {
      said.push(wordless(problem))
      report(problem)
    }
    const target = resolve(reference, file, { use, place, report: hear })
    if (said.length > 0) unresolved.set(`${use} ${reference}`, { reference, use, said })
    return target
  }
}

/** Tells whether the same is said of a reference as before. */
export function isStillSaid(
  { resolve }: Links,
  file: string,
  { reference, use, said }: Unresolved,
): boolean {
  const now: string[] = []
  const place = () => ({ file, line: 1, column: 1 })
  resolve(reference, file, { use, place, report: (problem) => void now.push(wordless(problem)) })
  return now.join('\n') === said.join('\n')
}

/** Writes a finding as it is wherever the reference stands. */
function wordless({ file: _, line: __, column: ___, ...finding }: Problem): string {
  return JSON.stringify(finding)
}
