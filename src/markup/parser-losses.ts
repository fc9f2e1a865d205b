/**
 * Losses in the parser: tags that come to nothing where they stand, that are never closed, and
 * what a browser shows elsewhere than it is written.
 */

import { ARTICLE } from './allow-list.ts'
import {
  endOf,
  type HtmlToken,
  isElement,
  offsetOf,
  type ParsedElement,
  type ParsedNode,
} from './html-parser.ts'
import { isMute, isMuteAttribute, type OnLoss } from './loss.ts'
import { LONGEST_NAME } from './text.ts'

/** Elements that end by themselves (WHATWG HTML §13.1.2.4), and those that have no end. */
const ENDS_BY_ITSELF = new Set(
  'br col colgroup dd dt hr img li p rp rt source tbody td tfoot th thead tr track wbr'.split(' '),
)

/** HTML as it was written, and the tree that the parser made of it. */
export type ReadHtml = {
  readonly html: string
  readonly tokens: readonly HtmlToken[]
  readonly nodes: readonly ParsedNode[]
}

/** Compares what was written with the tree that became of it. */
export function tellParserLosses({ html, tokens, nodes }: ReadHtml, onLoss: OnLoss): void {
  const starts = new Set<number>()
  tellMoved(nodes, { starts, end: 0 }, onLoss)
  const open = new Map<string, number[]>()
  for (const token of tokens) {
    const { kind, name, end, attributes } = token
    const at = html.indexOf('<', token.at)
    const tag = html.slice(at, end)
    const isComment = kind === 'comment' && tag.startsWith('<!--')
    if (isComment && !tag.endsWith('>'))
      onLoss({ reason: 'never-closed', tag: '<!--', rest: 'gone' }, at)
    const comesToSomething = isComment || isInTree(token, starts, open)
    // Of what only says how a text looks, what it says else is missed.
    const isMissed = !isMute(name) || attributes.some((attribute) => !isMuteAttribute(attribute))
    // The end of an element says nothing but that: the text behind its name is taken for more.
    const saysMore = kind === 'end' && attributes.length > 0
    if ((!comesToSomething || saysMore) && isMissed) {
      const shown = tag.slice(0, LONGEST_NAME).replace(/\s+/g, ' ')
      onLoss({ reason: 'lost-tag', tag: shown }, at)
    }
  }
  tellUnclosed(open, onLoss)
}

/** Tells whether a tag begins an element, or ends one of those that are open. */
function isInTree(
  { kind, name, at, isClosed }: HtmlToken,
  starts: ReadonlySet<number>,
  open: Map<string, number[]>,
): boolean {
  const opened = open.get(name) ?? []
  if (kind === 'end') return opened.pop() !== undefined || ENDS_BY_ITSELF.has(name)
  if (kind !== 'start' || !starts.has(at)) return false
  if (!isClosed) open.set(name, opened)
  if (!isClosed) opened.push(at)
  return true
}

function tellUnclosed(open: ReadonlyMap<string, readonly number[]>, onLoss: OnLoss): void {
  for (const [name, places] of open) {
    if (!ARTICLE.has(name) || ENDS_BY_ITSELF.has(name)) continue
    for (const at of places) onLoss({ reason: 'never-closed', tag: `<${name}>`, rest: 'in-it' }, at)
  }
}

/** The offsets of all elements so far, and the end of what was written last of them. */
type TreeWalk = { readonly starts: Set<number>; end: number }

/** Tells of elements before which something stands that was written in them: of tables. */
function tellMoved(nodes: readonly ParsedNode[], walk: TreeWalk, onLoss: OnLoss): void {
  for (const node of nodes) {
    if (isElement(node)) tellMovedFrom(node, walk, onLoss)
    else walk.end = Math.max(walk.end, endOf(node) ?? 0)
  }
}

function tellMovedFrom(element: ParsedElement, walk: TreeWalk, onLoss: OnLoss): void {
  const at = offsetOf(element)
  const { starts, end } = walk
  // An element that was mended by a second one has the place of the first.
  if (at !== undefined && !starts.has(at)) {
    starts.add(at)
    if (at < end) onLoss({ reason: 'moved', element: element.tagName }, at)
    walk.end = at
  }
  tellMoved(element.childNodes, walk, onLoss)
  walk.end = Math.max(walk.end, end)
}
