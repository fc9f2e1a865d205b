/**
 * Aliases: old ids and old addresses of articles and feeds, each in the one spelling that a request
 * is given.
 */

import { isId } from './id.ts'
import { barePath, parameterNames, parametersOf, withParameters } from './old-address.ts'
import type { Platform } from './platform.ts'
import { plainPath } from './web-address.ts'

/** In characters, as it is written and as it is requested. */
export const LONGEST_ALIAS = 1000

/** A path whose steps are not empty, but for the last. */
const PATH = /^(?:\/[^/\\?#\s\p{Cc}\p{Cs}]+)+\/?$/u
/** The parameters behind a path. */
const QUERY = /^[^#\s\p{Cc}\p{Cs}]+$/u

/** Steps that are no names, and signs that stop being a part of one where they are decoded. */
const MOVES = /\/(?:\.|%2e){1,2}(?:\/|$)/i
const HIDES = /%(?:[01][0-9a-f]|2f|5c|7f)/i

/**
 * Tells whether a text is an old id, or a path that a request can have and that leads nowhere else.
 */
export function isAlias(text: string): boolean {
  if (text.length > LONGEST_ALIAS) return false
  return isId(text) || isOldAddress(text)
}

/** Tells whether a text is a path that a request can have, with a query or without. */
export function isOldAddress(text: string): boolean {
  const [path, query] = splitQuery(text)
  const isPath = PATH.test(path) && !MOVES.test(path) && !HIDES.test(path)
  return query === undefined ? isPath : (isPath || path === '/') && QUERY.test(query)
}

/** Parts an address from its query; undefined where there is no mark for one. */
export function splitQuery(text: string): [path: string, query: string | undefined] {
  const at = text.indexOf('?')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** Says what is expected instead of a text that is no alias. */
export function expectedAlias(text: string): string {
  if (text.length > LONGEST_ALIAS) return `at most ${LONGEST_ALIAS} characters`
  if (/^\/[^#\s]+$/.test(text))
    return 'a path without empty steps, dots as steps, backslashes and hidden slashes: /2021/old-story.html'
  return 'an old id, or an address without host and #: /2021/old-story.html, /?p=42'
}

/** Returns the path by which requests for an alias are looked up; an old id stands for its page. */
export function pathOfAlias(alias: string, base: string, { resolve }: Platform): string {
  if (!alias.startsWith('/')) return `/articles/${alias}`
  const [path, query] = splitQuery(alias)
  const address = resolve(base + path, base) ?? base + path
  const bare = barePath(plainPath(address.slice(base.length)))
  if (query === undefined) return bare
  return withParameters(bare, parametersOf(query), parameterNames(query)) ?? bare
}
