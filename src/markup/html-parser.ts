/**
 * HTML as browsers read it (WHATWG HTML §13.2). The only importer of the parser.
 *
 * The parser has no bounds of its own: its tree is built by an adapter that counts.
 */

import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  ErrorCodes,
  html as names,
  Parser,
  type ParserError,
  type Token,
  type TreeAdapter,
} from 'parse5'
import { ARTICLE_BOUNDS, OverBound } from './bounds.ts'

export type ParsedNode = DefaultTreeAdapterTypes.ChildNode
export type ParsedElement = DefaultTreeAdapterTypes.Element

const { HTML, MATHML, SVG } = names.NS

type Bounds = Readonly<Record<'depth' | 'elements' | 'referred', number>>

type HtmlOptions = {
  /** Whether it is read as by a browser that runs scripts; if not, `noscript` is read too. */
  readonly scripting: boolean
  /** Whether places are asked for afterwards. */
  readonly located?: boolean
  /** Hears of each token that may come to nothing; places are known then. */
  readonly hear?: ((token: HtmlToken) => void) | undefined
  readonly most?: Bounds
}

/** A token as it was written, whatever the tree makes of it. */
export type HtmlToken = {
  readonly kind: 'start' | 'end' | 'comment' | 'broken'
  /** The name of a tag. */
  readonly name: string
  readonly at: number
  /** The offset behind it. */
  readonly end: number
  /** Whether it is its own end. */
  readonly isClosed: boolean
  /** The names of the attributes of a tag. */
  readonly attributes: readonly string[]
}

/** Parses HTML that stands inside an element of text. Throws an `OverBound`. */
export function parseHtml(
  html: string,
  { scripting, located = false, hear, most = ARTICLE_BOUNDS }: HtmlOptions,
): ParsedNode[] {
  const context = defaultTreeAdapter.createElement('div', HTML, [])
  const options = {
    scriptingEnabled: scripting,
    sourceCodeLocationInfo: located || hear !== undefined,
    treeAdapter: countingAdapter(most),
  }
  const parser = (hear ? HearingParser : Parser).getFragmentParser(context, options)
  if (parser instanceof HearingParser) parser.hear = hear
  parser.tokenizer.write(html, true)
  return parser.getFragment().childNodes
}

/** The parser, and whoever hears of its tokens: nobody finds in the tree what is not there. */
class HearingParser extends Parser<DefaultTreeAdapterMap> {
  hear: HtmlOptions['hear']
  #end = 0

  override onStartTag(token: Token.TagToken): void {
    super.onStartTag(token)
    this.#tell('start', token, token)
  }

  override onEndTag(token: Token.TagToken): void {
    super.onEndTag(token)
    this.#tell('end', token, token)
  }

  override onComment(token: Token.CommentToken): void {
    super.onComment(token)
    this.#tell('comment', token)
  }

  override onCharacter(token: Token.CharacterToken): void {
    super.onCharacter(token)
    this.#end = token.location?.endOffset ?? this.#end
  }

