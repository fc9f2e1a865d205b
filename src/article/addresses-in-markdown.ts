/** Where the addresses of links and images stand in Markdown: all of them are found in one pass. */

import { percentDecoded } from './text.ts'

/** Between brackets, as a definition, in raw HTML, and bare. */
const SLOT =
  /(\]\(\s*|\]:\s*)(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))|\b(?:href|poster|src|srcset)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))|\bhttps?:\/\/[^\s<>"]+/gi

/** A place in a text; lines and columns count from 0. */
export type Position = { readonly line: number; readonly column: number }

/** Finds where references stand in Markdown, by reference; the first of several. */
export function findAddresses(markdown: string): (reference: string) => Position | undefined {
  const found = new Map<string, Position>()
  const positionOf = positions(markdown)
  for (const match of markdown.matchAll(SLOT)) {
    const [whole] = match
    const spelling = match.slice(2).find((group) => group !== undefined) ?? whole
    const at = match.index + whole.lastIndexOf(spelling)
    const position = positionOf(at)
    const note = (one: string): void => void (found.has(one) || found.set(one, position))
    note(spelling)
    note(unescaped(spelling))
    // The candidates of a `srcset`.
    if (/\s/.test(spelling)) for (const [word] of spelling.matchAll(/[^\s,]\S*[^\s,]/g)) note(word)
  }
  return (reference) => found.get(reference) ?? found.get(percentDecoded(reference))
}

/** Tells positions; each offset is to be behind the one before, so that lines are counted once. */
function positions(text: string): (at: number) => Position {
  let line = 0
  let start = 0
  let end = text.indexOf('\n')
  return (at) => {
    while (end >= 0 && end < at) {
      line += 1
      start = end + 1
      end = text.indexOf('\n', start)
    }
    return { line, column: at - start }
  }
}

/** A spelling without the escapes of Markdown and of HTML that stand in addresses. */
function unescaped(spelling: string): string {
  return spelling.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&')
}

/** What needs no new address: one that is absolute, a part of the page, and what is only code. */
const UNCHANGED = /^(?:(?:https?|mailto|tel):|#|[^:&\\]*$)/i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/**
 * Markdown whose links lead as far as those of the HTML. Undefined if one of them cannot, or where
 * HTML stands in it: what the sanitiser took out there would still be in here.
 */
export function withAddresses(
  markdown: string,
  addresses: ReadonlyMap<string, string | undefined>,
): string | undefined {
  if (/<[a-z!/?]/i.test(markdown)) return undefined
  const relative = new Map<string, { readonly address: string; found: boolean }>()
  for (const [reference, address = ''] of addresses) {
    if (!/^(?:https?|mailto|tel):/i.test(address)) return undefined
    if (SCHEME.test(reference)) continue
    const one = { address, found: false }
    for (const spelling of [reference, percentDecoded(reference)]) relative.set(spelling, one)
  }
  let isSafe = true
  const written = markdown.replace(SLOT, (whole, before?: string, pointed = '', bare = '') => {
    if (before === undefined) return whole
    const spelling = pointed || bare
    const one = relative.get(spelling) ?? relative.get(unescaped(spelling))
    // Another renderer may take for a link what is none here.
    if (!one) isSafe &&= UNCHANGED.test(spelling)
    if (!one || spelling === '') return whole
    one.found = true
    return `${before}${pointed ? `<${one.address}>` : one.address}`
  })
  // A spelling that was not found would be a dead link, or name what is not to be named.
  return isSafe && [...relative.values()].every(({ found }) => found) ? written : undefined
}
