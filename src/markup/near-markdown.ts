/** Text that looks like Markdown and is none: it stands in the article with all its signs. */

import type { Token } from 'markdown-it'
import { LONGEST_NAME } from './text.ts'

/** Reasons for which a text is no Markdown. */
export type NearMiss = 'blank-in-address' | 'undefined' | 'no-footnote' | 'no-blank-after'

/** A text that was meant as Markdown: where it stands in its block, and what is wrong. */
export type NearMarkdown = { readonly at: number; readonly text: string; readonly why: NearMiss }

/** Words in brackets, and behind them the name or the address that they lead to. */
const LINK_SHAPE = /!?\[[^[\]\n]*\](?:\[([^[\]\n]*)\]|\(([^()\n]*)\))/g
const FOOTNOTE = /\[\^[^[\]\s]+\]/g
/** The sign of a heading or an item behind which no blank is, or before which something unseen is. */
const SIGN =
  /(?:^|\n)(?:#{2,6}(?=[^\s#])|(?:#{1,6}|[-*+]|\d{1,9}[.)])(?=[\u00a0\u202f\u200b\u2060\ufeff])|[\u200b\u2060\ufeff]+(?:#{1,6}|[-*+]|\d{1,9}[.)])(?=\s))[^\n]*/g

/** Texts that are sought in vain: each search goes through the rest of the block. */
const MOST_NEAR_MISSES = 100

/** Finds what looks like Markdown in the text that tokens show; `content` is their block without code. */
export function nearMarkdownIn(content: string, tokens: readonly Token[]): NearMarkdown[] {
  const text = shownText(tokens)
  if (!/[[#\u00a0\u202f\u200b\u2060\ufeff]/.test(text)) return []
  const footnotes = Array.from(text.matchAll(FOOTNOTE), ([footnote]) => footnote)
  const lines = Array.from(text.matchAll(SIGN), ([line]) => line.replace(/^\n/, ''))
  return [
    ...placedIn(content, undefinedLinksIn(text)),
    ...placedIn(
      content,
      footnotes.map((footnote) => ({ text: footnote, why: 'no-footnote' })),
    ),
    ...placedIn(
      content,
      lines.map((line) => ({ text: line, why: 'no-blank-after' })),
    ),
  ]
}

type Unplaced = Omit<NearMarkdown, 'at'>

/** Finds the places of texts, which stand one after another. */
function placedIn(content: string, all: readonly Unplaced[]): NearMarkdown[] {
  const found: NearMarkdown[] = []
  let from = 0
  let misses = 0
  for (const { text, why } of all) {
    const at = content.indexOf(text, from)
    // What was written otherwise is escaped: its author meant it as text.
    if (at < 0 && ++misses > MOST_NEAR_MISSES) break
    if (at < 0) continue
    found.push({ at, text: text.slice(0, LONGEST_NAME), why })
    from = at + text.length
  }
  return found
}

function undefinedLinksIn(text: string): Unplaced[] {
  return Array.from(text.matchAll(LINK_SHAPE)).flatMap(
    ({ 0: link, 1: name, 2: address, index }) => {
      const why = missOf(link, name, address)
      const isOfWord = /[\p{L}\p{N}\]]$/u.test(text.slice(Math.max(0, index - 2), index))
      return why && !isOfWord ? [{ text: link, why }] : []
    },
  )
}

/** Prose has brackets too: `[3][4]` are sources, and `[sic](as printed)` is a remark. */
const CITATIONS = /^\[[\d\s,-]*\]\[[\d\s,-]*\]$/
const LIKE_ADDRESS = /^\S*\/|[/.]\S*\s*$/
/** A tag of another system, which is told as such. */
const TEMPLATE_TAG = /\{[{%]/

function missOf(link: string, name = '', address?: string): NearMiss | undefined {
  if (TEMPLATE_TAG.test(link)) return undefined
  if (address === undefined)
    return CITATIONS.test(link) || name.startsWith('^') ? undefined : 'undefined'
  const isMeant = link.startsWith('!') || LIKE_ADDRESS.test(address)
  return isMeant && /\S\s+\S/.test(address) ? 'blank-in-address' : undefined
}

/** Joins the text of tokens; whatever else stands between them breaks it. */
function shownText(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, markup }) => {
      if (type === 'text') return content
      if (type === 'softbreak' || type === 'hardbreak') return '\n'
      return markup === 'linkify' ? '' : '\0'
    })
    .join('')
}
