/** The text of an article as its page shows it. */

import type { Site } from '../article/site.ts'
import { elementOf, type Markup, type MarkupElement, mapElements } from '../markup/markup.ts'
import { localMarkup } from './address.ts'
import { createColouring, type Highlight } from './listing.ts'

export function proseOf(markup: Markup, site: Site, highlight: Highlight): Markup {
  const colour = createColouring(highlight)
  return mapElements(localMarkup(markup, site), (element) => {
    if (element.name === 'pre') return reachable(colour(element))
    if (element.name === 'table')
      return elementOf('div', [element], { class: 'scroll', tabindex: '0' })
    return element.attributes['align'] === undefined ? element : aligned(element)
  })
}

/** Lets what can be scrolled be reached by keyboard too (WCAG 2.2 §2.1.1). */
function reachable(listing: MarkupElement): MarkupElement {
  return { ...listing, attributes: { tabindex: '0', ...listing.attributes } }
}

/** Says by a class how a cell is aligned: for HTML the attribute is of the past. */
function aligned(cell: MarkupElement): MarkupElement {
  const { align, ...attributes } = cell.attributes
  return { ...cell, attributes: { class: `aligned-${align}`, ...attributes } }
}
