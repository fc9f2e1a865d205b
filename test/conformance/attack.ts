/**
 * What becomes of an attacker's articles: everything that readers and browsers take for HTML, in
 * every format and on the page, read as they read it, and judged by a list of its own.
 */

import { parseXml, type XmlElement } from '@rgrove/parse-xml'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { stringify } from 'yaml'
import { readCorpus } from '../../src/article/corpus.ts'
import { OWN_ADDRESSES } from '../../src/compile/own-addresses.ts'
import { Press } from '../../src/compile/press.ts'
import { StoredObject } from '../../src/edition/object.ts'
import type { Markup } from '../../src/markup/markup.ts'
import { aCache, aFolder, NOW, platform } from '../support/corpus.ts'
import { all } from './rules.ts'

/** An article as it was written: its HTML by the place where it stands. */
export type Written = {
  readonly body: string
  readonly markup: Markup
  readonly places: Readonly<Record<string, string>>
  /** What the gate says of it. */
  readonly refused: readonly string[]
}

/** Renders articles with these bodies, and with the same text in each slot of their front matter. */
export function written(bodies: readonly string[]): Written[] {
  const name = (index: number): string => `a-${String(index).padStart(5, '0')}`
  const files = bodies.map((body, index) => [`${name(index)}.md`, fileOf(body)] as const)
  const folder = aFolder({ 'x.png': new Uint8Array([1]), ...Object.fromEntries(files) })
  // What is reported is no matter here: whatever is rendered is harmless.
  const { corpus } = readCorpus(
    folder,
    { now: NOW },
    { platform, memo: aCache(), own: OWN_ADDRESSES },
  )
  if (!corpus) throw new Error('no site')
  const articles = new Map(corpus.articles.map((article) => [article.id, article]))
  const press = new Press(corpus, aCache(), platform)
  return bodies.flatMap((body, index) => {
    const article = articles.get(name(index))
    if (!article) return []
    const { object, findings } = press.render(article, NOW)
    const bytes = press.bytesOf(object)
    const refused = findings.malformed.map(({ detail }) => detail)
    const { markup } = corpus.bodyOf(article, new Set())
    return [
      { body, markup, places: placesOf(new StoredObject(bytes ?? new Uint8Array())), refused },
    ]
  })
}

function fileOf(body: string): string {
  const front = {
    title: `x ${body}`,
    published: '2026-02-01T10:00:00Z',
    updated: '2026-02-02T10:00:00Z',
    language: 'ar',
    summary: `x ${body}`,
    correction: `x ${body}`,
    reason: `x ${body}`,
    copyright: `x ${body}`,
    authors: [`x ${body}`.slice(0, 40).toWellFormed()],
    image: { src: 'x.png', alt: `x ${body}`, credit: `x ${body}` },
    attachments: [{ src: 'x.png', title: `x ${body}` }],
  }
  return `---\n${stringify(front)}---\n${body}\n`
}

function placesOf(object: StoredObject): Record<string, string> {
  const of = (part: string): string => new TextDecoder().decode(object.part(part)?.bytes)
  const rss = root(
    `<r xmlns:atom="a" xmlns:dc="d" xmlns:content="c" xmlns:media="m" xmlns:source="s">${of('rss')}</r>`,
  )
  const atom = root(of('atom'))
  const { content_html: json } = JSON.parse(of('json')) as { content_html: string }
  return {
    'RSS content:encoded': textOf(rss, 'content:encoded'),
    'RSS description': textOf(rss, 'description'),
    'Atom content': textOf(atom, 'content'),
    'JSON content_html': json,
    page: of('html'),
  }
}

function root(xml: string): XmlElement {
  const { root: found } = parseXml(xml)
  if (!found) throw new Error('no element')
  return found
}

function textOf(element: XmlElement, name: string): string {
  return all(element, name)
    .map(({ text }) => text)
    .join('')
}

type Node = DefaultTreeAdapterTypes.ChildNode

/** The nodes of HTML, as a browser has them. */
function nodesIn(html: string): Node[] {
  const visit = (nodes: readonly Node[]): Node[] =>
    nodes.flatMap((node) => [node, ...('childNodes' in node ? visit(node.childNodes) : [])])
  return visit(parseFragment(html).childNodes)
}

/** Elements that run, load or take part in nothing. */
const HARMLESS = new Set(
  (
    'a abbr article audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em ' +
    'figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p picture pre q rp rt ' +
    'ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track ' +
    'u ul var video wbr'
  ).split(' '),
)

/** The elements of a formula that only show it. */
const OF_FORMULAE = new Set(
  (
    'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace ' +
    'msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics'
  ).split(' '),
)

/** Whether an element is in the language of its name, and only parts of formulae are in formulae. */
function isHarmless(tagName: string, language: string, parent: string): boolean {
  if (!language.endsWith('/xhtml')) return language.endsWith('/MathML') && OF_FORMULAE.has(tagName)
  return HARMLESS.has(tagName) && !OF_FORMULAE.has(parent)
}

/** What there is in HTML that an attacker could have wanted. */
export function dangersIn(html: string): string[] {
  return nodesIn(html).flatMap((node) => {
    if (node.nodeName === '#text') return []
    if (!('tagName' in node)) return [node.nodeName]
    const { tagName, attrs, namespaceURI, parentNode } = node
    const strange = !isHarmless(tagName, namespaceURI, parentNode?.nodeName ?? '')
    const bad = attrs.filter(({ name, value }) => {
      if (/^(?:on|style|srcdoc|form|action|data|xlink|is$|name$)/.test(name)) return true
      const isAddress = /^(?:href|src|poster|cite|background)$/.test(name)
      return isAddress && !/^(?:https?:\/\/|mailto:|tel:|\/(?![/\\]))/i.test(value)
    })
    return [
      ...(strange ? [`<${tagName}>`] : []),
      ...bad.map(({ name, value }) => `${name}=${value}`),
    ]
  })
}

/** A tree as parse5 has it, in the words of `Markup`. */
export function markupOf(html: string): Markup {
  const visit = (nodes: readonly Node[]): Markup =>
    nodes.map((node) => {
      if ('tagName' in node) {
        const attributes = node.attrs.map(({ name, value }) => [name, value])
        return {
          name: node.tagName,
          attributes: Object.fromEntries(attributes) as Record<string, string>,
          children: visit(node.childNodes),
        }
      }
      return 'value' in node ? node.value : node.nodeName
    })
  return visit(parseFragment(html).childNodes)
}
