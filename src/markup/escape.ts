/** Escapes: how a text stands between tags, in HTML and in XML. */

/**
 * Escapes text between tags, in HTML and in XML: `>` too, because `]]>` may not stand in XML's text
 * (XML 1.0 §2.4). The long solidus that strikes a letter out (U+0338) makes one letter with the `>`
 * before it, if somebody normalises the document: at the beginning it is written as a reference.
 */
export function escapeText(text: string): string {
  return escapeSigns(text).replace(/^\u0338/, '&#x338;')
}

/** Escapes the signs that begin a reference or a tag, or end one. */
export function escapeSigns(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
