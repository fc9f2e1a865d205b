/** Words that `new` writes where an author is to write: they are not published as they stand. */

export const PLACEHOLDERS = {
  summary: 'One or two sentences.',
  text: 'The first paragraph.',
} as const

/** Tells whether a text begins as `new` left it. */
export function isPlaceholder(text: string): boolean {
  return text.split(/\r?\n/, 1)[0]?.trim() === PLACEHOLDERS.text
}
