/** Languages on a page: each text says which it is in, and in which direction it is written. */

import { directionOf } from '../article/language.ts'
import { type Html, html } from './html.ts'

/** Writes the attributes of an element whose text is in a language. */
export function inLanguage(language: string): Html {
  return html`lang="${language}" dir="${directionOf(language)}"`
}

/** Writes the attributes of edgewire's own words, on a page in a language (WCAG 2.2 §3.1.2). */
export function inEnglish(page: string): Html {
  return /^en(?:-|$)/.test(page) ? html`` : html` lang="en" dir="ltr"`
}
