/** Parts of a text: names by which links lead to them, on the page and from elsewhere. */

import GithubSlugger from 'github-slugger'
import {
  elementsAmong,
  isOfHtml,
  type ParsedElement,
  type ParsedNode,
  textAmong,
} from './html-parser.ts'
import type { OnLoss } from './loss.ts'
import { elementsIn, type Markup, mapElements } from './markup.ts'
import { percentDecoded } from './text.ts'

const HEADING = /^h[1-6]$/

/**
 * Names the parts of a text: a heading as GitHub does, and an anchor with a `name` by that. An `id`
 * that its author wrote stays.
 */
export function nameParts(nodes: readonly ParsedNode[]): void {
  const slugger = new GithubSlugger()
  const elements = elementsAmong(nodes).filter(isOfHtml)
  for (const element of elements) {
    nameByName(element)
    const written = attributeOf(element, 'id')
    if (written !== undefined) slugger.occurrences[written] ??= 0
  }
  for (const element of elements) {
    if (!HEADING.test(element.tagName) || attributeOf(element, 'id') !== undefined) continue
    const words = textAmong(element.childNodes).trim()
    if (words !== '') setId(element, slugger.slug(words))
  }
}

/** Reads the `name` of an anchor, as people wrote it before there were ids, as its `id`. */
function nameByName(element: ParsedElement): void {
  const { tagName, attrs } = element
  const name = attrs.find((attribute) => attribute.name === 'name')
  const id = attributeOf(element, 'id')
  if (tagName !== 'a' || !name || (id !== undefined && id !== name.value.trim())) return
  attrs.splice(attrs.indexOf(name), 1)
  if (name.value.trim() !== '') setId(element, name.value)
}

function attributeOf({ attrs }: ParsedElement, key: string): string | undefined {
  return attrs.find(({ name }) => name === key)?.value.trim() || undefined
}

function setId({ attrs }: ParsedElement, value: string): void {
  const id = attrs.find(({ name }) => name === 'id')
  if (id) id.value = value
  else attrs.push({ name: 'id', value })
}

/** Lists the names of the parts of a text. */
export function partsIn(markup: Markup): Set<string> {
  return new Set(elementsIn(markup).flatMap(({ attributes }) => attributes['id'] ?? []))
}

/**
 * Tells whether a fragment leads where it says, as browsers read it (WHATWG HTML §7.4.6.4): to a
 * part, to the top of its document, or to some words of the text.
 */
export function isLanding(fragment: string, parts: ReadonlySet<string>): boolean {
  const part = partNamedBy(fragment)
  return part === '' || parts.has(part) || parts.has(percentDecoded(part)) || /^top$/i.test(part)
}

/** Returns what a fragment says of a part; what it says of words in the text comes after that. */
export function partNamedBy(fragment: string): string {
  const [part = ''] = fragment.split(':~:', 1)
  return part
}

/**
 * Tells whether a name is still free, and takes it; `at` is the offset of who asks. Names lead to one
 * part: the first that has it.
 */
export type TakeName = (name: string, at: number) => boolean

/** Makes the keeper of the names of one text. */
export function createNames(onLoss: OnLoss): TakeName {
  const takers = new Map<string, number>()
  return (name, at) => {
    const first = takers.get(name)
    // The parser mends an element by several, of which the author wrote one.
    if (first !== undefined && first !== at) onLoss({ reason: 'same-part', name }, at)
    if (first === undefined) takers.set(name, at)
    return name !== '' && first === undefined
  }
}

/**
 * Stands between the name of a text and that of its part: no id of an article has two hyphens side
 * by side, or ends in one, so that no two texts can have a part with the same name.
 */
const SCOPE_END = '--'

/** Names parts so that several texts can stand in one document; its footnotes have such names already. */
export function withScope(markup: Markup, scope: string): Markup {
  const isScoped = (id: string): boolean =>
    [`fn-${scope}-`, `fnref-${scope}-`].some(
      (beginning) => id.startsWith(beginning) && /^\d+(?::\d+)?$/.test(id.slice(beginning.length)),
    )
  return mapElements(markup, (element) => {
    const { id } = element.attributes
    if (id === undefined || isScoped(id)) return element
    return { ...element, attributes: { ...element.attributes, id: scope + SCOPE_END + id } }
  })
}
