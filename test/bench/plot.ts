/**
 * Plots as SVG: bars side by side, or lines over a logarithmic axis. They are legible on a light
 * and on a dark page, and hold every figure as text.
 */

import { formatNumber } from './table.ts'

const WIDTH = 720
const LABELS = 190
const RIGHT = 90
const COLOURS = ['#2f6fde', '#d9822b', '#7a8699', '#a45bb0', '#3c9a5f', '#c23b4e']

export type Bars = {
  readonly title: string
  readonly unit: string
  /** Series by name; the first is edgewire's. */
  readonly series: readonly string[]
  /** Groups of values, one for each series; undefined where there is none. */
  readonly groups: readonly {
    readonly label: string
    readonly values: readonly (number | undefined)[]
  }[]
  readonly logarithmic?: boolean
}

/** Bars that lie, a group under the other. */
export function barPlot({ title, unit, series, groups, logarithmic = false }: Bars): string {
  const all = groups.flatMap(({ values }) => values.filter((value) => value !== undefined))
  const place = axis(all, logarithmic, WIDTH - LABELS - RIGHT)
  const bar = 16
  const shapes: string[] = []
  let y = 64
  for (const { label, values } of groups) {
    shapes.push(text(LABELS - 8, y + (bar * values.length) / 2 + 4, label, 'end'))
    for (const [index, value] of values.entries()) {
      const colour = COLOURS[index % COLOURS.length]
      if (value !== undefined) {
        const length = Math.max(1, place(value))
        shapes.push(
          `<rect x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${bar - 2}" fill="${colour}"/>`,
          text(LABELS + length + 5, y + bar - 5, formatNumber(value)),
        )
      }
      y += bar
    }
    y += 10
  }
  return drawing(`${title}, ${unit}${logarithmic ? ' (logarithmic)' : ''}`, series, y, shapes)
}

export type Lines = {
  readonly title: string
  readonly unit: string
  readonly across: string
  readonly at: readonly number[]
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  /** Whether heights are logarithmic too; the way across always is. */
  readonly logarithmic?: boolean
}

/** Lines over a logarithmic axis. */
export function linePlot({ title, unit, across, at, series, logarithmic = false }: Lines): string {
  const [left, top, wide, high] = [60, 64, WIDTH - 60 - 130, 240]
  const x = axis(at, true, wide)
  const y = axis(
    series.flatMap(({ values }) => values),
    logarithmic,
    high,
  )
  const shapes = [
    `<path d="M${left} ${top}V${top + high}H${left + wide}" fill="none" stroke="#7a8699"/>`,
    ...at.map((value) => text(left + x(value), top + high + 18, formatNumber(value), 'middle')),
    text(left + wide / 2, top + high + 38, across, 'middle'),
  ]
  const taken: number[] = []
  for (const [index, { values }] of series.entries()) {
    const colour = COLOURS[index % COLOURS.length]
    const points = values.map((value, place) => {
      return [left + x(at[place] ?? 1), top + high - y(value)] as const
    })
    const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ')
    shapes.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`)
    for (const [px, py] of points)
      shapes.push(`<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="3" fill="${colour}"/>`)
    const end = points.at(-1)?.[1] ?? top
    // Labels of lines that end together stand under each other.
    let label = end + 4
    while (taken.some((other) => Math.abs(other - label) < 14)) label += 14
    taken.push(label)
    shapes.push(text(left + wide + 8, label, formatNumber(values.at(-1) ?? 0)))
  }
  const names = series.map(({ name }) => name)
  return drawing(`${title}, ${unit}`, names, top + high + 50, shapes)
}

/** Where a value falls on an axis of a length; a logarithmic one begins at a power of ten. */
function axis(
  values: readonly number[],
  logarithmic: boolean,
  length: number,
): (value: number) => number {
  const most = Math.max(...values)
  if (!logarithmic) return (value) => (value / (most || 1)) * length
  const least = Math.min(...values.filter((value) => value > 0))
  const from = Math.floor(Math.log10(least) - 1e-9)
  const to = Math.log10(most)
  return (value) => (value <= 0 ? 0 : ((Math.log10(value) - from) / (to - from || 1)) * length)
}

function drawing(
  title: string,
  series: readonly string[],
  height: number,
  shapes: readonly string[],
): string {
  let x = 16
  const legend = series.flatMap((name, index) => {
    const at = x
    x += 26 + 7 * name.length
    return [
      `<rect x="${at}" y="36" width="11" height="11" fill="${COLOURS[index % COLOURS.length]}"/>`,
      text(at + 16, 46, name),
    ]
  })
  const style =
    'text{font:12px system-ui,sans-serif;fill:#1c2733}.p{fill:#fff}' +
    '@media(prefers-color-scheme:dark){text{fill:#e6ebf0}.p{fill:#0d1117}}'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escaped(title)}</title><style>${style}</style>`,
    `<rect class="p" width="${WIDTH}" height="${height}"/>`,
    `<text x="16" y="22" font-weight="600">${escaped(title)}</text>`,
    ...legend,
    ...shapes,
    '</svg>\n',
  ].join('\n')
}

function text(x: number, y: number, words: string, anchor = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
