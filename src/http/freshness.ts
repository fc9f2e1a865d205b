/**
 * Freshness (RFC 9111 §5.2, RFC 5861): how long an answer may be kept unasked.
 * All values are in seconds.
 */

/** Seconds that an old answer may still be shown while it is fetched anew, and while that fails. */
const STALE_WHILE_REVALIDATE = 600
const STALE_IF_ERROR = 86_400
/**
 * The second of them for media and pages of changes: people do not ask for them by themselves, and
 * a takedown has to reach them.
 */
export const TAKEN_DOWN_SOON: number = STALE_WHILE_REVALIDATE

/**
 * Writes `Cache-Control` for what may change when the next edition begins: neither freshness nor the
 * background refresh reaches past that instant, so a story is shown the second it is due.
 */
export function freshFor(
  seconds: number,
  untilNext: number | undefined,
  ifError: number = STALE_IF_ERROR,
): string {
  const limit = Math.max(0, Math.floor(untilNext ?? Number.MAX_SAFE_INTEGER))
  const maxAge = Math.min(seconds, limit)
  const revalidate = Math.min(STALE_WHILE_REVALIDATE, limit - maxAge)
  const directives = ['public', `max-age=${maxAge}`]
  if (revalidate > 0) directives.push(`stale-while-revalidate=${revalidate}`)
  return [...directives, `stale-if-error=${ifError}`].join(', ')
}

/** `Cache-Control` of what no takedown concerns: the site's own stylesheet and script, and a 405. */
export const FRESH_FOR_A_DAY = 'public, max-age=86400, stale-while-revalidate=604800'

/** `Cache-Control` of what is true of this moment only. */
export const NOT_STORED = 'no-store'
