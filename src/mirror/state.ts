/** The note of a mirror: what it mirrors, and where the walk is. It is believed only if it is whole. */

import { array, check, type InferOutput, object, optional, pipe, safeParse, string } from 'valibot'
import { isId } from '../article/id.ts'
import { parseCursor } from '../changes/cursor.ts'
import { isEntityTag } from './page.ts'

const STATE = object({
  /** What is mirrored. */
  changes: string(),
  /** The address to ask next: of the next page, or with the cursor of the edition that is here. */
  next: pipe(string(), check(asksForChanges)),
  /** The tag of what that address said last. */
  etag: optional(pipe(string(), check(isEntityTag))),
  /** While everything is walked again: articles that were here and have not been seen yet. */
  unseen: optional(array(pipe(string(), check(isId)))),
})

export type State = InferOutput<typeof STATE>

/** Reads a note; an absent one and a damaged one are different answers. */
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
export function beginningOf(changes: string, unseen?: string[]): State {
  return { changes, next: `${changes}?since=0`, ...(unseen && { unseen }) }
}

/** The cursor that an address names. */
export function cursorIn(address: string): string {
  return new URL(address).searchParams.get('since') ?? ''
}

/** Whom it asks is judged when it is asked. */
function asksForChanges(address: string): boolean {
  return URL.canParse(address) && parseCursor(cursorIn(address)) !== undefined
}
