/**
 * The bounds of a pull, so that it ends whatever a site answers. None of them stands in the way of
 * a site that edgewire serves: the pages that one run does not reach, the next one does.
 */

const MEBIBYTE = 1024 * 1024

export type PullBounds = {
  /** Bytes of an answer, unpacked. */
  readonly answerBytes: number
  /** Redirects that are followed for a page. */
  readonly redirects: number
  /** Seconds for a page, from the question through redirects to the last byte. */
  readonly answerSeconds: number
  /** Seconds in which an answer has to bring `leastBytes`, again and again until its last byte. */
  readonly stallSeconds: number
  readonly leastBytes: number
  /** Attempts to get a page while the site cannot be reached or answers 503 or 429. */
  readonly attempts: number
  /** Seconds before the second attempt; each pause after that is twice as long. */
  readonly firstPause: number
  /** Seconds that are waited at most because a site asks for it. */
  readonly longestPause: number
  /** Seconds before everything is walked again, because the site has lost the edition. */
  readonly restartPause: number
  /** Pages, bytes and seconds of a run. */
  readonly runPages: number
  readonly runBytes: number
  readonly runSeconds: number
}

export const BOUNDS: PullBounds = {
  // A Worker has 128 MB for a page and for the objects that it is joined from.
  answerBytes: 64 * MEBIBYTE,
  redirects: 5,
  answerSeconds: 120,
  stallSeconds: 15,
  leastBytes: 4096,
  attempts: 6,
  firstPause: 1,
  longestPause: 60,
  restartPause: 2,
  // Enough for 200,000 articles.
  runPages: 2000,
  runBytes: 4096 * MEBIBYTE,
  runSeconds: 3600,
}
