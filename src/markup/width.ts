/** The width of text in columns, as terminals and lists count it (UAX #11). */

/** Letters of two columns: Chinese, Japanese, Korean, and what is written in their width. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\u3000-\u303f\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const WIDE_ALL = new RegExp(WIDE, 'gu')
/** Marks on letters, and what joins characters or chooses their look: they take no column. */
const COLUMNLESS = /\p{M}|\p{Cf}/gu

/** Tells whether a character takes two columns; an empty text does not. */
export function isWide(character: string): boolean {
  return WIDE.test(character)
}

/** Counts the columns of a text. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  const seen = text.replace(COLUMNLESS, '')
  return Array.from(seen).length + (seen.match(WIDE_ALL)?.length ?? 0)
}

/**
 * Tells whether two characters stand beside each other without a blank: Chinese and Japanese write
 * none between sentences, nor where a line was broken; Korean does.
 */
export function isUnspaced(before: string, after: string): boolean {
  return isWide(before) && isWide(after) && !/[\p{Script=Hangul}\p{Emoji}]/u.test(before + after)
}
