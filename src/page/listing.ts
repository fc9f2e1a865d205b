/**
 * Listings on pages: code whose parts are coloured by what they are. What the highlighter says is
 * believed if it says the same text; feeds have no stylesheet, and get the code as it is.
 */

import {
  isElement,
  type ParsedElement,
  type ParsedNode,
  parseHtml,
  textOf,
} from '../markup/html-parser.ts'
import {
  elementOf,
  type Markup,
  type MarkupElement,
  type MarkupNode,
  textsIn,
} from '../markup/markup.ts'

/** Writes code as HTML with classes; undefined where it does not know the language. */
export type Highlight = (code: string, language: string) => string | undefined

/**
 * Characters of code that are coloured: grammars are expressions, which take a time that can grow
 * with the square of a listing, and of a word.
 */
const COLOUR_BOUNDS = { listing: 5000, article: 20_000, word: 100 }

/** Classes of parts, and the colour of each; others are as the text around them. */
const COLOURS: Readonly<Record<string, string>> = {
  comment: 'quiet',
  quote: 'quiet',
  meta: 'quiet',
  keyword: 'purple',
  literal: 'purple',
  operator: 'purple',
  section: 'purple',
  'selector-tag': 'purple',
  'selector-pseudo': 'purple',
  doctag: 'purple',
  string: 'green',
  regexp: 'green',
  addition: 'green',
  code: 'green',
  link: 'green',
  number: 'amber',
  symbol: 'amber',
  bullet: 'amber',
  variable: 'amber',
  'template-variable': 'amber',
  attribute: 'amber',
  attr: 'amber',
  property: 'amber',
  title: 'blue',
  built_in: 'blue',
  type: 'blue',
  'selector-class': 'blue',
  'selector-id': 'blue',
  name: 'red',
  tag: 'red',
  deletion: 'red',
}

/** Creates a function that colours the listings of one article, as far as its bounds allow. */
export function createColouring(highlight: Highlight): (listing: MarkupElement) => MarkupElement {
  let left = COLOUR_BOUNDS.article
  return (listing) => {
    const { code, language } = codeInListing(listing)
    const text = code ? textsIn(code.children, new Set()).join('') : ''
    if (!code || !language || !code.children.every(isPlain)) return listing
    if (text.length > Math.min(COLOUR_BOUNDS.listing, left) || hasLongWord(text)) return listing
    left -= text.length
    const html = highlight(text, language)
    const coloured = html === undefined ? [] : colouredOf(parseHtml(html, { scripting: true }))
    if (textsIn(coloured, new Set()).join('') !== text) return listing
    return { ...listing, children: [{ ...code, children: coloured }] }
  }
}

/** Finds the code that is all of a listing, and its language, which either of them says. */
function codeInListing(listing: MarkupElement): {
  readonly code?: MarkupElement
  readonly language?: string | undefined
} {
  const [code, ...more] = listing.children
  if (typeof code !== 'object' || code.name !== 'code' || more.length > 0) return {}
  return { code, language: codeLanguage(code) ?? codeLanguage(listing) }
}

/** Tells whether this is text; other highlighters leave spans in it, which say nothing. */
function isPlain(node: MarkupNode): boolean {
  if (typeof node === 'string') return true
  const says = Object.values(node.attributes).some((value) => value !== undefined)
  return node.name === 'span' && !says && node.children.every(isPlain)
}

function codeLanguage({ attributes }: MarkupElement): string | undefined {
  return /^lang(?:uage)?-(.+)$/.exec(attributes['class'] ?? '')?.[1]?.toLowerCase()
}

function hasLongWord(text: string): boolean {
  return text.split(/\s/).some((word) => word.length > COLOUR_BOUNDS.word)
}

/** Returns text and the parts with a colour; in the place of others, what is in them. */
function colouredOf(nodes: readonly ParsedNode[]): Markup {
  const markup: MarkupNode[] = []
  const add = (node: MarkupNode): void => {
    const last = markup.at(-1)
    if (typeof node === 'string' && typeof last === 'string')
      markup[markup.length - 1] = last + node
    else markup.push(node)
  }
  for (const node of nodes) {
    const children = isElement(node) ? colouredOf(node.childNodes) : [textOf(node) ?? '']
    const colour = isElement(node) ? colourOf(node) : undefined
    if (colour === undefined) children.forEach(add)
    else add(elementOf('span', children, { class: colour }))
  }
  return markup
}

function colourOf({ attrs }: ParsedElement): string | undefined {
  const classes = attrs.find(({ name }) => name === 'class')?.value.split(' ') ?? []
  return classes.map((name) => COLOURS[name]).find((one) => one !== undefined)
}
