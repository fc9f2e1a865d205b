/**
 * Spellings of paths: an address has one that is served, and all others lead to it (RFC 3986 §6.2).
 * Nothing is read for that.
 */

import { barePath } from '../article/old-address.ts'
import { lowerPath, plainPath } from '../article/web-address.ts'

/** The path that no request has, and no route: it stands for all that are spelled otherwise. */
const NO_PATH = '*'

/** Most paths: whatever they contain could not be written differently. */
const PLAIN_PATH = /^(?:\/[\w.~-]+)*\/?$/

/** Characters that were not encoded, and might have been: some proxies decode them on the way. */
const BARE = /[^\w.~!'()*%/-]/g

/** Characters of a path, percent-encoded, of which other spellings are looked for. */
export const LONGEST_PATH = 2000

/** Signs that stick to an address which is copied out of a text: dots, commas, brackets, blanks. */
const STUCK = /(?:[.!')*]|%(?:0[9AD]|20|22|2C|3[ABEF]|5D|7D))+$/

/** Returns the path of a URL as it is written; a parsed URL costs as much as the rest of a 304. */
export function writtenPath(url: string): string {
  return /^[^:]+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || '/'
}

/** Returns the query of a URL as it is written. */
export function writtenQuery(url: string): string {
  return /^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? ''
}

/** Returns the path by which a request is routed: none of the site's, if it is spelled otherwise. */
export function routedPath({ url }: Request): string {
  const path = writtenPath(url)
  if (PLAIN_PATH.test(path)) return path
  const plain = plainPath(path)
  return plain === path.replace(BARE, encodeURIComponent) && !plain.includes('//') ? plain : NO_PATH
}

/**
 * Lists what a path may stand for, the nearest first: the same in its one spelling, without what stuck
 * to it, and in small letters; all of them without a slash at the end.
 */
export function spellingsOf(path: string): Iterable<string> {
  if (path.length > LONGEST_PATH) return []
  const plain = barePath(plainPath(path.replace(/\/{2,}/g, '/')))
  const clean = barePath(plain.replace(STUCK, '')) || '/'
  return new Set([plain, clean, lowerPath(clean)])
}
