/**
 * The HTML of an entry as readers show it: the article with its hero image, its correction note,
 * and its direction of writing. All three formats carry the same.
 */

import type { Article, Person } from '../article/article.ts'
import { formatInstant } from '../article/instant.ts'
import { type Markup, textsIn } from '../article/markup.ts'
import type { Site } from '../article/site.ts'
import { element, parent } from './xml.ts'

/** Languages that are written from right to left, by primary subtag. */
const RIGHT_TO_LEFT = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'he',
  'ks',
  'ps',
  'sd',
  'syr',
  'ug',
  'ur',
  'yi',
])

/** Returns the direction in which a language is written: a script that is named decides. */
export function directionOf(language: string): 'rtl' | 'ltr' {
  const [primary = '', script] = language.split('-')
  return script === 'Arab' || script === 'Hebr' || RIGHT_TO_LEFT.has(primary) ? 'rtl' : 'ltr'
}

/**
 * Returns the whole HTML of an entry. Readers know no style: what has to be seen is said in
 * elements.
 */
export function contentOf(article: Article, site: Site): string {
  const html = figureOf(article) + correctionOf(article) + article.html
  if (article.language === site.language) return html
  const direction = directionOf(article.language)
  return `<div lang="${article.language}" dir="${direction}">${html}</div>`
}

/**
 * Writes the hero image: some readers show none but those in the HTML (NetNewsWire ignores
 * `media:`).
 */
function figureOf({ image }: Article): string {
  if (!image) return ''
  const { url, alt, width, height, credit } = image
  const img = parent('img', [], { src: url, alt, width, height })
  return parent('figure', credit ? [img, element('figcaption', credit)] : [img])
}

/** Writes the correction note that stands above the text; nothing, if nothing was corrected. */
export function correctionOf({ updated, published, correction }: Article): string {
  if (!correction || updated <= published) return ''
  const instant = formatInstant(updated)
  const date = element('time', instant.slice(0, 10), { datetime: instant })
  return `<p><strong lang="en" dir="ltr">Correction, ${date}</strong>: ${element('span', correction)}</p>`
}

/** The number of characters of a title that every reader shows. */
const LONGEST_TITLE = 300

/**
 * Returns a title as feeds carry it: a very long one is cut between two characters, as people see
 * them.
 */
export function titleOf({ title }: Pick<Article, 'title'>): string {
  if (title.length <= LONGEST_TITLE) return title
  const characters = Array.from(new Intl.Segmenter().segment(title), ({ segment }) => segment)
  const cut = characters.slice(0, LONGEST_TITLE - 1).join('')
  return characters.length <= LONGEST_TITLE ? title : `${cut.trimEnd()}…`
}

/** Returns a media type without its parameters, as feeds and links name one. */
export function bareType(type: string): string {
  return type.replace(/;.*$/, '')
}

/** An author as feeds name one. */
export type Author = Omit<Person, 'slug'>

/**
 * Returns the authors of an entry, which has one at least (RFC 4287 §4.1.2): the site, where none
 * is named.
 */
export function authorsOf({ authors }: Article, site: Site): Author[] {
  if (authors.length === 0) return [{ name: site.title, url: site.home }]
  return authors.map(({ name, url, avatar }) => ({ name, url, avatar }))
}

/** Returns an article's summary, or the beginning of its text. */
export function summaryOf({
  summary,
  markup,
}: Pick<Article, 'summary' | 'markup'>): string | undefined {
  return summary ?? (excerptOf(markup) || undefined)
}

/** Elements that nobody reads aloud: code, tables, the marks of footnotes. */
const NOT_TOLD = new Set(['pre', 'sup', 'table'])

function excerptOf(markup: Markup): string {
  const text = textsIn(markup, NOT_TOLD).join(' ').replace(/\s+/g, ' ').trim()
  if (text.length <= 280) return text
  const words = text.slice(0, 280)
  return `${words.slice(0, Math.max(words.lastIndexOf(' '), 200)).toWellFormed()}…`
}
