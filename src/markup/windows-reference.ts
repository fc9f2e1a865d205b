/** Numbers of Windows-1252 in references, `&#146;` for ’: HTML reads them so, and Markdown does not. */

import type { StateInline } from 'markdown-it'

/** The letters at 128 to 159; a blank has none there. */
const LETTERS = Array.from('€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ')

const REFERENCE = /&#(?:x0*([89][0-9a-f])|0*(1[2-5]\d));/iy

/** Reads such a reference as browsers do. */
export function readWindowsReference(
  state: Pick<StateInline, 'src' | 'pos' | 'push'>,
  isSilent: boolean,
): boolean {
  REFERENCE.lastIndex = state.pos
  const [reference, hexadecimal, decimal] = REFERENCE.exec(state.src) ?? []
  const number = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
  const letter = LETTERS[number - 128]?.trim()
  if (reference === undefined || !letter) return false
  if (!isSilent) {
    const token = state.push('text_special', '', 0)
    Object.assign(token, { content: letter, markup: reference, info: 'entity' })
  }
  state.pos += reference.length
  return true
}
