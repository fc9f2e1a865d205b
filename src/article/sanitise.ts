/**
 * HTML that every reader shows and none fears: an allow-list of elements and attributes, and
 * absolute addresses only.
 *
 * The only importer of the sanitiser. The list is about the intersection of what the W3C feed
 * validator accepts and what the common readers keep.
 */

import sanitizeHtml from 'sanitize-html'

/** What the addresses inside the HTML stand for, and who is told of what is wrong. */
export type Surroundings = {
  /** What an address becomes; undefined removes it. */
  readonly rewrite: Rewrite
  /** The size of the image at an address, if it is known. */
  readonly sizeOf: (src: string) => Size | undefined
  /** Told of every image that says nothing to a blind reader. */
  readonly onImageWithoutAlt: (src: string) => void
}

type Size = { readonly width?: number | undefined; readonly height?: number | undefined }
type Rewrite = (reference: string, kind: 'link' | 'media') => string | undefined

const TAGS = (
  'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del dfn dl dt em ' +
  'figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp ' +
  'small source span strong sub sup table tbody td tfoot th thead time tr u ul var video wbr'
).split(' ')

const MEDIA_ATTRIBUTES = ['src', 'poster']

/** Cleans HTML. Images whose size is known keep room for themselves, unless they say another. */
export function sanitise(
  html: string,
  { rewrite, sizeOf, onImageWithoutAlt }: Surroundings,
): string {
  const rewriteAll = (tagName: string, given: sanitizeHtml.Attributes): sanitizeHtml.Tag => {
    const attribs: Record<string, string> = {}
    for (const [name, value] of Object.entries(given)) {
      const rewritten = rewriteAttribute(name, value, rewrite)
      if (rewritten !== undefined) attribs[name] = rewritten
    }
    if (tagName === 'img') {
      if (!given['alt']?.trim()) onImageWithoutAlt(given['src'] ?? '')
      Object.assign(attribs, roomFor(given, sizeOf))
    }
    return { tagName, attribs }
  }
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': ['dir', 'lang', 'title'],
      a: ['href', 'hreflang', 'id'],
      audio: ['src', 'controls'],
      bdo: ['dir'],
      col: ['span'],
      colgroup: ['span'],
      img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height'],
      li: ['id', 'value'],
      ol: ['start', 'type', 'reversed'],
      source: ['src', 'srcset', 'type', 'media'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan', 'scope'],
      time: ['datetime'],
      video: ['src', 'poster', 'controls', 'width', 'height'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'xmpp', 'geo'],
    allowedSchemesByTag: { img: ['http', 'https'], source: ['http', 'https'] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    transformTags: { '*': rewriteAll },
  })
}

function roomFor(
  { src, width, height }: sanitizeHtml.Attributes,
  sizeOf: Surroundings['sizeOf'],
): Record<string, string> {
  const size = width === undefined && height === undefined && src ? sizeOf(src) : undefined
  return size?.width && size.height
    ? { width: String(size.width), height: String(size.height) }
    : {}
}

function rewriteAttribute(name: string, value: string, rewrite: Rewrite): string | undefined {
  if (name === 'href') return rewrite(value, 'link')
  if (MEDIA_ATTRIBUTES.includes(name)) return rewrite(value, 'media')
  if (name !== 'srcset') return value
  // Each candidate is an address and a descriptor (WHATWG HTML §4.8.4.2.1).
  const candidates = value.split(/,\s+/).map((candidate) => {
    const [address = '', ...descriptor] = candidate.trim().split(/\s+/)
    return [rewrite(address, 'media'), ...descriptor]
  })
  return candidates
    .filter(([address]) => address)
    .map((parts) => parts.join(' '))
    .join(', ')
}
