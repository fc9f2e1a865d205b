/**
 * Text as it may stand in a document: Unicode that every XML and JSON parser accepts.
 *
 * Cleaned once, when an article is read, so that no writer has to think of it again.
 */

// XML 1.0 §2.2 forbids the C0 controls, U+FFFE and U+FFFF; HTML (WHATWG HTML §13.2.3.5) the C1
// controls and all noncharacters too. U+2028 and U+2029 are text for both.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Noncharacter_Code_Point}/gu

/** Most texts: nothing is forbidden in them, and nothing is composed. */
const PLAIN_TEXT = /^[\t\n -~]*$/

/**
 * Cleans text so that any document may carry it: well-formed, normalised (NFC), without forbidden
 * controls.
 */
export function cleanText(text: string): string {
  if (PLAIN_TEXT.test(text)) return text
  // U+0085 is a line end of other systems, and parts words as one.
  const spaced = text.toWellFormed().replaceAll('\u0085', ' ')
  return composed(spaced.replace(FORBIDDEN, '').replace(/\r\n?/g, '\n'))
}

/** Characters that a text loses when it is cleaned, and that its author may miss. */
export function forbiddenIn(text: string): RegExpStringIterator<RegExpExecArray> {
  return text.matchAll(FORBIDDEN)
}

/** Tells whether every document can carry a text as it is, without any cleaning. */
export function isCarried(text: string): boolean {
  return text.isWellFormed() && text.search(FORBIDDEN) < 0
}

/** More marks on a letter than any language has; U+034F, which joins nothing, parts them. */
const MARKS = /[\p{M}--\u034f]{30}(?=[\p{M}--\u034f])/gv

/**
 * Composes text (NFC). Marks are sorted in a time that grows with the square of their
 * number: a long row of them is parted first, as streams of text are (UAX #15 §13), and once more
 * where some of them were two in one.
 */
function composed(text: string): string {
  return parted(parted(text).normalize('NFC'))
}

function parted(text: string): string {
  return text.replace(MARKS, '$&\u034f')
}

/** Cleans text that has to be one line: titles, names, summaries. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/**
 * Decodes percent-encoded text. A per cent sign may be just that, in the name of
 * a file or of a tag: what encodes nothing stays as it is.
 */
export function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded
    }
  })
}

/** Characters that a name has at most: ids and labels do. */
export const LONGEST_NAME = 100
/** Differences between a name and one that is near it, at most. */
const MOST_DIFFERENCES = 4
/** Steps that a search for near names may take, each a comparison of two characters. */
const MOST_STEPS = 500_000

/**
 * Finds the names most like a word, best first: for messages that say what was probably meant. Only
 * names of about its length are compared, and no more of them than those steps allow.
 */
export function nearest(word: string, names: Iterable<string>, most = 3): string[] {
  const { length } = word
  if (length > LONGEST_NAME) return []
  const limit = Math.min(MOST_DIFFERENCES, Math.max(1, Math.floor(length / 3)))
  const found: { readonly name: string; readonly distance: number }[] = []
  let left = MOST_STEPS
  for (const name of names) {
    if (Math.abs(name.length - length) > limit) continue
    left -= length * (2 * limit + 1)
    if (left < 0) break
    const distance = distanceOf(word, name, limit)
    if (distance <= limit) found.push({ name, distance })
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name)
}

/**
 * Insertions, deletions and replacements that turn one word into another (Levenshtein). Further
 * than `limit` from the diagonal nothing is looked at, and more than `limit` are not counted to the
 * end.
 */
function distanceOf(a: string, b: string, limit: number): number {
  const row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let at = 0; at < a.length; at++) {
    const least = nextRow(row, a[at] ?? '', b, limit)
    if (least > limit) return least
  }
  return row[b.length] ?? 0
}

/**
 * Makes the row of the next letter out of the one before, in place; returns the least number in it.
 * A row begins with the number of its letter.
 */
function nextRow(row: number[], letter: string, b: string, limit: number): number {
  const i = (row[0] ?? 0) + 1
  const first = Math.max(1, i - limit)
  let diagonal = row[first - 1] ?? 0
  row[0] = i
  let left = first === 1 ? i : limit + 1
  let least = left
  row[first - 1] = left
  for (let j = first; j <= Math.min(b.length, i + limit); j++) {
    const above = row[j] ?? 0
    left = Math.min(diagonal + (letter === b[j - 1] ? 0 : 1), above + 1, left + 1)
    diagonal = above
    row[j] = left
    least = Math.min(least, left)
  }
  return least
}
