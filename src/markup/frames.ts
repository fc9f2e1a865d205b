/**
 * Frames as links: a video, a map or a post that is shown from elsewhere. No feed reader shows
 * frames, and a page that did would let strangers in.
 */

import { type ParsedElement, textOf } from './html-parser.ts'

/** The link in the place of a frame: an address, words, and a picture where there is one. */
export type FrameLink = {
  readonly href: string
  readonly title: string
  readonly picture: string | undefined
}

/** Attributes in which what is lazy keeps its address, until a script puts it into `src`. */
export const LAZY_SOURCES: readonly string[] = ['data-src', 'data-lazy-src', 'data-original']

/** The attributes that say what a frame shows, the one for a script first. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  iframe: [...LAZY_SOURCES, 'src'],
  embed: ['src'],
  object: ['data'],
}

/** A player that is known: what its frames show, where people see that, and its picture. */
type Player = {
  readonly frame: RegExp
  readonly page: (id: string) => string
  readonly picture?: (id: string) => string
}

const KNOWN_PLAYERS: readonly Player[] = [
  {
    frame: /^(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{11})(?![\w-])/,
    page: (id) => `https://www.youtube.com/watch?v=${id}`,
    picture: (id) => `https://i.ytimg.com/vi/${id}/hqdefault.jpg`,
  },
  { frame: /^player\.vimeo\.com\/video\/(\d+)/, page: (id) => `https://vimeo.com/${id}` },
  {
    frame: /^(?:www\.|geo\.)?dailymotion\.com\/embed\/video\/(\w+)/,
    page: (id) => `https://www.dailymotion.com/video/${id}`,
    picture: (id) => `https://www.dailymotion.com/thumbnail/video/${id}`,
  },
  {
    frame: /^open\.spotify\.com\/embed\/(\w+\/\w+)/,
    page: (id) => `https://open.spotify.com/${id}`,
  },
  {
    frame: /^platform\.twitter\.com\/embed\/[\w.]*\?(?:[^#]*&)?id=(\d+)/,
    page: (id) => `https://twitter.com/i/status/${id}`,
  },
]

/** Reads a frame as a link; undefined for any other element, and for one that shows no address. */
export function frameLinkOf(element: ParsedElement): FrameLink | undefined {
  const { tagName, attrs, childNodes } = element
  const sources = Object.hasOwn(SOURCES, tagName) ? SOURCES[tagName] : undefined
  // Asked of every element: most are none, and that has to cost nothing.
  if (sources === undefined) return undefined
  const given = new Map(attrs.map(({ name, value }) => [name, value.trim()]))
  const address = sources.map((source) => given.get(source)).find(Boolean)
  if (!address || /^(?:about|data|javascript):/i.test(address)) return undefined
  // What stands in an object is read by everybody who cannot show it.
  if (tagName === 'object' && childNodes.some((node) => textOf(node)?.trim() !== ''))
    return undefined
  const place = address.replace(/^(?:https?:)?\/\//i, '')
  const title = given.get('title') || given.get('aria-label') || hostIn(place)
  for (const { frame, page, picture } of KNOWN_PLAYERS) {
    const id = frame.exec(place)?.[1]
    if (id) return { href: page(id), title, picture: picture?.(id) }
  }
  return { href: address, title, picture: undefined }
}

function hostIn(place: string): string {
  return place.replace(/[/?#].*$/, '').replace(/^www\./, '') || place
}
