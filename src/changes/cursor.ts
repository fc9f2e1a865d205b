/**
 * Cursors: which edition a partner has, as `<number>-<digest>`. The number tells an older edition
 * from a newer one before anything is read; the digest is where it is.
 */

import type { Digest } from '../article/platform.ts'
import type { EditionFacts } from '../edition/facts.ts'

export type Cursor = { readonly number: number; readonly digest: Digest }

/** The cursor of a partner who has nothing yet: the edition before the first. */
export const BEGINNING: Cursor = { number: 0, digest: '' }

/** The form of a cursor. */
export const CURSOR_PATTERN: RegExp = /^(?:0|[1-9]\d{0,9}-[\w-]{43})$/

export function formatCursor({ number, digest }: Cursor): string {
  return number === 0 ? '0' : `${number}-${digest}`
}

/** Reads a cursor; undefined if it is none. */
export function parseCursor(text: string): Cursor | undefined {
  if (!CURSOR_PATTERN.test(text)) return undefined
  const end = text.indexOf('-')
  return end < 0 ? BEGINNING : { number: Number(text.slice(0, end)), digest: text.slice(end + 1) }
}

/** An edition that a cursor names: what a partner may have, and what it may be led to. */
export type BaseEdition = Pick<EditionFacts, 'number' | 'at' | 'articles' | 'history'> & {
  readonly digest: Digest
}
export type TargetEdition = BaseEdition & Pick<EditionFacts, 'site' | 'documents'>

/** The edition that the beginning names. */
export const NOTHING: BaseEdition = { ...BEGINNING, at: 0, articles: [], history: [] }

/**
 * Finds the last instant of which two editions share the history: 0 if they share none. What
 * changed at or before it, and at the same instant for both, is the same for both. An edition that
 * was given up, or lost to another publisher's, may have been of the same second as one that was
 * not.
 */
export function sharedUntil(one: BaseEdition, other: BaseEdition): number {
  const known = new Set([one, ...one.history].map(({ digest }) => digest))
  return [other, ...other.history].find(({ digest }) => known.has(digest))?.at ?? 0
}
