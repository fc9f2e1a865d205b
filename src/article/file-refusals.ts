/** Findings about a file that is referred to, and is not published. */

import { MOST_MEDIA_BYTES } from './media.ts'
import type { Finding } from './problem.ts'
import type { ReadRefusal } from './source.ts'

/** Files that are named as those which were probably meant. */
const MOST_NAMED = 3

/** Returns the function that says of a path that no file is there, and which ones may be meant. */
export function missingFileIn(files: readonly string[]): (target: string) => Finding {
  let named: Map<string, string[]> | undefined
  return (target) => {
    named ??= Map.groupBy(files, lastNameOf)
    const near = (named.get(lastNameOf(target)) ?? []).slice(0, MOST_NAMED)
    return { reason: 'missing-file', target, near }
  }
}

/** Returns the name of a file in lower case, whichever slashes stand before it. */
function lastNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase()
}

/** Says why a file is not read. */
export function mediaFinding(target: string, unread: ReadRefusal): Finding {
  return unread.reason === 'too-large'
    ? { reason: 'file-too-large', target, bytes: unread.bytes, most: MOST_MEDIA_BYTES }
    : unread
}
