/**
 * HTML that every reader shows and none fears. It is parsed once, as browsers parse it; the
 * allow-list judges the tree; and what is written of the tree reads as the same tree again.
 *
 * Nothing touches the HTML after this: what is still to be made of it is made of the tree.
 */

import { ARTICLE } from './allow-list.ts'
import { judgeAttributes, roomFor } from './attributes.ts'
import { OverBound } from './bounds.ts'
import { tellDrawingLosses } from './drawing.ts'
import {
  type HtmlToken,
  isElement,
  offsetOf,
  type ParsedElement,
  type ParsedNode,
  parseHtml,
  textOf,
} from './html-parser.ts'
import { isOneAlone, leftInPlaceOf } from './left-blocks.ts'
import { type OnLoss, once, tellElement } from './loss.ts'
import {
  elementsIn,
  htmlOf,
  type Markup,
  type MarkupElement,
  type MarkupNode,
  trimmed,
} from './markup.ts'
import { keepFormulae } from './math-output.ts'
import { isAnnotation, isInPlace, isMathmlName } from './mathml.ts'
import { lowerHeadings } from './outline.ts'
import { tellParserLosses } from './parser-losses.ts'
import { createNames, nameParts } from './parts.ts'
import { isDrawing, isFrame, readingOf, takeOnce } from './reading.ts'
import { isSameTree } from './same-tree.ts'
import type { HtmlReading, Surroundings } from './surroundings.ts'
import { cleanText } from './text.ts'

/** Elements whose content is no text for people; of others that are not allowed, the text stays. */
const UNREAD = new Set(
  'datalist iframe noembed noframes script select style svg template textarea title'.split(' '),
)

/** How often the HTML is read again: what was taken out can make neighbours of what were none. */
const MOST_READINGS = 8

/**
 * Cleans HTML. Images whose size is known keep room for themselves, unless they say another.
 * Throws an `OverBound`.
 */
export function sanitise(html: string, world: Surroundings): Markup {
  const surroundings = asReading({ ...world, onLoss: once(world.onLoss) })
  const tokens: HtmlToken[] = []
  const hear = (token: HtmlToken): void => void tokens.push(token)
  const nodes = parseHtml(html, { scripting: false, hear })
  tellParserLosses({ html, tokens, nodes }, surroundings.onLoss)
  takeOnce(nodes)
  keepFormulae(nodes)
  nameParts(nodes)
  lowerHeadings(nodes)
  let markup = trimmed(judgeNodes(nodes, surroundings, OUTSIDE))
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const read = parseHtml(htmlOf(markup), { scripting: true })
    if (isSameTree(read, markup)) return markup
    const before = markup
    markup = trimmed(judgeNodes(read, asReading(AS_THEY_ARE), OUTSIDE))
    tellMissing(before, markup, surroundings.onLoss)
  }
  throw new OverBound({ reason: 'unsteady-html' })
}

function asReading(world: Surroundings): HtmlReading {
  return { ...world, takeName: createNames(world.onLoss) }
}

/** Tells of elements that a later reading has no more: where they stood is known no longer. */
function tellMissing(before: Markup, after: Markup, onLoss: OnLoss): void {
  const left = new Map<string, number>()
  for (const { name } of elementsIn(after)) left.set(name, (left.get(name) ?? 0) + 1)
  for (const { name } of elementsIn(before)) {
    const count = left.get(name) ?? 0
    if (count === 0) onLoss({ reason: 'lost-tag', tag: `<${name}>` }, 0)
    left.set(name, count - 1)
  }
}

/** The surroundings of HTML that was judged before. */
const AS_THEY_ARE: Surroundings = {
  rewrite: (reference) => reference,
  sizeOf: () => undefined,
  onImageWithoutAlt: () => undefined,
  onLoss: () => undefined,
}

/** The element that holds nodes: its name, its offset, and whether they are all that is in it. */
type HoldingElement = { readonly name: string; readonly at: number; readonly isFull: boolean }

const OUTSIDE: HoldingElement = { name: '', at: 0, isFull: false }

/** Judges nodes, which stand in `around`. */
function judgeNodes(
  nodes: readonly ParsedNode[],
  surroundings: HtmlReading,
  around: HoldingElement,
): Markup {
  const kept: MarkupNode[] = []
  for (const node of keptOf(nodes, surroundings, around)) {
    const text = textOf(node)
    const last = kept.at(-1)
    // Texts between which something was taken out are one: a browser reads them as one.
    if (text !== undefined && typeof last === 'string') kept[kept.length - 1] = last + text
    else if (text !== undefined) kept.push(text)
    else if (isElement(node)) kept.push(judgeElement(node, surroundings, around))
  }
  return kept
    .map((node) => (typeof node === 'string' ? cleanText(node) : node))
    .filter((node) => node !== '')
}

/** Texts and allowed elements; in the place of others, what is in them. */
function keptOf(
  nodes: readonly ParsedNode[],
  surroundings: HtmlReading,
  around: HoldingElement,
): ParsedNode[] {
  const isFull = around.isFull && isOneAlone(nodes)
  return nodes.flatMap((node) => {
    if (!isElement(node)) return textOf(node) === undefined ? [] : [node]
    return isKept(node, around.name) ? [node] : left(node, surroundings, { ...around, isFull })
  })
}

function isKept(element: ParsedElement, outside: string): boolean {
  return (
    (ARTICLE.has(element.tagName) && isInPlace(element, outside)) ||
    (!isMathmlName(outside) && (isDrawing(element) || isFrame(element)))
  )
}

/** Takes an element out; its content is left, if people read it. */
function left(
  element: ParsedElement,
  surroundings: HtmlReading,
  around: HoldingElement,
): ParsedNode[] {
  const at = offsetOf(element) ?? around.at
  const isRead = !UNREAD.has(element.tagName) && !isAnnotation(element)
  tellElement(element, isRead, surroundings.onLoss)
  const content = isRead ? leftInPlaceOf(element, around.isFull) : []
  return keptOf(content, surroundings, { ...around, at })
}

function judgeElement(
  element: ParsedElement,
  surroundings: HtmlReading,
  around: HoldingElement,
): MarkupElement {
  const at = offsetOf(element) ?? around.at
  if (isFrame(element)) surroundings.onLoss({ reason: 'frame', name: element.tagName }, at)
  if (isDrawing(element)) tellDrawingLosses(element, surroundings.onLoss)
  const { name, attributes: read, children } = readingOf(element)
  const given = new Map(Array.from(read, ([key, value]) => [key, cleanText(value)]))
  const attributes = judgeAttributes({ element, name, given }, at, surroundings)
  if (name === 'img') {
    if (!given.has('src')) surroundings.onLoss({ reason: 'no-address', use: 'media' }, at)
    if (!given.has('alt')) surroundings.onImageWithoutAlt(given.get('src') ?? '', at)
    Object.assign(attributes, roomFor(given, surroundings))
  }
  return {
    name,
    attributes,
    children: judgeNodes(children, surroundings, { name, at, isFull: true }),
  }
}
