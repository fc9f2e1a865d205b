/** Content codings that a client accepts (RFC 9110 §12.5.3). */

import { parsePreferences } from './preferences.ts'

/**
 * Tells whether gzip is to be sent. A client that says nothing is sent none: the rule allows any
 * coding, but a program that does not ask for gzip seldom unpacks it. One that would rather have the
 * bytes as they are gets those.
 */
export function acceptsGzip(value: string | undefined): boolean {
  const weights = new Map(
    parsePreferences(value).map(({ name, weight }) => [name === 'x-gzip' ? 'gzip' : name, weight]),
  )
  const gzip = weights.get('gzip') ?? weights.get('*') ?? 0
  return gzip > 0 && gzip >= (weights.get('identity') ?? 0)
}
