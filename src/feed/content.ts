/**
 * The HTML of an entry as readers show it: the article with its hero image, its correction note,
 * and its direction of writing. The same in all three formats.
 */

import type { Article, Person } from '../article/article.ts'
import { folderOfKind } from '../article/feed-kinds.ts'
import { foldersOf, headingOf } from '../article/folders.ts'
import { KINDS } from '../article/kinds.ts'
import { directionOf } from '../article/language.ts'
import { dayOfMoment, formatMoment } from '../article/moment.ts'
import type { Site } from '../article/site.ts'
import { wordsIn } from '../article/words.ts'
import { escapeText } from '../markup/escape.ts'
import { excerptOf } from '../markup/excerpt.ts'
import { htmlOf } from '../markup/markup.ts'
import { afterwordOf } from './afterword.ts'
import { element, parent } from './xml.ts'

/**
 * Writes the whole HTML of an entry. Readers know no style: what has to be seen is said in
 * elements.
 */
export function contentOf(article: Article, site: Site): string {
  const html =
    figureOf(article) +
    correctionOf(article, site) +
    article.html +
    htmlOf(afterwordOf(article, site))
  const direction = directionOf(article.language)
  // A reader writes from left to right, whatever language its document is in.
  if (article.language === site.language && direction === 'ltr') return html
  return `<div lang="${article.language}" dir="${direction}">${html}</div>`
}

/**
 * Writes the hero into the HTML: some readers show no other image (NetNewsWire ignores `media:`).
 */
function figureOf({ image, showsImage }: Article): string {
  if (!image || showsImage) return ''
  const { url, alt, width, height, credit } = image
  const img = parent('img', [], { src: url, alt, width, height })
  return parent('figure', credit ? [img, element('figcaption', credit)] : [img])
}

function correctionOf(
  { updated, published, moments, correction, language }: Article,
  site: Site,
): string {
  if (!correction || updated <= published) return ''
  const date = element('time', dayOfMoment(moments.updated), {
    datetime: formatMoment(moments.updated),
  })
  const { words, language: spoken } = wordsIn(language, site)
  const label = escapeText(words.correction + words.comma) + date
  return parent('p', [
    parent('strong', [label], { lang: spoken, dir: directionOf(spoken) }),
    escapeText(words.colon),
    element('span', correction),
  ])
}

/** Characters of a title that every reader shows. */
const LONGEST_TITLE = 300

/**
 * Returns the title that feeds carry: a very long one is cut between two characters, as people see
 * them.
 */
export function titleOf({ title }: Pick<Article, 'title'>): string {
  if (title.length <= LONGEST_TITLE) return title
  const characters = Array.from(new Intl.Segmenter().segment(title), ({ segment }) => segment)
  const cut = characters.slice(0, LONGEST_TITLE - 1).join('')
  return characters.length <= LONGEST_TITLE ? title : `${cut.trimEnd()}…`
}

export type Author = Omit<Person, 'slug'>

/**
 * Returns the authors of an entry, of whom there is at least one (RFC 4287 §4.1.2): where none is
 * named, the site.
 */
export function authorsOf({ authors }: Article, site: Site): Author[] {
  if (authors.length === 0) return [{ name: site.title, url: site.home }]
  return authors.map(({ name, url, avatar }) => ({ name, url, avatar }))
}

/** Returns an article's summary, or the beginning of its text. */
export function summaryOf({
  summary,
  markup,
  lead,
  language,
}: Pick<Article, 'summary' | 'markup' | 'lead' | 'language'>): string | undefined {
  return summary ?? (excerptOf(markup, lead, language) || undefined)
}

/** A category of an entry. */
type Category = {
  /** The word that articles use: a program knows the category by it. */
  readonly term: string
  /** The word that people read: the title in `site.yaml`, or the same. */
  readonly label: string
  /** The folder of its kind. */
  readonly scheme: string
}

/** Lists the categories of an entry. */
export function categoriesOf(article: Article, site: Site): Category[] {
  return foldersOf(article, site)
    .filter(({ kind }) => KINDS[kind].isCategory)
    .map((folder) => ({
      term: folder.label,
      label: headingOf(folder, site),
      scheme: site.base + folderOfKind(folder.kind),
    }))
}
