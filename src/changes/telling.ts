/** The telling: the news of an article for a partner, of the whole site or of one feed. */

import { type Standing, sayTheSame } from './change.ts'

/**
 * `removed`: gone without a retraction, as after a rollback. `left`: still published, and not in
 * this feed any more. What was told before in the same words is told no more, even if it was made
 * anew.
 */
export type Telling = 'added' | 'corrected' | 'retracted' | 'removed' | 'left'

/** Decides what to say of an article, from its state before and now; nothing, if nobody noticed. */
export function tellingOf(
  feed: string,
  before: Standing | undefined,
  after: Standing | undefined,
): Telling | undefined {
  const [was, is] = [isIn(feed, before), isIn(feed, after)]
  if (!was && !is) return undefined
  if (was && is && before && after && isToldAlike(before, after)) return undefined
  if (!after) return 'removed'
  if (after.type === 'retraction') return 'retracted'
  if (!is) return 'left'
  return was && before?.type === 'article' ? 'corrected' : 'added'
}

function isIn(feed: string, standing: Standing | undefined): boolean {
  return standing !== undefined && (feed === '/' || standing.facts.feeds.includes(feed))
}

function isToldAlike(before: Standing, after: Standing): boolean {
  if (before.type === 'retraction') return sayTheSame(before, after)
  return after.type === 'article' && before.text === after.text
}
