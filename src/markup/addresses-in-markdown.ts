/** Addresses of links and images in Markdown, and their positions: all are found in one pass. */

import { countUpTo, linesOf, type TextPosition } from './lines.ts'
import { percentDecoded } from './text.ts'

/** The four forms of an address: between brackets, as a definition, in raw HTML, and bare. */
const SLOT =
  /(\]\(\s*|\]:\s*)(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))|\b(?:href|poster|src|srcset)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))|\bhttps?:\/\/[^\s<>"]+/gi

/**
 * Finds positions in Markdown: of an offset, or of a reference that is spelled at it or behind it,
 * as a link's address is behind its words.
 */
export function findAddresses(
  markdown: string,
): (offset: number, reference?: string) => TextPosition {
  const found = new Map<string, number[]>()
  for (const match of markdown.matchAll(SLOT)) {
    const [whole] = match
    const spelling = match.slice(2).find((group) => group !== undefined) ?? whole
    const at = match.index + whole.lastIndexOf(spelling)
    const names = new Set([spelling, unescaped(spelling)])
    // The candidates of a `srcset`.
    if (/\s/.test(spelling))
      for (const [word] of spelling.matchAll(/[^\s,]\S*[^\s,]/g)) names.add(word)
    for (const name of names) {
      const all = found.get(name) ?? []
      found.set(name, all)
      all.push(at)
    }
  }
  const { positionOf } = linesOf(markdown)
  return (offset, reference) => {
    if (reference === undefined) return positionOf(offset)
    const all = found.get(reference) ?? found.get(percentDecoded(reference)) ?? []
    // A definition may stand before the link that names it.
    return positionOf(all[countUpTo(all, offset - 1)] ?? all[0] ?? offset)
  }
}

/** Undoes the escapes of Markdown and of HTML that stand in addresses. */
function unescaped(spelling: string): string {
  return spelling.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&')
}

/**
 * References that need no new address: absolute ones, a part of the page, and what is only code.
 */
const UNCHANGED = /^(?:(?:https?|mailto|tel):|#|[^:&\\]*$)/i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/**
 * Writes Markdown whose links lead as far as those of the HTML. Undefined if one of them cannot, or
 * where HTML stands in it: what the sanitiser took out there would still be in here.
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
