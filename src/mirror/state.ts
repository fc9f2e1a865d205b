/**
 * The note of a mirror: what it mirrors, and how far the walk has come. It is believed only if it
 * is whole.
 */

import { array, check, type InferOutput, object, optional, pipe, safeParse, string } from 'valibot'
import { isId } from '../article/id.ts'
import { parseCursor } from '../changes/cursor.ts'
import { isEntityTag } from './page.ts'

const STATE = object({
  /** The address of the `changes.json` that is mirrored. */
  changes: string(),
  /** The address to ask next: of the next page, or with the cursor of the edition that is here. */
  next: pipe(string(), check(asksForChanges)),
  /** The entity-tag of the last answer of that address. */
  etag: optional(pipe(string(), check(isEntityTag))),
  /** The articles that were here and have not been seen yet, while everything is walked again. */
  unseen: optional(array(pipe(string(), check(isId)))),
})

export type State = InferOutput<typeof STATE>

/** Reads a note, and tells an absent one from a damaged one. */
export function readState(text: string | undefined): State | 'missing' | 'damaged' {
  if (text === undefined) return 'missing'
  try {
    const { success, output } = safeParse(STATE, JSON.parse(text))
    return success ? output : 'damaged'
  } catch {
    return 'damaged'
  }
}

/** Begins a walk through everything; `unseen` are the articles that are here. */
export function beginWalk(changes: string, unseen?: string[]): State {
  return { changes, next: `${changes}?since=0`, ...(unseen && { unseen }) }
}

/** Returns the cursor that an address names; empty if there is none. */
export function cursorIn(address: string): string {
  return new URL(address).searchParams.get('since') ?? ''
}

/** Tells whether an address asks for changes. Its origin is judged later, when it is asked. */
function asksForChanges(address: string): boolean {
  return URL.canParse(address) && parseCursor(cursorIn(address)) !== undefined
}
