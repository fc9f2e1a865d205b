/** Navigations: does a browser show a person what it asked for, or does a program read it? */

import type { Field } from './field.ts'
import { parsePreferences } from './preferences.ts'

/** The field that decides it, as `Vary` names it. */
export const NAVIGATION_FIELD = 'Sec-Fetch-Dest'

/**
 * Tells whether a browser is about to show the answer as its page (Fetch Metadata, W3C). No feed
 * reader says so, and neither does a browser that fetches it for a script, or for a frame.
 */
export function isNavigation(field: Field): boolean {
  return field(NAVIGATION_FIELD) === 'document'
}

/**
 * Tells whether a client wants HTML before anything else (RFC 9110 §12.5.1): browsers name it first.
 * A feed reader that also takes HTML names its feeds before it.
 */
export function prefersHtml(accept: string | undefined): boolean {
  const ranges = parsePreferences(accept)
  const most = ranges.reduce((highest, { weight }) => Math.max(highest, weight), 0)
  return most > 0 && ranges.find(({ weight }) => weight === most)?.name === 'text/html'
}
