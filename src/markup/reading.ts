/**
 * Elements as they are read: what a script would have made of one, or a browser of its own, is
 * said in plain attributes before it is judged.
 */

import { drawingOf, titleOfDrawing } from './drawing.ts'
import { type FrameLink, frameLinkOf, LAZY_SOURCES } from './frames.ts'
import {
  createElement,
  detach,
  elementsAmong,
  isElement,
  isOfHtml,
  isOfSvg,
  type ParsedElement,
  type ParsedNode,
  textOf,
} from './html-parser.ts'
import { candidatesOf } from './srcset.ts'

/** An element under the name and with the attributes that it has for a reader. */
export type ElementReading = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly ParsedNode[]
}

/** Attributes in which lazy images keep what a script puts into the one of that name. */
const LAZY: Readonly<Record<string, readonly string[]>> = {
  src: LAZY_SOURCES,
  srcset: ['data-srcset', 'data-lazy-srcset'],
  sizes: ['data-sizes', 'data-lazy-sizes'],
}

const PICTURES = new Set(['img', 'source'])
const PLAYERS = new Set(['audio', 'video'])

/** Reads an element. */
export function readingOf(element: ParsedElement): ElementReading {
  const { tagName, childNodes } = element
  const frame = isOfHtml(element) ? frameLinkOf(element) : undefined
  if (frame) return readFrame(element, frame)
  if (isDrawing(element))
    return { name: 'img', attributes: new Map(drawingOf(element)), children: [] }
  const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]))
  if (isOfHtml(element) && PICTURES.has(tagName)) readLazy(tagName, attributes)
  // Without controls, nobody can hear the one, or begin the other.
  if (isOfHtml(element) && PLAYERS.has(tagName) && !attributes.has('controls'))
    attributes.set('controls', '')
  return { name: tagName, attributes, children: childNodes }
}

/** Elements in which a link stands within a line. */
const LINE_HOLDERS = new Set(
  'a b cite code dd del dt em figcaption h1 h2 h3 h4 h5 h6 i ins li p q small span strong sub sup td th u'.split(
    ' ',
  ),
)

/** Reads a frame as a link, with its picture where it stands by itself. */
function readFrame(
  { parentNode }: ParsedElement,
  { href, title, picture }: FrameLink,
): ElementReading {
  const holder = parentNode && 'tagName' in parentNode ? parentNode.tagName : ''
  const link = createElement('a', { href }, [title])
  if (LINE_HOLDERS.has(holder)) return plainReading(link)
  if (picture === undefined) return plainReading(createElement('p', {}, [link]))
  const image = createElement('img', { src: picture, alt: title }, [])
  const shown = createElement('a', { href }, [image])
  const caption = createElement('figcaption', {}, [link])
  return plainReading(createElement('figure', {}, [shown, caption]))
}

function plainReading({ tagName, attrs, childNodes }: ParsedElement): ElementReading {
  const attributes = new Map(attrs.map(({ name, value }) => [name, value]))
  return { name: tagName, attributes, children: childNodes }
}

/** Tells whether an element is a frame that shows an address. */
export function isFrame(element: ParsedElement): boolean {
  return isOfHtml(element) && frameLinkOf(element) !== undefined
}

/** Tells whether an element is a drawing that says what it shows. */
export function isDrawing(element: ParsedElement): boolean {
  return isOfSvg(element) && element.tagName === 'svg' && titleOfDrawing(element) !== undefined
}

/** Puts what a script would load in the place of what stands there until then. */
function readLazy(tagName: string, attributes: Map<string, string>): void {
  for (const [name, lazy] of Object.entries(LAZY)) {
    const value = lazy.map((one) => attributes.get(one)?.trim()).find(Boolean)
    if (value !== undefined) attributes.set(name, value)
  }
  const [first] = candidatesOf(attributes.get('srcset') ?? '')
  // Most feed readers look at no other attribute.
  if (tagName === 'img' && !attributes.get('src')?.trim() && first)
    attributes.set('src', first.address)
}

/**
 * Takes an image once that stands there twice: as what a script loads, and in `noscript` beside it
 * for those who run none. What is there for them is what is kept, unless it stands elsewhere.
 */
export function takeOnce(nodes: readonly ParsedNode[]): void {
  const images = imagesAmong(nodes, false)
  const lazy = new Set(
    images.filter((image) => !image.isFallback && isLazy(image.element)).map(imageAddress),
  )
  for (const { element, isFallback } of images)
    if (isFallback && lazy.has(imageAddress({ element }))) detach(element)
  const noscripts = elementsAmong(nodes).filter(({ tagName }) => tagName === 'noscript')
  for (const noscript of noscripts) {
    const hasImage = imagesAmong(noscript.childNodes, true).length > 0
    const beside = hasImage ? [-1, 1].map((step) => neighbour(noscript, step)) : []
    const placeholder = beside.find((one) => one?.tagName === 'img' && showsNothing(one))
    if (placeholder) detach(placeholder)
  }
}

type FoundImage = { readonly element: ParsedElement; readonly isFallback: boolean }

function imagesAmong(nodes: readonly ParsedNode[], isFallback: boolean): FoundImage[] {
  return nodes.flatMap((node) => {
    if (!isElement(node)) return []
    if (node.tagName === 'img') return [{ element: node, isFallback }]
    return imagesAmong(node.childNodes, isFallback || node.tagName === 'noscript')
  })
}

function imageAddress({ element }: Pick<FoundImage, 'element'>): string {
  return readingOf(element).attributes.get('src')?.trim() ?? ''
}

function isLazy({ attrs }: ParsedElement): boolean {
  return attrs.some(({ name }) => Object.values(LAZY).some((names) => names.includes(name)))
}

/** Tells whether an image shows nothing by itself: a script would find out what it shows. */
function showsNothing(element: ParsedElement): boolean {
  return isLazy(element) || /^(?:data:|about:|$)/i.test(imageAddress({ element }))
}

/** Returns the element next to another, if only white space stands between them. */
function neighbour(element: ParsedElement, step: number): ParsedElement | undefined {
  const siblings = element.parentNode?.childNodes ?? []
  let index = siblings.indexOf(element) + step
  while (textOf(siblings[index] ?? element)?.trim() === '') index += step
  const found = siblings[index]
  return found && isElement(found) ? found : undefined
}
