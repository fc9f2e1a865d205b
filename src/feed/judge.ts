/**
 * The judge of HTML: what readers show as HTML is read once more as browsers read it, before it is
 * published.
 */

import { ARTICLE, extended, isAllowed } from '../markup/allow-list.ts'
import { type Allowance, strangerIn } from '../markup/stranger.ts'

/** Says what is wrong with HTML; undefined if nothing is. */
export type Judge = (html: string) => string | undefined

/** The markup of authors, and the element that says the language of it all. */
const IN_FEEDS: Allowance = { list: extended(ARTICLE, 'div', 'dir lang'), isAddress: isAllowed }

/** Creates a judge of what readers show as HTML. It remembers: all formats carry the same. */
export function createJudge(): Judge {
  const known = new Map<string, string | undefined>()
  return (html) => {
    if (!known.has(html)) known.set(html, strangerIn(html, IN_FEEDS))
    return known.get(html)
  }
}
