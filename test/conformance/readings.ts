/** What independent parsers read in a document: its form, and all texts in it. */

import { extractFromJson } from '@extractus/feed-extractor'
import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml'
import { parseFeed, parseOpml } from 'feedsmith'
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5'
import Parser from 'rss-parser'
import { SaxesParser } from 'saxes'

export type Kind = 'rss' | 'atom' | 'json' | 'opml' | 'xml' | 'data' | 'html' | 'plain'

export type Document = { readonly name: string; readonly kind: Kind; readonly text: string }

/** How documents of each kind begin. */
const BEGINNINGS: readonly (readonly [kind: Kind, beginning: RegExp])[] = [
  ['rss', /^<\?xml[^>]*>\s*<rss\b/],
  ['atom', /^<\?xml[^>]*>\s*<feed\b/],
  ['opml', /^<\?xml[^>]*>\s*<opml\b/],
  ['xml', /^<\?xml/],
  ['json', /^\{"version":"https:\/\/jsonfeed/],
  ['data', /^\{/],
  ['plain', /^User-agent/],
  ['html', /^/],
]

export function kindOf(text: string): Kind {
  return BEGINNINGS.find(([, beginning]) => beginning.test(text))?.[0] ?? 'plain'
}

type Node = DefaultTreeAdapterTypes.ChildNode

/** The form of a document, and the texts that are read in it. */
export type Reading = { readonly form: string; readonly texts: readonly string[] }

function readHtml(nodes: readonly Node[]): Reading {
  const texts: string[] = []
  const visit = (node: Node): string => {
    if ('value' in node) {
      texts.push(node.value)
      return 'text'
    }
    if (!('tagName' in node)) return node.nodeName
    const { tagName, attrs, childNodes } = node
    texts.push(...attrs.map(({ value }) => value))
    const [first] = childNodes
    const isData = attrs.some(({ value }) => value === 'application/ld+json')
    if (isData && first && 'value' in first)
      return formOf(JSON.parse(first.value), { kind: 'data', texts })
    const names = attrs.map(({ name }) => ` ${name}`).join('')
    return `<${tagName}${names}>${childNodes.map(visit).join('')}</>`
  }
  return { form: nodes.map(visit).join(''), texts }
}

/** The ways to what readers take for HTML, in what parsers make of a document. */
const HTML: Readonly<Record<string, RegExp>> = {
  rss: /^(?:(?:rss\.channel\.|channel\.)?(?:title|description|image\.title)|(?:.*\.)?(?:items?|entries)\.(?:description|content|content:encoded|encoded|content\.encoded))$/,
  atom: /(?:entry|entries|items)\.content(?:\.value)?$/,
  json: /\.content_html$/,
}

/** Writes the form of a value, and collects its texts: those of HTML where it is read as that. */
function formOf(
  value: unknown,
  reading: { readonly kind: Kind; readonly texts: string[] },
  path = '',
): string {
  const { kind, texts } = reading
  if (typeof value === 'string') {
    if (!HTML[kind]?.test(path)) {
      texts.push(value)
      return 'text'
    }
    const html = readHtml(parseFragment(value).childNodes)
    texts.push(...html.texts)
    return html.form
  }
  if (typeof value !== 'object' || value === null) return typeof value
  const pieces = Object.entries(value).map(([key, one]) => {
    const step = Array.isArray(value) ? path : `${path}.${key}`.replace(/^\./, '')
    return `${key}: ${formOf(one, reading, step)}`
  })
  return `{${pieces.join()}}`
}

function readValue(value: unknown, kind: Kind): Reading {
  const texts: string[] = []
  return { form: formOf(value, { kind, texts }), texts }
}

/** The elements of XML as values: its attributes, its text, and its elements. */
function elementsOf({ attributes, children }: XmlElement): unknown {
  const elements = children.filter((child) => child instanceof XmlElement)
  const text = children.map((child) => (child instanceof XmlText ? child.text : '')).join('')
  const inside = elements.map((child) => ({ [child.name]: elementsOf(child) }))
  return elements.length === 0 && Object.keys(attributes).length === 0
    ? text
    : [attributes, text, ...inside]
}

/** Reads XML by a parser of events. */
function readBySaxes({ text, kind }: Document): Reading {
  const open: { name: string; attributes: object; text: string; inside: unknown[] }[] = []
  let value: unknown
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) =>
    open.push({ name, attributes, text: '', inside: [] }),
  )
  parser.on('text', (more) => {
    const last = open.at(-1)
    if (last) last.text += more
  })
  parser.on('closetag', () => {
    const last = open.pop()
    if (!last) return
    const { name, attributes, text: own, inside } = last
    value = { [name]: [attributes, own, ...inside] }
    open.at(-1)?.inside.push(value)
  })
  parser.write(text).close()
  return readValue(value, kind)
}

function readXml({ text, kind }: Document): Reading {
  const { root } = parseXml(text)
  return readValue(root && { [root.name]: elementsOf(root) }, kind)
}

async function readByRssParser({ text, kind }: Document): Promise<Reading> {
  const more = ['content:encoded', 'media:content', 'dc:rights', 'summary', 'rights']
  const parser = new Parser({ customFields: { feed: ['subtitle', 'rights'], item: more as [] } })
  const parsed = JSON.stringify(await parser.parseString(text))
  // It makes text of HTML by a regular expression: what comes of that is not read.
  return readValue(
    JSON.parse(parsed, (key, value) => (/snippet/i.test(key) ? undefined : value)),
    kind,
  )
}

export type Reader = (document: Document) => Reading | Promise<Reading>

const feedsmith: Reader = ({ text, kind }) => readValue(parseFeed(text).feed, kind)

const EXTRACTED = { normalization: false, useISODateFormat: false }
/** It decodes what it reads in XML once more than it should: of JSON it does not. */
const byExtractor: Reader = ({ text, kind }) =>
  readValue(extractFromJson(JSON.parse(text), EXTRACTED), kind)

const json: Reader = ({ text, kind }) => readValue(JSON.parse(text), kind)

/** The parsers that read each kind of document. */
export const READERS: Readonly<Record<Kind, Readonly<Record<string, Reader>>>> = {
  rss: {
    'parse-xml': readXml,
    feedsmith,
    'rss-parser': readByRssParser,
  },
  atom: {
    'parse-xml': readXml,
    feedsmith,
    'rss-parser': readByRssParser,
  },
  json: { json, feedsmith, 'feed-extractor': byExtractor },
  opml: {
    'parse-xml': readXml,
    saxes: readBySaxes,
    feedsmith: ({ text, kind }) => readValue(parseOpml(text), kind),
  },
  xml: { 'parse-xml': readXml, saxes: readBySaxes },
  data: { json },
  plain: {},
  html: { parse5: ({ text }) => readHtml(parse(text).childNodes) },
}
