/**
 * Markdown to HTML: CommonMark, what GitHub has beyond it, footnotes and lists of definitions.
 *
 * The only importer of the Markdown library. Raw HTML passes through; `sanitise` comes after.
 */

/// <reference path="./markdown-it-deflist.d.ts" />

import MarkdownIt, { type Env, type StateBlock, type StateCore, type Token } from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import definitionLists from 'markdown-it-deflist'
import footnote from 'markdown-it-footnote'
import { ARTICLE_BOUNDS, type Excess, OverBound } from './bounds.ts'
import { type Formulae, readDollars } from './dollars.ts'
import { type AlertWords, readAsGitHub } from './github.ts'
import { linesOf } from './lines.ts'
import type { Loss, OnLoss } from './loss.ts'
import { tellMarkdownLosses } from './markdown-losses.ts'
import { type Block, type OriginOf, Origins, originsIn } from './origin.ts'
import { isUnspaced } from './width.ts'
import { readWindowsReference } from './windows-reference.ts'

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false })
// The library leaves out, in silence, what lies deeper than this: `countLine` refuses it before.
markdown.set({ maxNesting: 2 * ARTICLE_BOUNDS.depth })
markdown.use(footnote)
markdown.use(definitionLists)
markdown.use(readAsGitHub)
// Emphasis beside the punctuation of Chinese and Japanese, for which CommonMark has a hole.
markdown.use(cjkFriendly)
markdown.use(readDollars)
// A bare domain such as "example.md" is more often a file than a site: only links with a scheme.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
// Links are checked by the sanitiser, which knows more schemes; one judge is enough.
markdown.validateLink = () => true

// It matches nothing, and is asked first of every line, by each block that the line may continue.
const EVERY_BLOCK = { alt: ['paragraph', 'reference', 'blockquote', 'list'] }
markdown.block.ruler.before('table', 'bounds', countLine, EVERY_BLOCK)
markdown.core.ruler.after('block', 'bounds of blocks', countHeld)
// The list of footnotes is put together in a time that grows with its square.
markdown.core.ruler.after('inline', 'bounds', countTokens)
markdown.core.ruler.after('bounds', 'lost footnotes', noteFootnotes)

markdown.inline.ruler.before('entity', 'windows-reference', readWindowsReference)

// An image of which nobody said what it shows is no decoration: it has no `alt` (WCAG H67).
const { rules } = markdown.renderer
const writeImage = rules['image']
rules['image'] = (tokens, index, ...rest) => {
  const html = writeImage?.(tokens, index, ...rest) ?? ''
  return `${tokens[index]?.attrGet('alt')}`.trim() === '' ? html.replace(/ alt="\s*"/, '') : html
}

/** Offsets of inline tokens in the content of their block, which the library does not keep. */
const offsets = new WeakMap<Token, number>()

markdown.inline.State = class extends markdown.inline.State {
  override push(type: string, tag: string, nesting: Token['nesting']): Token {
    const token = super.push(type, tag, nesting)
    offsets.set(token, this.pos)
    return token
  }
}

// A blank for the end of a line stands between words, and Chinese and Japanese have none.
markdown.renderer.rules['softbreak'] = (tokens, index) => {
  const before = Array.from(nearestText(tokens, index, -1)).at(-1) ?? ''
  const after = Array.from(nearestText(tokens, index, 1)).at(0) ?? ''
  return isUnspaced(before, after) ? '' : '\n'
}

/** Returns the text nearest to a token: what is between them has none, as the end of emphasis. */
function nearestText(tokens: readonly Token[], index: number, step: 1 | -1): string {
  for (let at = index + step; tokens[at]; at += step) {
    const { type, content = '', nesting } = tokens[at] as Token
    if (content !== '' || (nesting === 0 && type !== 'text')) return content
  }
  return ''
}

/** HTML, and where each of its places comes from. */
export type MarkdownRendition = { readonly html: string; readonly originOf: OriginOf }

export type MarkdownOptions = {
  /** The name that anchors of footnotes carry, so that articles can stand in one document. */
  readonly scope: string
  /** Whether TeX between dollars becomes a formula; if not, it stays as it is. */
  readonly hasMath: boolean
  readonly alerts: AlertWords
  /** Hears of what is lost, with its offset in the Markdown. */
  readonly onLoss: OnLoss
}

/** Renders a body. Throws an `OverBound`. */
export function renderMarkdown(
  body: string,
  { scope, hasMath, alerts, onLoss }: MarkdownOptions,
): MarkdownRendition {
  const env: Env = { docId: scope, lines: 0, alerts }
  const placeOf = originsIn(body)
  const { options, renderer } = markdown
  const origins = new Origins()
  const tokens = markdown.parse(body, env)
  const blocks = blocksOf(tokens, body)
  const offsetIn = (token: Token): number => offsets.get(token) ?? 0
  let html = ''
  const write = (all: Token[], index: number, block: Block): void => {
    const token = all[index] as Token
    const isVerbatim = token.type === 'html_block' || token.type === 'html_inline'
    origins.note(html.length, block, offsetIn(token), isVerbatim)
    env['formulae'] = {
      isRendered: hasMath,
      onLoss: (loss) => onLoss(loss, placeOf(block, offsetIn(token))),
    } satisfies Formulae
    const rule = renderer.rules[token.type]
    html += rule?.(all, index, options, env, renderer) ?? renderer.renderToken(all, index, options)
  }
  tellMarkdownLosses({ body, tokens, blocks, offsetIn, hasMath }, onLoss)
  tellFootnotes(env, body, onLoss)
  for (const [index, block] of blocks.entries()) {
    const { type, children } = tokens[index] as Token
    if (type !== 'inline') write(tokens, index, block)
    else for (const i of (children ?? []).keys()) write(children ?? [], i, block)
  }
  return { html: html.trimEnd(), originOf: origins.in(body) }
}

