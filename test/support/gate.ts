/** The gate of a format, by its name. */

import { FORMATS } from '../../src/feed/formats.ts'
import { createJudge } from '../../src/feed/judge.ts'

/** Returns why a document may not be published; undefined if it may. */
export function refuse(name: string, document: string): string | undefined {
  const format = FORMATS.find((one) => one.name === name)
  if (!format) throw new Error(`There is no format ${name}.`)
  return format.refuse(document, createJudge())
}
