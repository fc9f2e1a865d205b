/** Escapes in quoted texts of YAML: a bad one is found before the library makes an error of each. */

/** A fault in a text, and its offset. */
export type Fault = { readonly at: number; readonly detail: string }

/**
 * A backslash and what belongs to it (YAML 1.2.2 §5.7); alone where that cannot stand behind one.
 */
const ESCAPES =
  /\\(?:[0abt\tnvfre "/\\N_LP\n]|\r\n|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U(?:000[\dA-Fa-f]|0010)[\dA-Fa-f]{4}|)/g

/** Finds the first escape of a quoted text that is none: the library makes an error of each. */
export function badEscapeIn(lexeme: string, offset: number): Fault | undefined {
  if (!lexeme.startsWith('"')) return undefined
  for (const { 0: found, index } of lexeme.matchAll(ESCAPES)) {
    const detail = `Invalid escape sequence ${lexeme.slice(index, index + 2)}`
    if (found === '\\') return { at: offset + index, detail }
  }
  return undefined
}
