/** Redirects: where a thing is, with the query that the client brought. */

import type { Context } from 'hono'
import { type ParameterNames, parameterNames, withoutParameters } from '../article/old-address.ts'
import { freshFor, NOT_STORED } from '../http/freshness.ts'
import { NAVIGATION_FIELD } from '../http/navigation.ts'
import { COMMON_HEADERS } from './answer.ts'
import type { Reading } from './reading.ts'
import { writtenQuery } from './spelling.ts'

/**
 * Sends a client to where a thing is: to a path of the site for good (301: some readers know no 308,
 * and only GET and HEAD come here), or to another site, as long as this one is set up like this.
 * `taken` are the parameters that were a part of the old address.
 */
export function redirectTo(
  c: Context,
  target: string,
  { facts, untilNext }: Reading,
  taken: ParameterNames = [],
): Response {
  const { base, ttl } = facts.site
  const isOwn = target.startsWith('/')
  return redirectResponse(isOwn ? 301 : 302, {
    Location: withQuery(isOwn ? base + target : target, c.req.url, taken),
    'Cache-Control': freshFor(ttl, untilNext),
  })
}

/** Sends a browser from a document to its page, this time. */
export function redirectToPage(c: Context, folder: string): Response {
  return redirectResponse(303, {
    Location: withQuery(folder, c.req.url, []),
    'Cache-Control': NOT_STORED,
    Vary: NAVIGATION_FIELD,
  })
}

function redirectResponse(status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(null, { status, headers: { ...COMMON_HEADERS, ...headers } })
}

/** Adds what a request asked to an address; what that says itself stays as it is. */
function withQuery(address: string, url: string, taken: ParameterNames): string {
  const [, before = '', own, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(address) ?? []
  const known = own === undefined ? taken : [...taken, ...parameterNames(own)]
  const asked = withoutParameters(writtenQuery(url), known)
  const query = [own, asked].filter(Boolean).join('&')
  return before + (query && `?${query}`) + fragment
}
