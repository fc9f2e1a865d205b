/** Findings about a file that is referred to, and is not published. */

import { MOST_MEDIA_BYTES } from './media.ts'
import type { Finding } from './problem.ts'
import type { ReadRefusal } from './source.ts'

/** Says that no article is there: perhaps another file is. */
export function noArticle(target: string, isThere: boolean): Finding {
  return { reason: isThere ? 'no-article' : 'missing-file', target }
}

/** Says why a file is not read. */
export function mediaFinding(target: string, unread: ReadRefusal): Finding {
  return unread.reason === 'too-large'
    ? { reason: 'file-too-large', target, bytes: unread.bytes, most: MOST_MEDIA_BYTES }
    : unread
}
