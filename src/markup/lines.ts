/** The lines of a text: which position an offset has, found without reading the text again. */

/** A place in a text; lines and columns count from 0. */
export type TextPosition = { readonly line: number; readonly column: number }

export type Lines = {
  /** Returns the position of an offset. */
  readonly positionOf: (offset: number) => TextPosition
  /** Returns the offset at which a line begins. */
  readonly startOf: (line: number) => number
  /** Returns a line without its end. */
  readonly textOf: (line: number) => string
}

/** Finds the lines of a text. */
export function linesOf(text: string): Lines {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  const startOf = (line: number): number => starts[line] ?? text.length
  return {
    positionOf: (offset) => {
      const line = Math.max(0, countUpTo(starts, offset) - 1)
      return { line, column: offset - startOf(line) }
    },
    startOf,
    textOf: (line) => text.slice(startOf(line), startOf(line + 1)).replace(/\n$/, ''),
  }
}

/** Counts the numbers, in rising order, that are not above another. */
export function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
