/**
 * Formulae: MathML Core, as far as it says what a formula means. Its elements have names of their
 * own, so that a name alone tells to which language an element belongs.
 */

import { isOfHtml, isOfMathml, type ParsedElement } from './html-parser.ts'

/** Tells whether an element says a formula once more, in another language: nobody shows it. */
export function isAnnotation(element: ParsedElement): boolean {
  return isOfMathml(element) && /^annotation(?:-xml)?$/.test(element.tagName)
}

/** Elements that hold text, and nothing else: in them a browser reads HTML again. */
const TOKENS = new Set(['mi', 'mn', 'mo', 'ms', 'mtext'])

export const MATHML_ELEMENTS =
  'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace ' +
  'msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics'

export const MATHML_EVERYWHERE = 'dir displaystyle mathcolor mathsize mathvariant scriptlevel'

export const MATHML_ATTRIBUTES: Readonly<Record<string, string>> = {
  math: 'alttext display',
  mfrac: 'linethickness',
  mo: 'fence form largeop lspace maxsize minsize movablelimits rspace separator stretchy symmetric',
  mover: 'accent',
  mpadded: 'depth height lspace voffset width',
  mspace: 'depth height width',
  mtd: 'columnalign columnspan rowspan',
  munder: 'accentunder',
  munderover: 'accent accentunder',
}

const NAMES = new Set(MATHML_ELEMENTS.split(' '))

/** Tells whether a name is that of an element of formulae. */
export function isMathmlName(name: string): boolean {
  return NAMES.has(name)
}

/**
 * Tells whether an element is of the language that its name says, and stands where a browser reads
 * it in that language again: formulae hold parts of formulae, and these stand nowhere else.
 */
export function isInPlace(element: ParsedElement, outside: string): boolean {
  const { tagName } = element
  const isPart = NAMES.has(outside)
  if (!NAMES.has(tagName)) return isOfHtml(element) && !isPart
  if (!isOfMathml(element)) return false
  return isPart ? tagName !== 'math' && !TOKENS.has(outside) : tagName === 'math'
}
