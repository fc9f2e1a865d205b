/**
 * The elements and attributes of which the HTML of an article may consist: the intersection of what
 * the W3C feed validator accepts and what the common readers keep. What is not named here does not
 * exist.
 */

import { ALERTS } from './github.ts'
import { MATHML_ATTRIBUTES, MATHML_ELEMENTS, MATHML_EVERYWHERE } from './mathml.ts'

/** Attributes by the name of their element. */
export type AllowList = ReadonlyMap<string, ReadonlySet<string>>

const ELEMENTS =
  'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn dl dt em ' +
  'figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp ' +
  'section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul ' +
  'var video wbr'

const EVERYWHERE = 'dir id lang title'

const ATTRIBUTES: Readonly<Record<string, string>> = {
  a: 'href hreflang',
  audio: 'src controls loop muted preload',
  blockquote: 'class',
  code: 'class',
  col: 'span',
  colgroup: 'span',
  details: 'open',
  img: 'src srcset sizes alt width height',
  li: 'class value',
  ol: 'start type reversed',
  pre: 'class',
  source: 'src srcset sizes type media width height',
  td: 'align colspan rowspan',
  th: 'align colspan rowspan scope',
  time: 'datetime',
  track: 'src kind srclang label default',
  video: 'src poster controls loop muted playsinline preload width height',
}

/** The elements and attributes that an author may use. */
export const ARTICLE: AllowList = new Map([
  ...extended(new Map(), ELEMENTS, EVERYWHERE, ATTRIBUTES),
  ...extended(new Map(), MATHML_ELEMENTS, MATHML_EVERYWHERE, MATHML_ATTRIBUTES),
])

/** Extends a list by elements, and by attributes: some everywhere, and some by element. */
export function extended(
  list: AllowList,
  elements: string,
  everywhere: string,
  attributes: Readonly<Record<string, string>> = {},
): AllowList {
  const names = new Set([...list.keys(), ...elements.split(' ')])
  return new Map(
    Array.from(names, (name) => {
      const own = attributes[name]?.split(' ') ?? []
      return [name, new Set([...(list.get(name) ?? []), ...everywhere.split(' '), ...own])]
    }),
  )
}

/** The attributes whose value is an address, and the use that each makes of it. */
const ADDRESSES: Readonly<Record<string, 'link' | 'media' | 'candidates'>> = {
  href: 'link',
  poster: 'media',
  src: 'media',
  srcset: 'candidates',
}

/** The language of code, as the HTML standard spells it, and as several highlighters do. */
const CODE_LANGUAGE = /(?:^|\s)(lang(?:uage)?-[\w+#.-]{1,40})(?=\s|$)/

/** The classes that mean something, by element: one of them is kept, and no other. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  blockquote: new RegExp(`(?:^|\\s)(alert-(?:${ALERTS.join('|')}))(?=\\s|$)`),
  code: CODE_LANGUAGE,
  li: /(?:^|\s)(task)(?=\s|$)/,
  pre: CODE_LANGUAGE,
}

/** Returns the class of an element that means something, if it has one. */
export function classIn(element: string, classes: string): string | undefined {
  return CLASSES[element]?.exec(classes)?.[1]
}

/** Returns how a cell is aligned, if it is said in a word that a browser knows. */
export function alignmentIn(value: string): string | undefined {
  return /^\s*(left|center|right)\s*$/i.exec(value)?.[1]?.toLowerCase()
}

const LINK = /^(?:https?|mailto|tel|xmpp|geo):/i
const MEDIA = /^https?:/i

/** Tells what an attribute does with an address; undefined for one that has none. */
export function useOf(attribute: string): 'link' | 'media' | 'candidates' | undefined {
  return Object.hasOwn(ADDRESSES, attribute) ? ADDRESSES[attribute] : undefined
}

/** Tells whether an address may be linked to, or be shown from. */
export function isAllowed(address: string, use: 'link' | 'media'): boolean {
  return (use === 'link' ? LINK : MEDIA).test(address)
}
