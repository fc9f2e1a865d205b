/**
 * HTML as the tree that was judged. Whatever is still to be made of an article's HTML is made of
 * its tree: text that was searched for tags once read a tag where a browser reads none.
 */

import { escapeSigns, escapeText } from './escape.ts'

export type Markup = readonly MarkupNode[]
/** Text, or an element. */
export type MarkupNode = string | MarkupElement
export type MarkupElement = {
  readonly name: string
  readonly attributes: MarkupAttributes
  readonly children: Markup
}
type MarkupAttributes = Readonly<Record<string, string>>

/** Elements that have no end tag (WHATWG HTML §13.1.2). */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** Makes an element. */
export function elementOf(
  name: string,
  children: Markup,
  attributes: MarkupAttributes = {},
): MarkupElement {
  return { name, attributes, children }
}

/** Writes a tree so that a browser, reading it, has the same tree again; it is XML as well. */
export function htmlOf(markup: Markup): string {
  return markup
    .map((node) => (typeof node === 'string' ? escapeText(node) : writeElement(node)))
    .join('')
}

function writeElement({ name, attributes, children }: MarkupElement): string {
  let tag = name
  for (const [key, value] of Object.entries(attributes)) tag += ` ${key}="${escapeValue(value)}"`
  if (VOID.has(name)) return `<${tag} />`
  const content = htmlOf(children)
  // A parser takes away the first line end of `pre` (WHATWG HTML §13.2.6.4.7): it gets one more.
  const lineEnd = name === 'pre' && content.startsWith('\n') ? '\n' : ''
  return `<${tag}>${lineEnd}${content}</${name}>`
}

function escapeValue(text: string): string {
  return escapeSigns(text).replaceAll('"', '&quot;')
}

/** Replaces each element of a tree, the inner ones first. */
export function mapElements(
  markup: Markup,
  change: (element: MarkupElement) => MarkupElement,
): Markup {
  return markup.map((node) =>
    typeof node === 'string'
      ? node
      : change({ ...node, children: mapElements(node.children, change) }),
  )
}

/** Collects all elements of a tree, in the order of their start tags. */
export function elementsIn(markup: Markup): MarkupElement[] {
  return markup.flatMap((node) =>
    typeof node === 'string' ? [] : [node, ...elementsIn(node.children)],
  )
}

/** Collects all texts of a tree, but for those inside elements of some names. */
export function textsIn(markup: Markup, without: ReadonlySet<string>): string[] {
  return markup.flatMap((node) => {
    if (typeof node === 'string') return [node]
    return without.has(node.name) ? [] : textsIn(node.children, without)
  })
}

/** Trims white space at the ends of a tree. */
export function trimmed(markup: Markup): Markup {
  const kept = markup.map((node, index) => {
    if (typeof node !== 'string') return node
    const text = index === 0 ? node.trimStart() : node
    return index === markup.length - 1 ? text.trimEnd() : text
  })
  return kept.filter((node) => node !== '')
}
