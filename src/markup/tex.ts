/**
 * TeX to MathML. The only importer of the library: it writes MathML Core alone, with the letters of
 * Unicode for bold, script and double-struck ones, which browsers show without a style sheet.
 */

import temml from 'temml'
import { fail, ok, type Result } from './result.ts'

/** A part of a formula, as the library has it. */
type MathNode = {
  type?: string
  attributes?: Record<string, string>
  style?: Record<string, string>
  classes?: string[]
  children?: MathNode[]
  toMarkup: () => string
}

/** The side at which a cell stands, which the library says by a class. */
const SIDE = /\btml-(left|right)\b/

/** Lines over and under something, which the library draws with an element that Core has not. */
const LINES: Readonly<Record<string, readonly [name: string, sign: string]>> = {
  top: ['mover', '\u203e'],
  bottom: ['munder', '_'],
}

/** A formula in MathML, and whether it had frames or lines, which Core has not. */
export type RenderedFormula = { readonly html: string; readonly isBared: boolean }

/** Writes a formula as MathML; it fails with what TeX has to say of it. */
export function mathmlOf(tex: string, isDisplay: boolean): Result<RenderedFormula, string> {
  try {
    const tree = parse(tex, isDisplay)
    const isBared = isFramed(tree)
    toCore(tree)
    return ok({ html: tree.toMarkup(), isBared })
  } catch (error) {
    // The library says where it stumbled by a line of marks below its words.
    const words = error instanceof Error ? error.message : String(error)
    const [first = ''] = words
      .replace(/\u0332/g, '')
      .trim()
      .split('\n')
    return fail(first.replace(/:\s*$/, ''))
  }
}

/** Parses TeX. Definitions stay within it: formulae of two articles know nothing of each other. */
function parse(tex: string, displayMode: boolean): MathNode {
  return temml.__renderToMathMLTree(tex, {
    displayMode,
    throwOnError: true,
    strict: false,
    trust: false,
    macros: {},
  }) as MathNode
}

/** Tells whether a formula has a frame, or a table of it has lines. */
function isFramed(node: MathNode): boolean {
  const { style, children = [] } = node
  const hasBorder = Object.keys(style ?? {}).some((name) => /^border/i.test(name))
  return hasBorder || isBox(node) || children.some(isFramed)
}

function isBox({ type, attributes }: MathNode): boolean {
  return type === 'menclose' && attributes?.['notation'] === 'box'
}

/** Writes the side at which a cell stands as an attribute. */
function alignCell({ type, classes, attributes }: MathNode): void {
  const side = type === 'mtd' ? SIDE.exec(classes?.join(' ') ?? '')?.[1] : undefined
  if (side && attributes) attributes['columnalign'] = side
}

/** Writes in elements and attributes of MathML Core what the library says by others, and by styles. */
function toCore(node: MathNode): void {
  for (const child of node.children ?? []) toCore(child)
  const colour = node.style?.['color']
  if (colour && node.attributes) node.attributes['mathcolor'] = colour
  alignCell(node)
  if (isBox(node)) Object.assign(node, { type: 'mrow', attributes: {} })
  const line = node.type === 'menclose' ? LINES[node.attributes?.['notation'] ?? ''] : undefined
  if (!line) return
  const [type, sign] = line
  const inner = (node.children ?? []).map((child) => child.toMarkup()).join('')
  node.type = type
  node.attributes = {}
  node.children = [
    { toMarkup: () => `<mrow>${inner}</mrow>` },
    { toMarkup: () => `<mo stretchy="true">${sign}</mo>` },
  ]
}
