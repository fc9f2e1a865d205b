/**
 * Losses in Markdown: what the grammar leaves out or takes for code, and tags of other systems,
 * of which each is told once.
 */

import type { Token } from 'markdown-it'
import { blank, foreignTagsIn, withoutHtmlCode } from './dialects.ts'
import { FORMULA } from './dollars.ts'
import { linesOf } from './lines.ts'
import type { OnLoss } from './loss.ts'
import { nearMarkdownIn } from './near-markdown.ts'
import { type Block, originsIn } from './origin.ts'
import { LONGEST_NAME } from './text.ts'

/** Markdown, as it was read. */
export type ReadMarkdown = {
  readonly body: string
  readonly tokens: readonly Token[]
  /** The block of each token. */
  readonly blocks: readonly Block[]
  /** Returns the offset of an inline token in its block. */
  readonly offsetIn: (token: Token) => number
  /** Whether TeX becomes formulae. */
  readonly hasMath: boolean
}

/** Tells what is lost; places are offsets in the Markdown. */
export function tellMarkdownLosses(read: ReadMarkdown, onLoss: OnLoss): void {
  tellOfText(read, onLoss)
  tellCode(read, onLoss)
  tellCells(read, onLoss)
  if (!read.hasMath) tellFormula(read, onLoss)
}

/** Tells of the first formula that is plainly one: prices and variables stand between dollars too. */
function tellFormula({ body, tokens, blocks, offsetIn }: ReadMarkdown, onLoss: OnLoss): void {
  const { startOf, textOf } = linesOf(body)
  const originOf = originsIn(body)
  for (const [index, token] of tokens.entries()) {
    const formula = [token, ...(token.children ?? [])].find(isPlainlyFormula)
    const block = blocks[index]
    if (!formula || !block) continue
    const isBlock = formula === token
    const tex = formula.content.trim().slice(0, LONGEST_NAME)
    const origin = isBlock
      ? startOf(block.line) + textOf(block.line).indexOf(token.markup)
      : originOf(block, offsetIn(formula))
    onLoss({ reason: 'plain-formula', tex }, origin)
    return
  }
}

function isPlainlyFormula({ type, markup, content }: Token): boolean {
  return type === FORMULA && (markup.startsWith('$$') || /\\[a-z]|[_^]\{|[_^]\w$/i.test(content))
}

/** Tells of tags of other systems, and of text that was probably meant as Markdown. */
function tellOfText({ body, tokens, blocks, offsetIn }: ReadMarkdown, onLoss: OnLoss): void {
  const originOf = originsIn(body)
  const told = new Set<string>()
  for (const [index, token] of tokens.entries()) {
    const block = blocks[index]
    if (!block || !(token.type === 'inline' || token.type === 'html_block')) continue
    const content = withoutCode(token, offsetIn)
    const tell: OnLoss = (loss, at) => onLoss(loss, originOf(block, at))
    tellForeignTags(content, told, tell)
    for (const { at, text, why } of nearMarkdownIn(content, token.children ?? []))
      tell({ reason: 'near-markdown', text, why }, at)
  }
}

function tellForeignTags(content: string, told: Set<string>, tell: OnLoss): void {
  for (const { at, tag, system } of foreignTagsIn(content)) {
    if (!told.has(system)) tell({ reason: 'foreign-tag', tag, system }, at)
    told.add(system)
  }
}

/** Returns the text of a block with blanks for its code, and for its formulae. */
function withoutCode({ content, children }: Token, offsetIn: (token: Token) => number): string {
  const pieces: string[] = []
  let done = 0
  for (const child of children ?? []) {
    if (child.type !== 'code_inline' && child.type !== FORMULA) continue
    const start = offsetIn(child)
    const end = start + 2 * child.markup.length + child.content.length
    pieces.push(content.slice(done, start), blank(content.slice(start, end)))
    done = end
  }
  return withoutHtmlCode(pieces.join('') + content.slice(done))
}

/** Tells of indented HTML behind other HTML, or at the beginning of a text that has some: it is code. */
function tellCode({ body, tokens }: ReadMarkdown, onLoss: OnLoss): void {
  const { startOf } = linesOf(body)
  const isHtml = (content: string): boolean => /^\s*<\/?[a-z][^>]*>/i.test(content)
  const first = tokens.findIndex(({ type }) => type === 'html_block')
  if (first < 0) return
  const html = tokens[0]?.type === 'code_block' ? tokens : tokens.slice(first)
  for (const { type, map, content } of html) {
    if (type === 'code_block' && map && isHtml(content))
      onLoss({ reason: 'html-as-code' }, startOf(map[0]))
  }
}

/** Tells of cells that a row has beyond the columns of its table. */
function tellCells({ body, tokens, blocks }: ReadMarkdown, onLoss: OnLoss): void {
  const { startOf, textOf } = linesOf(body)
  for (const [index, { type }] of tokens.entries()) {
    const cell = tokens[index - 1]?.type === 'tr_close' ? undefined : blocks[index - 2]
    if (type !== 'tr_close' || cell?.column === undefined) continue
    const end = cell.column + cell.content.length
    const [, before = '', rest = ''] = /^(\s*\|\s*)(.*)$/.exec(textOf(cell.line).slice(end)) ?? []
    if (/[^|\s]/.test(rest))
      onLoss(
        { reason: 'lost-cells', cells: rest.slice(0, LONGEST_NAME) },
        startOf(cell.line) + end + before.length,
      )
  }
}
