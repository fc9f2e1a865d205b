/**
 * What may stand in a document: Unicode that every XML and JSON parser accepts.
 *
 * Cleaned once, when an article is read, so that no writer has to think of it again.
 */

// XML 1.0 §2.2 forbids the C0 controls and the two non-characters; the C1 controls are legal but
// validators warn of them. U+0085 (next line) stays: XML names it a line end.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g

/** Most texts: nothing is forbidden in them, and nothing is composed. */
const PLAIN = /^[\t\n -~]*$/

/** Text that any document may carry: well-formed, normalised (NFC), without forbidden controls. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text
  return text.toWellFormed().replace(FORBIDDEN, '').replace(/\r\n?/g, '\n').normalize('NFC')
}

/** The same on one line: titles, names, summaries. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/** The text that a percent-encoded one stands for; itself, if it was none after all. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A per cent sign may be just that, in the name of a file or of a tag.
    return text
  }
}

/** The names most like a word, best first: for messages that say what was probably meant. */
export function nearest(word: string, names: Iterable<string>, most = 3): string[] {
  const limit = Math.max(1, Math.floor(word.length / 3))
  return Array.from(names, (name) => ({ name, distance: distanceOf(word, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name)
}

/** Insertions, deletions and replacements that turn one word into another (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
