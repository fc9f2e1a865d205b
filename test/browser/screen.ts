/** Draws what a terminal shows (text with colours as ECMA-48 SGR writes them) as an SVG. */

const WIDTH = 8.4
const HEIGHT = 19
const MARGIN = 12
const PAPER = '#16181d'
const INK = '#d8dee9'
/** Colours 0 to 7, and the bright ones after them. */
const COLOURS = [
  ...['#16181d', '#e06c75', '#98c379', '#e5c07b', '#4f74b8', '#c678dd', '#56b6c2', '#d8dee9'],
  ...['#5c6370', '#e06c75', '#98c379', '#f2d27f', '#61afef', '#c678dd', '#56b6c2', '#ffffff'],
]

/** A sequence that changes how what follows it is shown (ECMA-48 §8.3.117). */
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`)

type Style = {
  readonly ink?: string | undefined
  readonly paper?: string | undefined
  readonly bold?: boolean
  readonly reverse?: boolean
}

/** Draws a screen of so many columns; its title is read aloud where it cannot be seen. */
export function drawScreen(screen: string, columns: number, title: string): string {
  const rows = screen.replace(/\n+$/, '').split('\n')
  const [width, height] = [round(columns * WIDTH + 2 * MARGIN), rows.length * HEIGHT + 2 * MARGIN]
  let style: Style = {}
  const drawn = rows.map((row, line) => {
    let column = 0
    const runs = row.split(SEQUENCE).map((piece, index) => {
      if (index % 2 === 1) {
        style = styled(style, piece)
        return ''
      }
      const run = drawRun(piece, column, line, style)
      column += Array.from(piece).length
      return run
    })
    return runs.join('')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>
${drawn.filter((row) => row !== '').join('\n')}
</svg>
`
}

/** Draws characters of one style; each stands in its column, whatever font there is. */
function drawRun(text: string, column: number, line: number, style: Style): string {
  if (text === '') return ''
  const [x, y] = [MARGIN + column * WIDTH, MARGIN + line * HEIGHT]
  const length = Array.from(text).length * WIDTH
  const { ink = INK, paper = PAPER } = style
  const [front, back] = style.reverse ? [paper, ink] : [ink, paper]
  const ground =
    back === PAPER
      ? ''
      : `<rect x="${round(x)}" y="${y}" width="${round(length)}" height="${HEIGHT}" fill="${back}"/>`
  if (text.trim() === '') return ground
  const bold = style.bold ? ' font-weight="bold"' : ''
  return `${ground}<text x="${round(x)}" y="${y + 14}" textLength="${round(length)}" xml:space="preserve" fill="${front}"${bold}>${escaped(text)}</text>`
}

/** Reads the numbers of a sequence into a style. */
function styled(before: Style, numbers: string): Style {
  let style = before
  for (const number of numbers.split(';').map(Number))
    style = number === 0 ? {} : { ...style, ...effectOf(number) }
  return style
}

/** The part of a style that a number of a sequence sets. */
function effectOf(number: number): Style {
  if (number === 1) return { bold: true }
  if (number === 7) return { reverse: true }
  // The ninth of a decade (39, 49) is the colour of the terminal itself.
  const [decade, one] = [Math.floor(number / 10), number % 10]
  if (decade === 3) return { ink: COLOURS[one === 9 ? -1 : one] }
  if (decade === 4) return { paper: COLOURS[one === 9 ? -1 : one] }
  return decade === 9 ? { ink: COLOURS[one + 8] } : {}
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
