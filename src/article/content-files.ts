/** The files of `content/` by their names: which are articles, and which are passed over, and why. */

import type { Finding } from './problem.ts'

const ARTICLE_FILE = /\.(?:md|markdown)$/

/** Tells whether a file is an article, as its name says. */
export function isArticleFile(file: string): boolean {
  return ARTICLE_FILE.test(file) && !isReadme(file) && passedOver(file) === undefined
}

/** Tells whether a file stands for the folder in which it is. */
export function isIndex(file: string): boolean {
  return /\/index\.(?:md|markdown)$/.test(file)
}

/** Returns the name of an article: that of its file, or of the folder that it stands for. */
export function nameOf(file: string): string {
  const [last = '', folder = ''] = file.split('/').toReversed()
  return isIndex(file) ? folder : last.replace(ARTICLE_FILE, '')
}

/** Tells whether a file would be an article, if anything: it is not served as it is. */
export function isMarkdown(file: string): boolean {
  return ARTICLE_FILE.test(file) || OTHER_SPELLING.test(file)
}

/** Tells whether a file is for whoever works on `content/`, as GitHub shows it for a folder. */
export function isReadme(file: string): boolean {
  return /(?:^|\/)(?:README|Readme)(?:\.[A-Za-z]+)?$/.test(file)
}

const OTHER_SPELLING = /\.(?:md|markdown|mdown|mdwn|mdtxt|mdtext|mkd|mkdn|mkdown)$/i
const OTHER_FORMAT =
  /\.(?:mdx|mdoc|markdoc|x?html?|rst|adoc|asciidoc|org|textile|qmd|rmd|ipynb|tex)$/i
const LIST_PAGE = /(?:^|\/)_index(?:\.[a-z-]+)?\.(?:md|markdown)$/i
const SET_ASIDE = /(?:^|\/)_drafts\//

/** Tells why a file that may hold an article is not read; undefined if its name says nothing. */
export function passedOver(file: string): Finding | undefined {
  const isArticle = ARTICLE_FILE.test(file)
  const isOther = !isArticle && OTHER_SPELLING.test(file)
  const isText = isArticle || isOther || OTHER_FORMAT.test(file)
  if (isText && SET_ASIDE.test(file)) return { reason: 'set-aside' }
  if (LIST_PAGE.test(file)) return { reason: 'list-page' }
  if (isOther) return { reason: 'other-ending' }
  return isText && !isArticle ? { reason: 'other-format' } : undefined
}
