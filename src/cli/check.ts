/** `check`: everything that publish would refuse in content/, and nothing written. */

import { readContent } from './content.ts'
import { clock } from './platform.ts'
import { printProblems } from './words.ts'

export function runCheck(content: string): boolean {
  const read = readContent(content, { now: clock() })
  if ('problems' in read) {
    printProblems(read.problems)
    return false
  }
  console.log(`${read.corpus.articles.length} articles, no problems.`)
  return true
}