/** Footnotes that are defined and not shown, and the line of each. */
type LostFootnotes = readonly (Extract<Loss, { reason: 'lost-footnote' }> & {
  readonly line: number
})[]

/** Notes the footnotes that the list of them will leave out; after it, nothing shows them. */
function noteFootnotes({ env, tokens }: Pick<StateCore, 'env' | 'tokens'>): void {
  const { refs = {} } = (env['footnotes'] ?? {}) as { refs?: Readonly<Record<string, number>> }
  const defined = tokens.flatMap(({ type, meta }, index) => {
    if (type !== 'footnote_reference_open') return []
    return [{ label: String(meta?.['label']), line: tokens[index + 1]?.map?.[0] ?? 0 }]
  })
  // Of several with one name, the last is shown.
  const last = new Map(defined.map(({ label, line }) => [label, line]))
  env['lostFootnotes'] = defined.flatMap(({ label, line }) => {
    const isReferred = (refs[`:${label}`] ?? -1) >= 0
    if (isReferred && last.get(label) === line) return []
    return [
      { reason: 'lost-footnote', label, line, why: isReferred ? 'named-twice' : 'unreferred' },
    ]
  }) satisfies LostFootnotes
}

function tellFootnotes(env: Env, body: string, onLoss: OnLoss): void {
  const { startOf } = linesOf(body)
  for (const { line, ...loss } of (env['lostFootnotes'] ?? []) as LostFootnotes)
    onLoss(loss, startOf(line))
}

/** Finds the block of each token; one without lines of its own stands in those before it. */
function blocksOf(tokens: readonly Token[], body: string): Block[] {
  const { textOf } = linesOf(body)
  let line = 0
  let column = 0
  return tokens.map(({ type, map, content }, index) => {
    line = map?.[0] ?? line
    if (type === 'tr_open') column = 0
    if (!/^t[dh]_open$/.test(tokens[index - 1]?.type ?? '')) return { line, content }
    const cell = { line, content, column: Math.max(column, textOf(line).indexOf(content, column)) }
    column = cell.column + content.length
    return cell
  })
}

function countLine({ env, level }: Pick<StateBlock, 'env' | 'level'>, line: number): boolean {
  const lines = Number(env['lines']) + 1
  env['lines'] = lines
  if (level > ARTICLE_BOUNDS.depth)
    throw new OverBound({ reason: 'too-deep', most: ARTICLE_BOUNDS.depth }, { line })
  if (lines > ARTICLE_BOUNDS.lines)
    throw new OverBound(tooMany('lines in quotes and lists', ARTICLE_BOUNDS.lines), { line })
  return false
}

/** Words for what blocks hold. */
const SIGNS_HELD = {
  elements: 'elements of HTML',
  cells: 'cells of tables',
  brackets: 'opening brackets',
} as const

/** Counts what blocks hold, before anything is made of it. */
function countHeld({ tokens }: Pick<StateCore, 'tokens'>): void {
  const counts = { elements: 0, cells: 0, brackets: 0 }
  let line = 0
  for (const token of tokens) {
    line = token.map?.[0] ?? line
    for (const { kind, below } of heldBy(token)) {
      counts[kind] += 1
      const most = ARTICLE_BOUNDS[kind]
      if (counts[kind] > most)
        throw new OverBound(tooMany(SIGNS_HELD[kind], most), { line: line + below })
    }
  }
}

/** Finds what a token holds, and how many lines below its own. */
function* heldBy({
  type,
  tag,
  nesting,
  content,
}: Token): Generator<{ readonly kind: keyof typeof SIGNS_HELD; readonly below: number }> {
  if (nesting >= 0 && tag !== '') yield { kind: 'elements', below: 0 }
  if (type === 'td_open' || type === 'th_open') yield { kind: 'cells', below: 0 }
  if (type !== 'inline') return
  let below = 0
  for (const [sign] of content.matchAll(/[[\n]/g)) {
    if (sign === '\n') below += 1
    else yield { kind: 'brackets', below }
  }
}

function countTokens({ env, tokens }: Pick<StateCore, 'env' | 'tokens'>): void {
  const { footnotes } = env as { footnotes?: { list?: readonly unknown[] } }
  if ((footnotes?.list?.length ?? 0) > ARTICLE_BOUNDS.footnotes)
    throw new OverBound(tooMany('footnotes', ARTICLE_BOUNDS.footnotes))
  let referred = 0
  for (const { map, children } of tokens) {
    const attributes = (children ?? []).flatMap(({ attrs }) => attrs ?? [])
    referred = attributes.reduce((sum, [, value]) => sum + `${value}`.length, referred)
    if (referred > ARTICLE_BOUNDS.referred) {
      const most = tooMany('characters of addresses and titles', ARTICLE_BOUNDS.referred)
      throw new OverBound(most, { line: map?.[0] ?? 0 })
    }
  }
}

function tooMany(things: string, most: number): Excess {
  return { reason: 'too-many', things, most }
}
