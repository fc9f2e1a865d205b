/** Languages on a page: each text says which it is in, and in which direction it is written. */

import { directionOf, isSameLanguage } from '../article/language.ts'
import type { Site } from '../article/site.ts'
import { type Speech, wordsIn } from '../article/words.ts'
import { type Html, html } from './html.ts'

/** Writes the attributes of an element whose text is in a language. */
export function inLanguage(language: string): Html {
  return html`lang="${language}" dir="${directionOf(language)}"`
}

/** edgewire's own words on a page. */
export type Voice = Speech & {
  /** The attributes of an element with these words, if the page is in another language (WCAG 2.2 §3.1.2). */
  readonly mark: Html
}

/** Finds edgewire's own words for a page, or a part of one, in a language. */
export function voiceIn(language: string, site: Site): Voice {
  const speech = wordsIn(language, site)
  const isOwn = isSameLanguage(speech.language, language)
  return { ...speech, mark: isOwn ? html`` : html` ${inLanguage(speech.language)}` }
}

/**
 * Makes links of what stands in brackets; `attributes` are those of each link, in the order of the
 * text.
 */
export function linked(words: string, ...attributes: readonly Html[]): Html[] {
  return words.split(/[[\]]/).map((piece, index) => {
    const own = index % 2 === 1 ? attributes[(index - 1) / 2] : undefined
    return own ? html`<a ${own}>${piece}</a>` : html`${piece}`
  })
}

/** Returns an arrow along the lines of a language, and one against them. */
export function arrowsIn(language: string): { readonly back: string; readonly on: string } {
  return directionOf(language) === 'rtl' ? { back: '→', on: '←' } : { back: '←', on: '→' }
}
