/**
 * Drawings: SVG that stands in a text becomes a file of its own, with what draws and nothing else.
 * A browser runs nothing in an image, and loads nothing for it; other programs may not be as strict.
 */

import { escapeSigns, escapeText } from './escape.ts'
import {
  isElement,
  isOfSvg,
  offsetOf,
  type ParsedElement,
  type ParsedNode,
  textAmong,
  textOf,
} from './html-parser.ts'
import { type OnLoss, tellAttribute } from './loss.ts'
import { cleanText } from './text.ts'

const DRAWING_ELEMENTS = new Set(
  (
    'circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite ' +
    'feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA ' +
    'feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight ' +
    'feSpecularLighting feSpotLight feTile feTurbulence filter g line linearGradient marker mask path ' +
    'pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan use view'
  ).split(' '),
)

/** Attributes that run something, lead elsewhere, or name a base for what does. */
const FOREIGN_ATTRIBUTE = /^(?:on|xmlns|xml:base$|base$|ping$|src$)/i
/** A value that loads or imports something from anywhere but the drawing itself. */
const LOADING =
  /url\s*\(\s*["']?\s*(?!#)|@import|image-set|image\s*\(|javascript:|expression\s*\(|\\/i

/** Returns what a drawing shows, as it says itself. */
export function titleOfDrawing({ attrs, childNodes }: ParsedElement): string | undefined {
  const title = childNodes.filter(isElement).find(({ tagName }) => tagName === 'title')
  const label = attrs.find(({ name }) => name === 'aria-label')?.value
  return [title && textAmong(title.childNodes), label]
    .map((text) => text?.replace(/\s+/g, ' ').trim())
    .find(Boolean)
}

/** Returns the attributes of the image that a drawing becomes. */
export function drawingOf(element: ParsedElement): [name: string, value: string][] {
  const xml = writeDrawing(element, ' xmlns="http://www.w3.org/2000/svg"')
  const sizes = element.attrs.filter(
    ({ name, value }) => (name === 'width' || name === 'height') && /^\d+$/.test(value),
  )
  return [
    ['src', `data:image/svg+xml,${encodeURIComponent(xml)}`],
    ['alt', titleOfDrawing(element) ?? ''],
    ...(sizes.length === 2 ? sizes : []).map(({ name, value }): [string, string] => [name, value]),
  ]
}

function writeDrawing({ tagName, attrs, childNodes }: ParsedElement, namespace = ''): string {
  let tag = tagName + namespace
  const written = new Set<string>()
  for (const { prefix, name, value } of attrs) {
    if (written.has(name) || !/^[a-z_][\w.-]*$/i.test(name) || !isHarmless(name, value)) continue
    if (prefix && prefix !== 'xlink') continue
    written.add(name)
    tag += ` ${name}="${escapeSigns(cleanText(value)).replaceAll('"', '&quot;')}"`
  }
  return `<${tag}>${writeNodes(childNodes)}</${tagName}>`
}

function writeNodes(nodes: readonly ParsedNode[]): string {
  return nodes
    .map((node) => {
      if (!isElement(node)) return escapeText(cleanText(textOf(node) ?? ''))
      // A link within an image leads nowhere; what is drawn in it stays.
      if (isLinkInDrawing(node)) return writeNodes(node.childNodes)
      return isDrawn(node) ? writeDrawing(node) : ''
    })
    .join('')
}

function isDrawn(element: ParsedElement): boolean {
  return isOfSvg(element) && DRAWING_ELEMENTS.has(element.tagName) && !isLoading(element)
}

/** Elements of SVG that say nothing to people. */
const MUTE_PARTS = /^(?:metadata|.*:.*)$/

/** Tells what is in a drawing, and not in the file that is made of it. */
export function tellDrawingLosses({ childNodes }: ParsedElement, onLoss: OnLoss): void {
  for (const part of childNodes.filter(isElement)) {
    const isLink = isLinkInDrawing(part)
    if (isLink || isDrawn(part)) {
      for (const name of lostNames(part, isLink)) tellAttribute(part, name, onLoss)
      tellDrawingLosses(part, onLoss)
    } else if (!MUTE_PARTS.test(part.tagName)) {
      const at = offsetOf(part)
      if (at !== undefined) onLoss({ reason: 'lost-element', name: part.tagName, text: 'gone' }, at)
    }
  }
}

function lostNames({ attrs }: ParsedElement, isLink: boolean): string[] {
  return attrs
    .filter(({ name, value }) => (isLink ? name === 'href' : !isHarmless(name, value)))
    .map(({ name, prefix }) => (prefix ? `${prefix}:${name}` : name))
}

function isLinkInDrawing(element: ParsedElement): boolean {
  return isOfSvg(element) && element.tagName === 'a'
}

function isLoading({ tagName, childNodes }: ParsedElement): boolean {
  return tagName === 'style' && LOADING.test(textAmong(childNodes))
}

/** Tells whether an attribute loads nothing: `use` and gradients have links within the drawing. */
function isHarmless(name: string, value: string): boolean {
  if (name === 'href') return /^\s*#/.test(value)
  return !FOREIGN_ATTRIBUTE.test(name) && !LOADING.test(value)
}
