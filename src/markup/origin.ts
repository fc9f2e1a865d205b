/**
 * The places of Markdown from which pieces of HTML come, so that whatever is wrong with the HTML
 * is told at its own token, and not at the first that is spelled alike.
 */

import { countUpTo, type Lines, linesOf } from './lines.ts'

/** A block of Markdown, as the parser cut it out of its lines. */
export type Block = {
  /** The line at which it begins, from 0. */
  readonly line: number
  /** The text, without the marks of quotes and lists. */
  readonly content: string
  /** The column at which it begins, where a line holds several: the cells of a table. */
  readonly column?: number
}

/** The offset in the Markdown of an offset in the HTML. */
export type OriginOf = (offset: number) => number

/** Pieces of HTML in the order in which they are written, and where each comes from. */
export class Origins {
  readonly #starts: number[] = []
  readonly #pieces: { readonly block: Block; readonly at: number; readonly isVerbatim: boolean }[] =
    []

  /**
   * Notes a piece of HTML that begins at `start`, and comes from the offset `at` of a block.
   * A verbatim one is HTML that the author wrote, letter by letter.
   */
  note(start: number, block: Block, at: number, isVerbatim: boolean): void {
    this.#starts.push(start)
    this.#pieces.push({ block, at, isVerbatim })
  }

  /** Returns the function that finds origins of HTML in the Markdown. */
  in(markdown: string): OriginOf {
    const placeOf = originsIn(markdown)
    return (offset) => {
      const index = Math.max(0, countUpTo(this.#starts, offset) - 1)
      const piece = this.#pieces[index]
      if (!piece) return 0
      const { block, at, isVerbatim } = piece
      return placeOf(block, at + (isVerbatim ? offset - (this.#starts[index] ?? 0) : 0))
    }
  }
}

/** Returns the function that finds the offset in the Markdown of an offset in a block of it. */
export function originsIn(markdown: string): (block: Block, at: number) => number {
  const known = new Map<Block, { readonly own: Lines; readonly starts: Map<number, number> }>()
  let whole: Lines | undefined
  // A line is searched once, however many places of it are asked for.
  const startIn = (block: Block, line: number, own: Lines): number => {
    whole ??= linesOf(markdown)
    // Marks of quotes and lists stand before what a block has of a line.
    const cut =
      block.column ?? whole.textOf(block.line + line).lastIndexOf(own.textOf(line).trimEnd())
    return whole.startOf(block.line + line) + Math.max(0, cut)
  }
  return (block, at) => {
    const { own, starts } = known.get(block) ?? { own: linesOf(block.content), starts: new Map() }
    known.set(block, { own, starts })
    const { line, column } = own.positionOf(at)
    const start = starts.get(line) ?? startIn(block, line, own)
    starts.set(line, start)
    return Math.min(start + column, markdown.length)
  }
}
