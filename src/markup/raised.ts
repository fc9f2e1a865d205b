/** Raised and lowered text, and formulae, in plain words: 10⁶ is no 106, and H₂O is a word. */

import type { Markup, MarkupElement } from './markup.ts'

const RAISED = mapOf('0123456789+-−=()n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ')
const LOWERED = mapOf('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎')

function mapOf(plain: string, changed: string): ReadonlyMap<string, string> {
  const all = Array.from(changed)
  return new Map(Array.from(plain, (letter, index) => [letter, all[index] ?? letter]))
}

/**
 * Writes text that is raised or lowered behind other text. An ordinal's ending (`1st`) is only
 * small; what Unicode has no letters for is said with a sign, as people type it.
 */
export function raisedText(name: 'sup' | 'sub', text: string, before: string): string {
  const written = text.trim()
  const letters = name === 'sup' ? RAISED : LOWERED
  if (written !== '' && Array.from(written).every((letter) => letters.has(letter)))
    return Array.from(written, (letter) => letters.get(letter)).join('')
  const isEnding = name === 'sup' && (/\d$/.test(before) || written.length > 1)
  if (written === '' || (isEnding && /^[\p{L}.]+$/u.test(written))) return text
  return (
    (name === 'sup' ? '^' : '_') + (/^[\p{L}\p{N}]+$/u.test(written) ? written : `(${written})`)
  )
}

/** Writes a formula of MathML Core on one line: fractions with a stroke, roots with a sign. */
export function formulaText({ name, children }: MarkupElement): string {
  const parts = children.flatMap((node) => (typeof node === 'string' ? [] : [node]))
  const part = (index: number): string => (parts[index] ? formulaText(parts[index]) : '')
  switch (name) {
    case 'annotation':
    case 'annotation-xml':
      return ''
    case 'semantics':
      return part(0)
    case 'mfrac':
      return `${grouped(part(0))}/${grouped(part(1))}`
    case 'msqrt':
      return `√${grouped(textOfAll(children))}`
    case 'mroot':
      return `${raisedText('sup', part(1), '')}√${grouped(part(0))}`
    case 'msup':
    case 'mover':
      return part(0) + raisedText('sup', part(1), '')
    case 'msub':
    case 'munder':
      return part(0) + raisedText('sub', part(1), '')
    case 'msubsup':
    case 'munderover':
      return part(0) + raisedText('sub', part(1), '') + raisedText('sup', part(2), '')
    case 'mspace':
      return ' '
    default:
      return textOfAll(children)
  }
}

function textOfAll(children: Markup): string {
  return children
    .map((node) =>
      typeof node === 'string' ? node.replace(/\s+/g, ' ').trim() : formulaText(node),
    )
    .join('')
}

function grouped(text: string): string {
  return Array.from(text).length > 1 && !/^[\p{N}.,]+$/u.test(text) ? `(${text})` : text
}