  override onParseError = ({ code, endOffset }: ParserError): void => {
    // A tag that is broken off by the end is no token.
    if (code !== ErrorCodes.eofInTag) return
    this.hear?.({ ...NO_TAG, kind: 'broken', at: this.#end, end: endOffset })
  }

  #tell(kind: HtmlToken['kind'], { location }: Token.Token, tag?: Token.TagToken): void {
    // The parser may hand a tag to itself again, by another way.
    if (!location || location.startOffset < this.#end) return
    this.#end = location.endOffset
    const said = tag && {
      name: tag.tagName,
      isClosed: tag.selfClosing && tag.ackSelfClosing,
      attributes: tag.attrs.map(({ name }) => name),
    }
    this.hear?.({ ...NO_TAG, ...said, kind, at: location.startOffset, end: this.#end })
  }
}

/** A token that is no tag. */
const NO_TAG = { name: '', isClosed: false, attributes: [] } as const

/** Makes an element of HTML, as if it had been parsed. */
export function createElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (ParsedElement | string)[],
): ParsedElement {
  const attrs = Object.entries(attributes).map(([key, value]) => ({ name: key, value }))
  const element = defaultTreeAdapter.createElement(name, HTML, attrs)
  for (const child of children) {
    if (typeof child === 'string') defaultTreeAdapter.insertText(element, child)
    else defaultTreeAdapter.appendChild(element, child)
  }
  return element
}

/** Tells whether a node is an element: of HTML, of SVG or of MathML. */
export function isElement(node: ParsedNode): node is ParsedElement {
  return defaultTreeAdapter.isElementNode(node)
}

/** Tells whether an element is one of HTML: an `a` inside `svg` is none. */
export function isOfHtml({ namespaceURI }: ParsedElement): boolean {
  return namespaceURI === HTML
}

/** Returns where a node ends in the HTML; undefined if the parser put it in by itself. */
export function endOf({ sourceCodeLocation }: ParsedNode): number | undefined {
  return sourceCodeLocation?.endOffset
}

/** Tells whether an element is one of MathML. */
export function isOfMathml({ namespaceURI }: ParsedElement): boolean {
  return namespaceURI === MATHML
}

/** Tells whether an element is one of SVG. */
export function isOfSvg({ namespaceURI }: ParsedElement): boolean {
  return namespaceURI === SVG
}

/** Takes a node out of its tree. */
export function detach(node: ParsedNode): void {
  defaultTreeAdapter.detachNode(node)
}

/** Gives an element of HTML another name. */
export function rename(element: ParsedElement, name: string): void {
  element.tagName = name
  element.nodeName = name
}

/** Returns the text of a node; undefined if it is no text. */
export function textOf(node: ParsedNode): string | undefined {
  return defaultTreeAdapter.isTextNode(node) ? node.value : undefined
}

/**
 * Returns the offset of an element, or of one of its attributes, in the HTML that was parsed;
 * undefined for an element that the parser put in by itself.
 */
export function offsetOf(
  { sourceCodeLocation }: ParsedElement,
  attribute = '',
): number | undefined {
  return (sourceCodeLocation?.attrs?.[attribute] ?? sourceCodeLocation)?.startOffset
}

/** Lists all elements among nodes, in the order of their start tags. */
export function elementsAmong(nodes: readonly ParsedNode[]): ParsedElement[] {
  return nodes
    .filter(isElement)
    .flatMap((element) => [element, ...elementsAmong(element.childNodes)])
}

/** Returns the text of nodes, whatever stands around it. */
export function textAmong(nodes: readonly ParsedNode[]): string {
  return nodes
    .map((node) => (isElement(node) ? textAmong(node.childNodes) : (textOf(node) ?? '')))
    .join('')
}

/** A comment, and its offset in the HTML that was parsed. */
export type ParsedComment = { readonly text: string; readonly at: number }

/** Finds the comments of HTML that stands inside an element of text. Throws an `OverBound`. */
export function commentsIn(html: string): ParsedComment[] {
  const found = (node: ParsedNode): ParsedComment[] => {
    if (isElement(node)) return node.childNodes.flatMap(found)
    if (!defaultTreeAdapter.isCommentNode(node)) return []
    return [{ text: node.data, at: node.sourceCodeLocation?.startOffset ?? 0 }]
  }
  return parseHtml(html, { scripting: false, located: true }).flatMap(found)
}

const ATTRIBUTE_CHARACTERS = 'characters of attributes of HTML'

/** Makes the adapter of the library that counts what it builds. */
function countingAdapter(most: Bounds): TreeAdapter<DefaultTreeAdapterMap> {
  let elements = 0
  let depth = 0
  let referred = 0
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      elements += 1
      if (elements > most.elements)
        throw new OverBound({ reason: 'too-many', things: 'elements of HTML', most: most.elements })
      // An element that nobody ended begins anew in each paragraph after it, with all that it says.
      referred = attributes.reduce((sum, one) => sum + one.name.length + one.value.length, referred)
      if (referred > most.referred)
        throw new OverBound({
          reason: 'too-many',
          things: ATTRIBUTE_CHARACTERS,
          most: most.referred,
        })
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
    onItemPush() {
      depth += 1
      // The parser's own root is the first.
      if (depth > most.depth + 1) throw new OverBound({ reason: 'too-deep', most: most.depth })
    },
    onItemPop() {
      depth -= 1
    },
  }
}
