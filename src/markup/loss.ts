/**
 * Losses: what stands in HTML, is not in the markup that is made of it, and would be missed by a
 * reader. Whatever is not said here to be without meaning has some.
 */

import { isOfHtml, offsetOf, type ParsedElement } from './html-parser.ts'

export type Loss =
  /** An element that was taken out, and what became of the text in it. */
  | {
      readonly reason: 'lost-element'
      readonly name: string
      readonly text: 'kept' | 'gone' | 'none'
    }
  | { readonly reason: 'lost-attribute'; readonly name: string; readonly element: string }
  /** A tag that comes to nothing where it stands, and what only looks like one. */
  | { readonly reason: 'lost-tag'; readonly tag: string }
  /** An element or a comment without an end, and what becomes of the rest of the text. */
  | { readonly reason: 'never-closed'; readonly tag: string; readonly rest: 'in-it' | 'gone' }
  /** Text that is shown before the element in which it was written. */
  | { readonly reason: 'moved'; readonly element: string }

/** Hears of a loss; `at` is the offset of its token in the HTML. */
export type OnLoss = (loss: Loss, at: number) => void

/** Elements that say how their text looks, or which part of a page it is: of them the text stays. */
const MUTE_ELEMENTS = new Set(
  (
    'address article aside basefont big body center div fieldset font footer head header hgroup ' +
    'html label legend link main meta nav nobr noembed noframes noscript param section tt'
  ).split(' '),
)

/** Attributes that say how something looks, or speak to programs alone. */
const MUTE_ATTRIBUTES = new Set(
  (
    'about accesskey align autocapitalize background bgcolor border cellpadding cellspacing class ' +
    'clear color compact contenteditable crossorigin datatype decoding draggable face fetchpriority ' +
    'frame height hspace integrity itemid itemprop itemref itemscope itemtype loading noshade nowrap ' +
    'ping prefix preload property referrerpolicy rel resource rev role rules size spellcheck style ' +
    'tabindex target translate type typeof valign vocab vspace width xmlns'
  ).split(' '),
)

/** Of what speaks to programs that help blind readers, the one attribute that is text. */
const MUTE_FAMILIES = /^(?:data-|aria-(?!label$))/

/** Elements without which the text around them says something else. */
const GRAVE = new Set(['math', 'svg'])

/** Tells whether a loss makes the text wrong. */
export function isGrave(loss: Loss): boolean {
  return loss.reason === 'lost-element' && GRAVE.has(loss.name)
}

/** Tells whether readers miss nothing of an element but its text. */
export function isMute(name: string): boolean {
  return MUTE_ELEMENTS.has(name)
}

/** Tells what is lost with an element that is taken out, or with what it says. */
export function tellElement(
  element: ParsedElement,
  isRead: boolean,
  at: number,
  onLoss: OnLoss,
): void {
  const { tagName, attrs, parentNode, childNodes } = element
  // What a picture or a formula consists of is lost with the whole.
  if (!isOfHtml(element) && parentNode && 'tagName' in parentNode && !isOfHtml(parentNode)) return
  if (!isMute(tagName)) {
    const kept = childNodes.length > 0 ? 'kept' : 'none'
    return onLoss({ reason: 'lost-element', name: tagName, text: isRead ? kept : 'gone' }, at)
  }
  for (const { name } of attrs) tellAttribute(element, name, at, onLoss)
}

/** Tells of an attribute that is taken out. */
export function tellAttribute(
  element: ParsedElement,
  name: string,
  at: number,
  onLoss: OnLoss,
): void {
  if (MUTE_ATTRIBUTES.has(name) || MUTE_FAMILIES.test(name)) return
  onLoss(
    { reason: 'lost-attribute', name, element: element.tagName },
    offsetOf(element, name) ?? at,
  )
}
