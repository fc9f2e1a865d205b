/** Aliases: old ids and old paths of articles, each in the one spelling that a request is given. */

import { isId } from './id.ts'
import type { Platform } from './platform.ts'
import { plainPath } from './web-address.ts'

/** In characters, as it is written and as it is requested. */
export const LONGEST_ALIAS = 1000

/** A path whose steps are not empty, but for the last. */
const PATH = /^(?:\/[^/\\?#\s\p{Cc}\p{Cs}]+)+\/?$/u

/** Steps that are no names, and signs that stop being a part of one where they are decoded. */
const MOVES = /\/(?:\.|%2e){1,2}(?:\/|$)/i
const HIDES = /%(?:[01][0-9a-f]|2f|5c|7f)/i

/**
 * Tells whether a text is an old id, or a path that a request can have and that leads nowhere else.
 */
export function isAlias(text: string): boolean {
  if (text.length > LONGEST_ALIAS) return false
  return isId(text) || (PATH.test(text) && !MOVES.test(text) && !HIDES.test(text))
}

/** What is expected instead of a text that is no alias. */
export function expectedAlias(text: string): string {
  if (text.length > LONGEST_ALIAS) return `at most ${LONGEST_ALIAS} characters`
  if (/^\/[^?#\s]+$/.test(text))
    return 'a path without empty steps, dots as steps, backslashes and hidden slashes: /2021/old-story.html'
  return 'an old id, or a path without ? and #: /2021/old-story.html'
}

/** Returns the path by which requests for an alias are looked up; an old id stands for its page. */
export function pathOfAlias(alias: string, base: string, { resolve }: Platform): string {
  if (!alias.startsWith('/')) return `/articles/${alias}`
  const address = resolve(base + alias, base) ?? base + alias
  return plainPath(address.slice(base.length))
}
