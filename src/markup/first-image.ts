/** The image with which a text begins: an article's own image is not to be shown twice. */

import type { Markup, MarkupElement, MarkupNode } from './markup.ts'

/** A text, and whether it shows the image itself, under a caption of its own. */
export type ImageSplit = { readonly markup: Markup; readonly isShown: boolean }

/** Elements that may stand around the image. */
const AROUND = new Set(['a', 'div', 'figure', 'p', 'picture'])

/** Takes the image at an address from the beginning of a text, unless it has a caption there. */
export function splitFirstImage(markup: Markup, url: string): ImageSplit {
  const [first, ...rest] = markup
  const path = typeof first === 'object' ? pathTo(first, url) : undefined
  if (!first || !path) return { markup, isShown: false }
  if (path.some(({ name, children }) => name === 'figure' && hasCaption(children)))
    return { markup, isShown: true }
  const left = without(first, path.at(-1))
  const [next, ...others] = rest
  const following = typeof next === 'string' ? [next.trimStart(), ...others] : rest
  return {
    markup: [...left, ...(left.length > 0 ? rest : following)].filter(isFilled),
    isShown: false,
  }
}

/** Returns the elements down to the image that stands first in one, it being the last of them. */
function pathTo(element: MarkupElement, url: string): MarkupElement[] | undefined {
  const { name, attributes, children } = element
  if (name === 'img') return attributes['src'] === url ? [element] : undefined
  const first = children.find((child) => typeof child !== 'string' || child.trim() !== '')
  if (!AROUND.has(name) || typeof first !== 'object') return undefined
  const path = pathTo(first, url)
  return path && [element, ...path]
}

function hasCaption(children: Markup): boolean {
  return children.some((child) => typeof child === 'object' && child.name === 'figcaption')
}

/** Takes an element out of a node, and whatever then holds nothing. */
function without(node: MarkupNode, gone: MarkupElement | undefined): MarkupNode[] {
  if (typeof node === 'string') return [node]
  if (node === gone) return []
  if (!AROUND.has(node.name)) return [node]
  const children = node.children.flatMap((child) => without(child, gone))
  const isEmpty = children.every((child) => typeof child === 'string' && child.trim() === '')
  return isEmpty ? [] : [{ ...node, children }]
}

function isFilled(node: MarkupNode): boolean {
  return node !== ''
}
