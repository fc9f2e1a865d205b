/**
 * Blocks that are left out, as `<div>` is: their text stays, and it stays apart from the text beside
 * it. What would run into its neighbours becomes a paragraph.
 */

import {
  createElement,
  isElement,
  isOfHtml,
  type ParsedElement,
  type ParsedNode,
  textAmong,
  textOf,
} from './html-parser.ts'

/** Elements that stand on lines of their own, and are not kept. */
const LEFT_BLOCKS = new Set(
  'address article aside center dialog div fieldset footer form header hgroup legend main nav search'.split(
    ' ',
  ),
)

/** Elements that are kept, or become something that is, and cannot stand in a paragraph. */
const KEPT_BLOCKS = new Set(
  (
    'blockquote caption col colgroup dd details dl dt embed figcaption figure h1 h2 h3 h4 h5 h6 hr ' +
    'iframe li object ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

/**
 * Returns what stands in the place of an element that is left out. Where nothing is beside it in
 * the one that holds it, a cell for instance, that one keeps it apart.
 */
export function leftInPlaceOf(element: ParsedElement, isAlone: boolean): readonly ParsedNode[] {
  const { tagName, childNodes } = element
  const isBlock = isOfHtml(element) && LEFT_BLOCKS.has(tagName)
  return isBlock && !isAlone ? runsOf(childNodes).flatMap(inParagraph) : childNodes
}

/** Tells whether at most one of some nodes shows anything. */
export function isOneAlone(nodes: readonly ParsedNode[]): boolean {
  return nodes.filter((node) => isElement(node) || textOf(node)?.trim()).length <= 1
}

/** Groups nodes: what stands within a line is together, and each block is alone. */
function runsOf(nodes: readonly ParsedNode[]): ParsedNode[][] {
  const runs: ParsedNode[][] = []
  let isOpen = false
  for (const node of nodes) {
    const isOfLine = isWithinLine(node)
    if (isOpen && isOfLine) runs.at(-1)?.push(node)
    else runs.push([node])
    isOpen = isOfLine
  }
  return runs
}

/** Makes a paragraph of a run that has words. Its nodes stay in their tree: nobody asks it again. */
function inParagraph(run: ParsedNode[]): ParsedNode[] {
  if (!run.every(isWithinLine) || textAmong(run).trim() === '') return run
  return [Object.assign(createElement('p', {}, []), { childNodes: run })]
}

function isWithinLine(node: ParsedNode): boolean {
  if (!isElement(node) || !isOfHtml(node)) return true
  const { tagName, childNodes } = node
  return !LEFT_BLOCKS.has(tagName) && !KEPT_BLOCKS.has(tagName) && childNodes.every(isWithinLine)
}
