/**
 * The elements and attributes of which the HTML of an article may consist: the intersection of what
 * the W3C feed validator accepts and what the common readers keep. What is not named here does not
 * exist.
 */

/** Attributes by the name of their element. */
export type AllowList = ReadonlyMap<string, ReadonlySet<string>>

const ELEMENTS =
  'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del dfn dl dt em ' +
  'figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp ' +
  'small source span strong sub sup table tbody td tfoot th thead time tr u ul var video wbr'

const EVERYWHERE = 'dir lang title'

const ATTRIBUTES: Readonly<Record<string, string>> = {
  a: 'href hreflang id',
  audio: 'src controls',
  col: 'span',
  colgroup: 'span',
  img: 'src srcset sizes alt width height',
  li: 'id value',
  ol: 'start type reversed',
  source: 'src srcset type media',
  td: 'colspan rowspan',
  th: 'colspan rowspan scope',
  time: 'datetime',
  video: 'src poster controls width height',
}

/** The elements and attributes that an author may use. */
export const ARTICLE: AllowList = extended(new Map(), ELEMENTS, EVERYWHERE, ATTRIBUTES)

/** A list with more elements, and with more attributes: some everywhere, and some by element. */
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

const LINK = /^(?:https?|mailto|tel|xmpp|geo):/i
const MEDIA = /^https?:/i

/** What an attribute does with an address; undefined for one that has none. */
export function useOf(attribute: string): 'link' | 'media' | 'candidates' | undefined {
  return Object.hasOwn(ADDRESSES, attribute) ? ADDRESSES[attribute] : undefined
}

/** Tells whether an address may be linked to, or be shown from. */
export function isAllowed(address: string, use: 'link' | 'media'): boolean {
  return (use === 'link' ? LINK : MEDIA).test(address)
}
