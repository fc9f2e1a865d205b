/**
 * Markdown to HTML: CommonMark with GFM tables, strikethrough, bare links and footnotes.
 *
 * The only importer of the Markdown library. Raw HTML passes through; `sanitise` comes after.
 */

import MarkdownIt, { type StateBlock, type StateCore } from 'markdown-it'
import footnote from 'markdown-it-footnote'
import { type Excess, MOST, OverBound } from './bounds.ts'

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false })
// The library leaves out, in silence, what lies deeper than this: `countLine` refuses it before.
markdown.set({ maxNesting: 2 * MOST.depth })
markdown.use(footnote)
// A bare domain such as "example.md" is more often a file than a site: only links with a scheme.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
// Links are checked by the sanitiser, which knows more schemes; one judge is enough.
markdown.validateLink = () => true

// It matches nothing, and is asked first of every line, by each block that the line may continue.
const EVERY_BLOCK = { alt: ['paragraph', 'reference', 'blockquote', 'list'] }
markdown.block.ruler.before('table', 'bounds', countLine, EVERY_BLOCK)
// The list of footnotes is put together in a time that grows with its square.
markdown.core.ruler.after('inline', 'bounds', countTokens)

/**
 * Renders a body. Footnote anchors carry `scope`, so that articles can stand in one document.
 * Throws an `OverBound`.
 */
export function renderMarkdown(body: string, scope: string): string {
  return markdown.render(body, { docId: scope, lines: 0 })
}

function countLine({ env, level }: Pick<StateBlock, 'env' | 'level'>, line: number): boolean {
  const lines = Number(env['lines']) + 1
  env['lines'] = lines
  if (level > MOST.depth) throw new OverBound({ reason: 'too-deep', most: MOST.depth }, { line })
  if (lines > MOST.lines)
    throw new OverBound(tooMany('lines in quotes and lists', MOST.lines), { line })
  return false
}

function countTokens({ env, tokens }: Pick<StateCore, 'env' | 'tokens'>): void {
  const { footnotes } = env as { footnotes?: { list?: readonly unknown[] } }
  if ((footnotes?.list?.length ?? 0) > MOST.footnotes)
    throw new OverBound(tooMany('footnotes', MOST.footnotes))
  let referred = 0
  for (const { map, children } of tokens) {
    const attributes = (children ?? []).flatMap(({ attrs }) => attrs ?? [])
    referred = attributes.reduce((sum, [, value]) => sum + `${value}`.length, referred)
    if (referred > MOST.referred) {
      const most = tooMany('characters of addresses and titles', MOST.referred)
      throw new OverBound(most, { line: map?.[0] ?? 0 })
    }
  }
}

function tooMany(things: string, most: number): Excess {
  return { reason: 'too-many', things, most }
}
