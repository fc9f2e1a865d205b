/**
 * Entity-tags (RFC 9110 §8.8.3) and their two comparisons (§8.8.3.2).
 *
 * No I/O, no clock. A tag is read into its parts once; nothing else handles quotes or `W/`.
 */

export type EntityTag = { readonly opaque: string; readonly weak: boolean }

/** The value of `If-Match` and `If-None-Match`: `*`, or a list of tags. */
export type TagList = '*' | readonly EntityTag[]

export function formatTag({ opaque, weak }: EntityTag): string {
  return `${weak ? 'W/' : ''}"${opaque}"`
}

/** Reads a tag list; text that is not an entity-tag is skipped. */
export function parseTagList(value: string): TagList {
  if (value.trim() === '*') return '*'
  // An opaque-tag may hold a comma, so the list is scanned, not split.
  return Array.from(value.matchAll(/(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g), (match) => ({
    opaque: match[2] ?? '',
    weak: match[1] !== undefined,
  }))
}

/** Compares as `If-None-Match` does (§13.1.2): the same text, weak or not. */
export function matchesWeakly(list: TagList, tag: EntityTag): boolean {
  return list === '*' || list.some(({ opaque }) => opaque === tag.opaque)
}

/** Compares as `If-Match` does (§13.1.1): the same text, and neither is weak. */
export function matchesStrongly(list: TagList, tag: EntityTag): boolean {
  return (
    list === '*' || (!tag.weak && list.some(({ opaque, weak }) => !weak && opaque === tag.opaque))
  )
}
