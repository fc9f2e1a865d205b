/** The outline of a text: its headings stand below the title, which every page and reader shows. */

import { elementsAmong, isOfHtml, type ParsedNode, rename } from './html-parser.ts'

const RANKED_HEADING = /^h([1-6])$/
const LOWEST = 6

/**
 * Lowers the headings of a text by one where its highest is a title's (`# In Markdown`): a page has
 * one `h1`. All of them, so that a part of a part stays one.
 */
export function lowerHeadings(nodes: readonly ParsedNode[]): void {
  const headings = elementsAmong(nodes).filter(
    (element) => isOfHtml(element) && RANKED_HEADING.test(element.tagName),
  )
  if (!headings.some(({ tagName }) => tagName === 'h1')) return
  for (const heading of headings) {
    const level = Number(RANKED_HEADING.exec(heading.tagName)?.[1])
    rename(heading, `h${Math.min(level + 1, LOWEST)}`)
  }
}
