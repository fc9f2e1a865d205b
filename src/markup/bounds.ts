/**
 * How much an article may ask of whoever renders it. A small file can stand for a large page: what
 * is over a bound is refused with its place, before it takes minutes.
 */

import { fail, ok, type Result } from './result.ts'

/** More than any text has that is meant for people. */
export const ARTICLE_BOUNDS = {
  /** Elements inside each other. */
  depth: 200,
  elements: 100_000,
  references: 10_000,
  footnotes: 1000,
  /** Three for each of the references: the Markdown library asks of each where it ends. */
  brackets: 30_000,
  /** Cells of all tables together: a thousand rows of twenty-five, and longer lists are files. */
  cells: 25_000,
  /** Lines of Markdown, each counted once for every quote and list that it may continue. */
  lines: 5_000_000,
  /** Characters of addresses, titles and other attributes, each as often as it is referred to. */
  referred: 10_000_000,
} as const

/** An excess: too much of something. */
export type Excess =
  | { readonly reason: 'too-deep'; readonly most: number }
  | { readonly reason: 'too-many'; readonly things: string; readonly most: number }
  | { readonly reason: 'unsteady-html' }

/** The spot of an excess: a line of the Markdown, from 0, or a reference at an offset of it. */
export type Spot = {
  readonly line?: number
  readonly origin?: number
  readonly reference?: string
}

/** Ends the work on an article at once, from however deep inside it. */
export class OverBound extends Error {
  readonly excess: Excess
  readonly spot: Spot

  constructor(excess: Excess, spot: Spot = {}) {
    super(excess.reason)
    this.excess = excess
    this.spot = spot
  }
}

/** Does the work; it fails with the `OverBound` that ends it. */
export function withinBounds<Value>(work: () => Value): Result<Value, OverBound> {
  try {
    return ok(work())
  } catch (error) {
    if (error instanceof OverBound) return fail(error)
    throw error
  }
}
