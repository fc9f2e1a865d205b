import fc from 'fast-check'
import { describe, it } from 'vitest'
import { cleanText } from '../../src/markup/text.ts'
import { anyText } from '../support/arbitraries.ts'

/** Marks of several classes, some of which are two in one, and letters that they change. */
const marks = fc.array(
  fc.constantFrom('\u0315', '\u0300', '\u0327', '\u0338', '\u0344', '\u0f73'),
  {
    maxLength: 200,
  },
)
const marked = fc
  .array(fc.tuple(fc.constantFrom('a', '\u1ebf', '>', '\u1100', ' ', ''), marks), { maxLength: 5 })
  .map((letters) => letters.flatMap(([letter, row]) => [letter, ...row]).join(''))

describe('a text that was cleaned', () => {
  it('is composed, and stays as it is if it is cleaned again', ({ expect }) => {
    fc.assert(
      fc.property(fc.oneof(marked, anyText), (text) => {
        const clean = cleanText(text)
        expect(clean.normalize('NFC')).toBe(clean)
        expect(cleanText(clean)).toBe(clean)
      }),
    )
  })

  it('loses no mark, and has no row of marks that takes long to sort', ({ expect }) => {
    const rows = 'a\u0315\u0300'.padEnd(100_001, '\u0315\u0300')
    const clean = cleanText(rows)
    expect(clean).not.toMatch(/[\p{M}--\u034f]{31}/v)
    expect(clean.normalize('NFD').replaceAll('\u034f', '')).toHaveLength(rows.length)
    expect(cleanText('a\u0301\u0323')).toBe('\u1ea1\u0301')
  })
})
