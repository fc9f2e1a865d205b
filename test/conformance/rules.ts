/**
 * What the specifications and the W3C validator ask of a feed document, as cases: requirement,
 * section, and a check that names what is wrong. Sources: RSS 2.0 and the Advisory Board's profile,
 * RFC 4287, RFC 5005, RFC 6721, JSON Feed 1.1.
 */

import { parseXml, type XmlDocument, XmlElement } from '@rgrove/parse-xml'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import type { FormatName } from '../../src/feed/feed-types.ts'

export type Subject = {
  readonly format: FormatName
  readonly url: string
  readonly isArchive: boolean
  readonly text: string
}

export type Rule = {
  /** The validator's own name for it, or ours. */
  readonly name: string
  readonly section: string
  readonly formats: readonly FormatName[]
  /** What is wrong with a document; empty if nothing is. */
  readonly check: (document: Opened) => readonly string[]
}

/** A document, parsed. */
export type Opened = Subject & {
  readonly xml: XmlElement
  readonly json: Json
  /** Items or entries. */
  readonly entries: readonly XmlElement[]
}

type Json = Readonly<Record<string, unknown>> & { readonly items?: readonly Json[] }

export function open(subject: Subject): Opened {
  const isJson = subject.format === 'json'
  const document: XmlDocument = parseXml(isJson ? '<none/>' : subject.text)
  const xml = document.root ?? new XmlElement('none')
  const json = (isJson ? JSON.parse(subject.text) : {}) as Json
  const entries = all(xml, subject.format === 'rss' ? 'item' : 'entry')
  return { ...subject, xml, json, entries }
}

export function children(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child instanceof XmlElement)
}

/** Elements of a name, at any depth. */
export function all(element: XmlElement, name: string): XmlElement[] {
  return children(element).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...all(child, name),
  ])
}

export function own(element: XmlElement, name: string): XmlElement[] {
  return children(element).filter((child) => child.name === name)
}

/** What stands around the entries: the channel, or the feed. */
export function metadata({ format, xml }: Opened): XmlElement {
  return (format === 'rss' ? own(xml, 'channel')[0] : xml) ?? xml
}

/** The HTML of every entry. */
export function htmls({ format, entries, json }: Opened): string[] {
  if (format === 'json') return (json.items ?? []).map((item) => String(item['content_html']))
  const names = format === 'rss' ? ['description', 'content:encoded'] : ['content']
  return entries.flatMap((entry) =>
    names.flatMap((name) => own(entry, name).map(({ text }) => text)),
  )
}

export type HtmlElement = {
  readonly name: string
  readonly parent: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The elements in the HTML of all entries, as a browser has them. */
export function elementsIn(document: Opened): HtmlElement[] {
  return htmls(document).flatMap(elementsOfHtml)
}

export function elementsOfHtml(html: string): HtmlElement[] {
  const visit = (nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): HtmlElement[] =>
    nodes.flatMap((node) => {
      if (!('tagName' in node)) return []
      const { tagName: name, attrs, parentNode, childNodes } = node
      const attributes = Object.fromEntries(attrs.map((one) => [one.name, one.value]))
      return [{ name, parent: parentNode?.nodeName ?? '', attributes }, ...visit(childNodes)]
    })
  return visit(parseFragment(html).childNodes)
}

/** The addresses in the HTML of all entries, with the attributes in which they stand. */
export function addressesIn(
  document: Opened,
): { readonly attribute: string; readonly address: string }[] {
  return elementsIn(document).flatMap(({ attributes }) =>
    Object.entries(attributes).flatMap(([attribute, value]) => {
      if (attribute === 'srcset')
        return value.split(', ').map((candidate) => ({
          attribute,
          address: candidate.split(' ')[0] ?? '',
        }))
      return ADDRESS.test(attribute) ? [{ attribute, address: value }] : []
    }),
  )
}

/** Attributes whose value is an address (WHATWG HTML, index of attributes), and obsolete ones. */
const ADDRESS =
  /^(?:action|archive|background|cite|classid|codebase|data|dynsrc|formaction|href|icon|longdesc|lowsrc|manifest|ping|poster|profile|src|usemap|xlink:href)$/

/** The texts of what fails a test. */
export function failing<One>(list: readonly One[], isWrong: (one: One) => unknown): string[] {
  return list
    .filter(isWrong)
    .map((one) => (one instanceof XmlElement ? one.text : String(one)).slice(0, 120))
}

export const missing = (is: unknown, what: string): string[] => (is ? [] : [what])

/** Links of a document, by their relation. */
export const links = (document: Opened, rel: string): XmlElement[] =>
  own(metadata(document), document.format === 'rss' ? 'atom:link' : 'link').filter(
    ({ attributes }) => attributes['rel'] === rel,
  )

export const texts = (elements: readonly XmlElement[]): string[] => elements.map(({ text }) => text)

/** Values that are there more than once. */
export const twice = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

/** As Atom asks for it, in UTC. */
export const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
