/** Ids of articles, authors and declared feeds: they are steps of addresses, and names of files. */

/**
 * A file's name has 255 bytes at most, and a request of a partner names an id beside two cursors.
 */
export const LONGEST_ID = 100

/** The letters of an id. */
export const ID_PATTERN: RegExp = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Tells whether a text is an id. */
export function isId(text: string): boolean {
  return text.length <= LONGEST_ID && ID_PATTERN.test(text)
}
