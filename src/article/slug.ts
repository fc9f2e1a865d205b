/** Names for addresses: lower-case letters, digits and hyphens, whatever script a text is in. */

import slugify from '@sindresorhus/slugify'

const known = new Map<string, string>()

/** The slug of a text; empty where nothing of it has a Latin spelling. */
export function slugOf(text: string): string {
  return slugify(text, { decamelize: false })
}

/**
 * The name of a label's folder: its slug, or, for a script that has none, its code points. It
 * depends on the label alone, so that an address never moves.
 */
export function folderNameOf(label: string): string {
  const name = known.get(label) ?? (slugOf(label) || codePointsOf(label))
  known.set(label, name)
  return name
}

function codePointsOf(label: string): string {
  return Array.from(label, (character) => character.codePointAt(0)?.toString(16)).join('-')
}
