/**
 * TeX between dollars, in a line and as a block: read as one piece, whatever signs of Markdown
 * stand in it. Prices are none.
 */

import type MarkdownIt from 'markdown-it'
import type { StateBlock, StateInline } from 'markdown-it'
import { escapeText } from './escape.ts'
import type { OnLoss } from './loss.ts'
import { mathmlOf } from './tex.ts'

/** The type of the tokens of formulae. */
export const FORMULA = 'formula'

/** The fate of formulae, and who hears of one that cannot be rendered. */
export type Formulae = { readonly isRendered: boolean; readonly onLoss: OnLoss }

/**
 * A formula in a line: no blanks inside its dollars, no letter or digit at their outside, and none
 * of the signs between which code stands.
 */
const INLINE_FORMULA = outsideWords(
  String.raw`(\$\$?)(?![\s$])((?:\\[^]|[^\\$\x60]){1,2000}?)(?<!\s)\1`,
)
/** The same, as GitHub has it where signs of Markdown would be in the way. */
const QUOTED = outsideWords(String.raw`(\$)\x60([^\x60\n]{1,2000})\x60\$`)

/**
 * Makes the grammar of a formula that begins and ends outside of words: those of scripts that put
 * no blanks between them may stand beside it.
 */
function outsideWords(form: string): RegExp {
  const sign = String.raw`[[\p{L}\p{N}$]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]]`
  return new RegExp(`(?<!${sign})${form}(?!${sign})`, 'vy')
}

/** Lines that a formula has at most. */
const MOST_LINES = 200

/** An amount, and a word behind it. */
const PRICE = /^\d[\d.,]*(?:[-–—/]|\s+(?:\p{L}{2,}|[-–—(*]))/u

/** Adds formulae to Markdown. */
export function readDollars(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.after('escape', FORMULA, readInline)
  const alt = ['paragraph', 'reference', 'blockquote', 'list']
  markdown.block.ruler.before('fence', FORMULA, readBlock, { alt })
  markdown.renderer.rules[FORMULA] = (tokens, index, _options, env) => {
    const { content = '', markup = '', block = false } = tokens[index] ?? {}
    const written = formulaOf(content, markup, env?.['formulae'] as Formulae)
    return block ? `<p>${written}</p>\n` : written
  }
}

function formulaOf(tex: string, markup: string, { isRendered, onLoss }: Formulae): string {
  const [opening = '', closing = opening] = markup.split(' ')
  const plain = escapeText(`${opening}${tex}${closing}`)
  if (!isRendered) return plain
  const rendered = mathmlOf(tex.trim(), opening === '$$')
  if (rendered.ok) {
    if (rendered.value.isBared) onLoss({ reason: 'bare-formula', tex: tex.trim() }, 0)
    return rendered.value.html
  }
  onLoss({ reason: 'broken-formula', tex: tex.trim(), why: rendered.failure }, 0)
  return plain
}

function readInline(state: StateInline, isSilent: boolean): boolean {
  const { src, pos } = state
  if (src[pos] !== '$') return false
  const found = [QUOTED, INLINE_FORMULA].map((form) => matchAt(form, src, pos)).find(Boolean)
  if (!found || PRICE.test(found[2] ?? '') || /\n\s*\n/.test(found[0])) return false
  const [whole, dollars = '', tex = ''] = found
  if (!isSilent) {
    const token = state.push(FORMULA, '', 0)
    token.content = tex
    token.markup = whole.startsWith('$`') ? '$` `$' : dollars
  }
  state.pos += whole.length
  return true
}

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at
  return form.exec(text)
}

/** Reads lines from one that begins with two dollars to one that ends with two. */
function readBlock(state: StateBlock, start: number, end: number, isSilent: boolean): boolean {
  const lineOf = (line: number): string =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line])
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4 || !lineOf(start).startsWith('$$'))
    return false
  const lines = [lineOf(start).slice(2)]
  let line = start
  while (!lines.at(-1)?.trimEnd().endsWith('$$')) {
    line += 1
    const isOver = line >= end || state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent
    if (isOver || lines.length === MOST_LINES) return false
    lines.push(lineOf(line))
  }
  const tex = lines.join('\n').trimEnd().slice(0, -2)
  if (tex.trim() === '' || tex.includes('$$')) return false
  if (isSilent) return true
  const token = state.push(FORMULA, '', 0)
  token.block = true
  token.content = tex
  token.markup = '$$'
  token.map = [start, line + 1]
  state.line = line + 1
  return true
}
