/** Names for addresses: lower-case letters, digits and hyphens, whatever script a text is in. */

import slugify from '@sindresorhus/slugify'

/** The slug of a text; empty where nothing of it has a Latin spelling. */
export function slugOf(text: string): string {
  return slugify(text, { decamelize: false })
}
