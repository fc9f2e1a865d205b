/**
 * The addresses to which a walk may go: those of the site that the operator named, and of the sites
 * named with `--also`. A mirrored site leads on by `next_url` and by redirects: both are judged
 * here.
 */

import { isId } from '../article/id.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import type { PullFailure } from './words.ts'

/** Characters of an address: edgewire's own, with two cursors and an id, are shorter. */
const ADDRESS_CHARACTERS = 2000

/** The origins that may be asked. */
export type AllowedOrigins = ReadonlySet<string>

/** Judges an address that `from` names in its answer. */
export function judgeAddress(
  text: string,
  from: URL,
  origins: AllowedOrigins,
): Result<URL, PullFailure> {
  const to = text.length <= ADDRESS_CHARACTERS ? URL.parse(text, from.href) : null
  if (!to) return fail({ reason: 'no-way', from, text, fault: 'address' })
  if (to.protocol !== 'https:' && to.protocol !== 'http:')
    return fail({ reason: 'no-way', from, text, fault: 'scheme' })
  if (to.username || to.password) return fail({ reason: 'no-way', from, text, fault: 'password' })
  if (!origins.has(to.origin)) return fail({ reason: 'other-site', from, to })
  // Over http, anybody in between could change everything that follows.
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return fail({ reason: 'no-way', from, text, fault: 'downgrade' })
  to.hash = ''
  return ok(to)
}

/**
 * Judges the `next_url` of a page that `asked` answered: it has to ask the same question about the
 * same two editions, further on.
 */
export function judgeNext(
  text: string,
  asked: URL,
  origins: AllowedOrigins,
): Result<URL, PullFailure> {
  const next = judgeAddress(text, asked, origins)
  if (!next.ok) return next
  const [was, is] = [asked.searchParams, next.value.searchParams]
  const to = is.get('to')
  const isSameQuestion =
    next.value.pathname === asked.pathname &&
    is.get('since') === was.get('since') &&
    to !== null &&
    (was.get('to') ?? to) === to
  const after = is.get('after') ?? ''
  if (isSameQuestion && isId(after) && after !== was.get('after')) return next
  return fail({ reason: 'no-way', from: asked, text, fault: 'question' })
}
