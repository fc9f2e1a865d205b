/** Names for addresses: lower-case letters, digits and hyphens, whatever script a text is in. */

import slugify from '@sindresorhus/slugify'
import { LONGEST_ID } from './id.ts'

const known = new Map<string, string>()

/** Makes the slug of a text, which can be an id; empty where nothing of it has a Latin spelling. */
export function slugOf(text: string): string {
  // A letter becomes one or several, a sign may become none: enough for an id, and no more.
  return shortSlug(slugify(text.slice(0, 10 * LONGEST_ID).toWellFormed(), { decamelize: false }))
}

/**
 * Names the folder of a label: its slug, in which what has no Latin spelling is named by its code
 * points. It depends on the label alone, so that an address never moves.
 */
export function folderNameOf(label: string): string {
  const name =
    known.get(label) ??
    (slugOf(label) === '' ? shortSlug(codePointsOf(label)) : slugOf(spelledOut(label)))
  known.set(label, name)
  return name
}

/**
 * A letter, digit or sign, with its marks. Of punctuation, some is a part of words: `C#`, `50%`.
 */
const SIGNS = /[\p{L}\p{N}\p{S}#%@]\p{M}*/gu

/** Letters that say nothing of their own, and that a Latin spelling leaves out by right. */
const SILENT = /^[ьъ]/i

/** Writes the code points of what a slug would lose: `C++` is not `C`. */
function spelledOut(label: string): string {
  return label.replace(SIGNS, (sign) =>
    SILENT.test(sign) || slugOf(sign) !== ''
      ? sign
      : ` ${Array.from(sign, (character) => `u${codePointsOf(character)}`).join(' ')} `,
  )
}

function codePointsOf(label: string): string {
  return Array.from(label, (character) => character.codePointAt(0)?.toString(16)).join('-')
}

/** Shortens a slug to whole words that fit into an id; a single word that does not fit is cut. */
function shortSlug(slug: string): string {
  if (slug.length <= LONGEST_ID) return slug
  const cut = slug.slice(0, LONGEST_ID + 1)
  return cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut.slice(0, LONGEST_ID)
}
