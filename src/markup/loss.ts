/**
 * Losses: what stands in HTML, is not in the markup that is made of it, and would be missed by a
 * reader. Whatever is not said here to be without meaning has some.
 */

import { isOfMathml, isOfSvg, offsetOf, type ParsedElement } from './html-parser.ts'
import { isAnnotation } from './mathml.ts'
import type { NearMiss } from './near-markdown.ts'
import { type MeantStyle, meantStyleOf } from './styles.ts'

export type Loss =
  /** An element that was taken out, and what became of the text in it. */
  | {
      readonly reason: 'lost-element'
      readonly name: string
      readonly text: 'kept' | 'gone' | 'none'
    }
  /** A part of a formula without which it says something else. */
  | { readonly reason: 'lost-part'; readonly name: string }
  /** TeX that cannot be rendered, and what is said of it. */
  | { readonly reason: 'broken-formula'; readonly tex: string; readonly why: string }
  /** TeX that stands as it is, because the site renders none. */
  | { readonly reason: 'plain-formula'; readonly tex: string }
  /** TeX with frames or lines, without which it is shown. */
  | { readonly reason: 'bare-formula'; readonly tex: string }
  /** A part of a value that means nothing to browsers. */
  | { readonly reason: 'lost-value'; readonly name: string; readonly value: string }
  /** A drawing of which nobody says what it shows. */
  | { readonly reason: 'untitled-drawing' }
  /** A frame, which became a link. */
  | { readonly reason: 'frame'; readonly name: string }
  | { readonly reason: 'lost-attribute'; readonly name: string; readonly element: string }
  /** A style that means something. */
  | ({ readonly reason: 'lost-style'; readonly element: string } & MeantStyle)
  /** A name of a part that another part had before. */
  | { readonly reason: 'same-part'; readonly name: string }
  /** An image or a link that says where nothing is. */
  | { readonly reason: 'no-address'; readonly use: 'link' | 'media' }
  /** A tag that comes to nothing where it stands, and what only looks like one. */
  | { readonly reason: 'lost-tag'; readonly tag: string }
  /** An element or a comment without an end, and what becomes of the rest of the text. */
  | { readonly reason: 'never-closed'; readonly tag: string; readonly rest: 'in-it' | 'gone' }
  /** Text that is shown before the element in which it was written. */
  | { readonly reason: 'moved'; readonly element: string }
  /** A tag of another system, which stands in the text. */
  | { readonly reason: 'foreign-tag'; readonly tag: string; readonly system: string }
  /** Indented HTML in HTML, which is code. */
  | { readonly reason: 'html-as-code' }
  /** Cells of a row that has more of them than its table has columns. */
  | { readonly reason: 'lost-cells'; readonly cells: string }
  /** A footnote that is not shown: nothing refers to it, or another has its name. */
  | {
      readonly reason: 'lost-footnote'
      readonly label: string
      readonly why: 'unreferred' | 'named-twice'
    }
  /** Text that looks like Markdown, and is shown with all its signs. */
  | { readonly reason: 'near-markdown'; readonly text: string; readonly why: NearMiss }

/** Hears of a loss; `at` is the offset of its token in the HTML. */
export type OnLoss = (loss: Loss, at: number) => void

/** Elements that say how their text looks, or which part of a page it is: of them the text stays. */
const MUTE_ELEMENTS = new Set(
  (
    'address article aside basefont big body center div fieldset font footer head header hgroup ' +
    'html label legend link main meta nav nobr noscript param section tt'
  ).split(' '),
)

/** Attributes that say how something looks, or speak to programs alone. */
const MUTE_ATTRIBUTES = new Set(
  (
    'about accesskey align autocapitalize background bgcolor border cellpadding cellspacing class ' +
    'clear color compact encoding contenteditable crossorigin datatype decoding draggable face fetchpriority ' +
    'frame height hspace integrity itemid itemprop itemref itemscope itemtype loading noshade nowrap ' +
    'ping prefix preload property referrerpolicy rel resource rev role rules size spellcheck style ' +
    'tabindex target translate type typeof valign vocab vspace width xmlns'
  ).split(' '),
)

/** Families of attributes for programs; of those that help blind readers, some are text. */
const MUTE_FAMILIES =
  /^(?:data-|aria-(?!(?:label|description|placeholder|roledescription|valuetext)$))/

/** Losses that make a text wrong. */
const GRAVE = new Set<Loss['reason']>([
  'broken-formula',
  'lost-part',
  'no-address',
  'untitled-drawing',
])

/** Tells whether a loss makes the text wrong. */
export function isGrave(loss: Loss): boolean {
  return GRAVE.has(loss.reason)
}

/** Tells whether readers miss nothing of an element but its text. */
export function isMute(name: string): boolean {
  return MUTE_ELEMENTS.has(name)
}

/**
 * Tells what is lost with an element that is taken out, or with what it says. One that the parser
 * put in by itself stands for another, and says nothing new.
 */
export function tellElement(element: ParsedElement, isRead: boolean, onLoss: OnLoss): void {
  const { tagName, attrs, childNodes } = element
  const at = offsetOf(element)
  if (at === undefined || isAnnotation(element)) return
  if (isMute(tagName)) {
    for (const { name } of attrs) tellAttribute(element, name, onLoss)
  } else if (isOfSvg(element)) {
    onLoss({ reason: 'untitled-drawing' }, at)
  } else if (isOfMathml(element)) {
    onLoss({ reason: 'lost-part', name: tagName }, at)
  } else {
    const kept = childNodes.length > 0 ? 'kept' : 'none'
    onLoss({ reason: 'lost-element', name: tagName, text: isRead ? kept : 'gone' }, at)
  }
}

/** Tells whether readers miss nothing of an attribute. */
export function isMuteAttribute(name: string): boolean {
  return MUTE_ATTRIBUTES.has(name) || MUTE_FAMILIES.test(name)
}

/** Tells of an attribute that is taken out. */
export function tellAttribute(element: ParsedElement, name: string, onLoss: OnLoss): void {
  const at = offsetOf(element, name)
  const css = name === 'style' ? element.attrs.find((one) => one.name === name)?.value : undefined
  const style = css && meantStyleOf(element.tagName, css)
  if (at !== undefined && style)
    onLoss({ reason: 'lost-style', element: element.tagName, ...style }, at)
  if (at === undefined || isMuteAttribute(name)) return
  onLoss({ reason: 'lost-attribute', name, element: element.tagName }, at)
}

/** Makes a listener that hears of each loss once: the parser mends an element by several. */
export function once(onLoss: OnLoss): OnLoss {
  const told = new Set<string>()
  return (loss, at) => {
    const key = JSON.stringify([at, loss])
    if (!told.has(key)) onLoss(loss, at)
    told.add(key)
  }
}
