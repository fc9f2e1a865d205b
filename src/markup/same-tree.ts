/** Comparison of trees: what was written of one has to be read as the same again. */

import { isElement, type ParsedElement, type ParsedNode, textOf } from './html-parser.ts'
import type { Markup, MarkupElement } from './markup.ts'
import { isInPlace } from './mathml.ts'

/** Tells whether the tree that was read is the tree that was judged. */
export function isSameTree(read: readonly ParsedNode[], markup: Markup, outside = ''): boolean {
  return (
    read.length === markup.length &&
    read.every((node, index) => {
      const judged = markup[index]
      if (judged === undefined || typeof judged === 'string') return textOf(node) === judged
      return isElement(node) && isSameElement(node, judged, outside)
    })
  )
}

function isSameElement(
  read: ParsedElement,
  { name, attributes, children }: MarkupElement,
  outside: string,
): boolean {
  return (
    read.tagName === name &&
    isInPlace(read, outside) &&
    read.attrs.length === Object.keys(attributes).length &&
    read.attrs.every((attribute) => attributes[attribute.name] === attribute.value) &&
    isSameTree(read.childNodes, children, name)
  )
}
