/**
 * Preconditions (RFC 9110 §13), in the order of §13.2.2.
 *
 * Evaluated after the resource was found and before its body is read: a 304 reads no body.
 */

import {
  type EntityTag,
  formatTag,
  matchesStrongly,
  matchesWeakly,
  parseTagList,
} from './entity-tag.ts'
import type { Field } from './field.ts'
import { parseDate } from './http-date.ts'

export type Validators = {
  readonly tag: EntityTag
  /** Seconds since the epoch. */
  readonly lastModified: number
}

export type Verdict = 'proceed' | 'not-modified' | 'precondition-failed'

/** Decides what the conditions of a GET or HEAD ask for. */
export function evaluatePreconditions(
  field: Field,
  { tag, lastModified }: Validators,
  now: number,
): Verdict {
  const ifMatch = field('If-Match')
  const ifUnmodifiedSince = parseDate(field('If-Unmodified-Since'), now)
  if (ifMatch !== undefined) {
    if (!matchesStrongly(parseTagList(ifMatch), tag)) return 'precondition-failed'
  } else if (ifUnmodifiedSince !== undefined && lastModified > ifUnmodifiedSince) {
    return 'precondition-failed'
  }
  // §13.1.3: If-Modified-Since is ignored where there is an If-None-Match, matching or not.
  const ifNoneMatch = field('If-None-Match')
  if (ifNoneMatch !== undefined) {
    // Nearly every poll sends the one tag that it was given, as it was given.
    if (ifNoneMatch === formatTag(tag)) return 'not-modified'
    return matchesWeakly(parseTagList(ifNoneMatch), tag) ? 'not-modified' : 'proceed'
  }
  const ifModifiedSince = parseDate(field('If-Modified-Since'), now)
  return ifModifiedSince !== undefined && lastModified <= ifModifiedSince
    ? 'not-modified'
    : 'proceed'
}
