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
  const fresh = freshSeconds(seconds, untilNext)
  const revalidate = freshSeconds(fresh + STALE_WHILE_REVALIDATE, untilNext) - fresh
  return [
    freshUntil(seconds, untilNext),
    ...(revalidate > 0 ? [`stale-while-revalidate=${revalidate}`] : []),
    `stale-if-error=${ifError}`,
  ].join(', ')
}

/** Writes `Cache-Control` of what is never shown when it is stale. */
export function freshUntil(seconds: number, untilNext: number | undefined): string {
  return `public, max-age=${freshSeconds(seconds, untilNext)}`
}

/** Returns the seconds until which something is fresh, none of them after the next edition began. */
function freshSeconds(seconds: number, untilNext: number = Number.MAX_SAFE_INTEGER): number {
  return Math.min(seconds, Math.max(0, Math.floor(untilNext)))
}

/** `Cache-Control` of what no takedown concerns: the site's own stylesheet and script, and a 405. */
export const FRESH_FOR_A_DAY = 'public, max-age=86400, stale-while-revalidate=604800'

/** `Cache-Control` of what is true of this moment only. */
export const NOT_STORED = 'no-store'
