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
  children?: MathNode[]
  toMarkup: () => string
}

/** Lines over and under something, which the library draws with an element that Core has not. */
const LINES: Readonly<Record<string, readonly [name: string, sign: string]>> = {
  top: ['mover', '\u203e'],
  bottom: ['munder', '_'],
}

/** Writes a formula as MathML; it fails with what TeX has to say of it. */
export function mathmlOf(tex: string, isDisplay: boolean): Result<string, string> {
  try {
    const tree = parse(tex, isDisplay)
    toCore(tree)
    return ok(tree.toMarkup())
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

/** Writes in elements and attributes of MathML Core what the library says by others, and by styles. */
function toCore(node: MathNode): void {
  for (const child of node.children ?? []) toCore(child)
  const colour = node.style?.['color']
  if (colour && node.attributes) node.attributes['mathcolor'] = colour
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
