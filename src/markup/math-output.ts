/**
 * Formulae as scripts write them (KaTeX, MathJax): once as MathML, for who cannot see, and once drawn
 * with boxes and fonts, for who can. The first says all, and is what is kept.
 */

import {
  detach,
  elementsAmong,
  isOfMathml,
  type ParsedElement,
  type ParsedNode,
} from './html-parser.ts'

const OUTPUT =
  /(?:^|\s)(?:katex|MathJax|MathJax_(?:CHTML|SVG|Display)|mjx-chtml|mjx-container)(?:\s|$)/

/** Leaves formulae alone where a script wrote them twice. */
export function keepFormulae(nodes: readonly ParsedNode[]): void {
  for (const output of elementsAmong(nodes).filter(isOutput)) {
    const formula = elementsAmong(output.childNodes).find(isFormula)
    if (formula) leaveAlone(formula, output)
  }
}

function isOutput({ tagName, attrs }: ParsedElement): boolean {
  if (tagName === 'mjx-container') return true
  return attrs.some(({ name, value }) => name === 'class' && OUTPUT.test(value))
}

function isFormula(element: ParsedElement): boolean {
  return isOfMathml(element) && element.tagName === 'math'
}

/** Takes out whatever else an element holds beside one within it. */
function leaveAlone(kept: ParsedElement, holder: ParsedElement): void {
  for (let node = kept; node !== holder; ) {
    const { parentNode } = node
    if (!parentNode || !('tagName' in parentNode)) return
    for (const other of [...parentNode.childNodes]) if (other !== node) detach(other)
    node = parentNode
  }
}
