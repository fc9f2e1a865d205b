/** The lead: the beginning of a text whose end its author marked with `<!--more-->`. */

import { commentsIn } from './html-parser.ts'
import type { Markup } from './markup.ts'
import { sanitise } from './sanitise.ts'

/** The words by which publishing systems mark it. */
const MORE = /^\s*(?:more|excerpt|truncate)\b/i

/** Returns the lead of HTML; undefined where its author marked none. */
export function leadOf(html: string): Markup | undefined {
  if (!html.includes('<!--')) return undefined
  const mark = commentsIn(html).find(({ text }) => MORE.test(text))
  // A parser ends by itself what is open where the HTML is cut. Only the words are wanted.
  return mark && sanitise(html.slice(0, mark.at), WORDS_ONLY)
}

/** The surroundings of HTML of which only the words are wanted. */
const WORDS_ONLY = {
  rewrite: () => undefined,
  sizeOf: () => undefined,
  onImageWithoutAlt: () => undefined,
  onLoss: () => undefined,
}
