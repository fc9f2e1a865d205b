/** Ids of articles, authors and declared feeds: they are steps of addresses, and names of files. */

/** A file's name has 255 bytes at most, and a request of a partner names an id beside two cursors. */
export const LONGEST_ID = 100

export function isId(text: string): boolean {
  return text.length <= LONGEST_ID && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
}
