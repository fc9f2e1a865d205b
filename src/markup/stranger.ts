/**
 * The last look at HTML that was written: it is parsed as a browser does that runs scripts, and
 * what no list holds is named.
 */

import { type AllowList, type isAllowed, useOf } from './allow-list.ts'
import { ARTICLE_BOUNDS, withinBounds } from './bounds.ts'
import { isElement, type ParsedElement, type ParsedNode, parseHtml } from './html-parser.ts'
import { isInPlace } from './mathml.ts'
import { candidatesOf } from './srcset.ts'

/** The elements, attributes and addresses that may stand in a place. */
export type Allowance = {
  readonly list: AllowList
  readonly isAddress: typeof isAllowed
}

/** The templates stand around what is within bounds, and around each of its tables. */
const most = {
  depth: 2 * ARTICLE_BOUNDS.depth,
  elements: 2 * ARTICLE_BOUNDS.elements,
  referred: 2 * ARTICLE_BOUNDS.referred,
}

/** Finds what HTML has that may not stand there: in words, or undefined if there is nothing. */
export function strangerIn(html: string, held: Allowance): string | undefined {
  // Most texts are only that.
  if (!html.includes('<')) return undefined
  const found = withinBounds(() =>
    strangerAmong(parseHtml(html, { scripting: true, most }), '', held),
  )
  return found.ok ? found.value : found.failure.excess.reason
}

function strangerAmong(
  nodes: readonly ParsedNode[],
  outside: string,
  held: Allowance,
): string | undefined {
  for (const node of nodes) {
    if (node.nodeName === '#text') continue
    const found = isElement(node) ? strangerAt(node, outside, held) : node.nodeName
    if (found) return found
  }
  return undefined
}

function strangerAt(element: ParsedElement, outside: string, held: Allowance): string | undefined {
  const { tagName, attrs, childNodes } = element
  const known = isInPlace(element, outside) ? held.list.get(tagName) : undefined
  if (!known) return `<${tagName}>`
  const strange = attrs.find(({ name, value }) => !known.has(name) || !isFit(name, value, held))
  return strange ? `${strange.name} of <${tagName}>` : strangerAmong(childNodes, tagName, held)
}

function isFit(name: string, value: string, { isAddress }: Allowance): boolean {
  const use = useOf(name)
  if (use === undefined) return true
  if (use !== 'candidates') return isAddress(value, use)
  return candidatesOf(value).every(({ address }) => isAddress(address, 'media'))
}
