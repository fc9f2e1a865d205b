/** Tables of figures: one form to keep, and two to print. */

import type { Spread } from './measuring.ts'

/** A figure in a table. A goal is met from `least` on. */
export type Cell =
  | string
  | number
  | undefined
  | { readonly spread: Spread; readonly least?: number | undefined }

export type Table = {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** What one benchmark found. */
export type Section = {
  readonly name: string
  readonly title: string
  /** How to read it: what was measured, and what it does not say. */
  readonly reading: string
  readonly tables: readonly Table[]
  /** What stands behind a decision of `src/README.md`. */
  readonly decision?: Table
  readonly plots: readonly { readonly file: string; readonly alt: string; readonly svg: string }[]
}

/** The ratio of two measurements as a cell, with the goal for it. */
export function ratioCell(spread: Spread, least?: number): Cell {
  return { spread, least }
}

export function markdownOf({ caption, columns, rows }: Table): string {
  const lines = [columns, columns.map((_, index) => (index === 0 ? '---' : '--:'))]
  const body = rows.map((row) => row.map(textOf))
  return `${caption}\n\n${[...lines, ...body].map((line) => `| ${line.join(' | ')} |`).join('\n')}`
}

/** Columns of equal width, for a terminal. */
export function plainOf({ caption, columns, rows }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(textOf))]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => width(line[index]))))
  const padded = lines.map((line) =>
    line
      .map((text, index) => {
        const space = ' '.repeat((widths[index] ?? 0) - width(text))
        return index === 0 ? text + space : space + text
      })
      .join('  '),
  )
  return `${caption}\n${padded.join('\n')}`
}

function width(text: string | undefined): number {
  return [...(text ?? '')].length
}

function textOf(cell: Cell): string {
  if (cell === undefined) return '–'
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return formatNumber(cell)
  const { spread, least } = cell
  const { median, low, high } = spread
  const text = `${formatNumber(median)} (${formatNumber(low)}–${formatNumber(high)})`
  if (least === undefined) return text
  return `${text}, goal ${formatNumber(least)}${median >= least ? '' : ' **missed**'}`
}

/** Three digits that matter, and thousands apart. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100)
    return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)))
}
