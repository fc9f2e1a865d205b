/** Places in the text of an article, as places in its file. */

import { findAddresses } from '../markup/addresses-in-markdown.ts'
import type { FilePlace } from './place.ts'

/** Lines of white space before a text: what stands before its first word in a line means something. */
export const BLANK_LINES = /^\s*\n/

/** Counts the lines of white space before a text. */
export function linesBefore(text: string): number {
  return (BLANK_LINES.exec(text)?.[0].split('\n').length ?? 1) - 1
}

/** Returns the place of an offset in the text, or of a reference that stands in the token there. */
export type PlaceOf = (origin: number, reference?: string) => FilePlace

/** Makes what finds places in a text, whose first line is a line of its file. */
export function createPlaceFinder(text: string, bodyLine: number, file: string): PlaceOf {
  let find: ReturnType<typeof findAddresses> | undefined
  return (origin, reference) => {
    find ??= findAddresses(text)
    const { line, column } = find(origin, reference)
    return { file, line: bodyLine + line, column: column + 1 }
  }
}
