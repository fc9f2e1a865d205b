/** The lines below a headline: who wrote the article, when, and in which languages it can be read. */

import type { Article } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import { nameOfLanguage } from '../article/language.ts'
import type { Site } from '../article/site.ts'
import { localAddress } from './address.ts'
import { timeElement } from './date.ts'
import { folderLink } from './folder.ts'
import { type Html, html } from './html.ts'
import { inLanguage, voiceIn } from './language.ts'

/** Writes the byline of an article. */
export function byline(article: Article, site: Site): Html {
  const { published, updated, moments, language } = article
  return html`
    <div class="byline">
      ${authorsLine(article, site)}
      <p>${timeElement(moments.published, language, 'moment')}</p>
      ${updated > published && correctedLine(article, site)}\
      ${readIn(article, site)}\
    </div>
  `
}

function authorsLine(article: Article, site: Site): Html | undefined {
  const authors = foldersOf(article, site).filter(({ kind }) => kind === 'authors')
  if (authors.length === 0) return undefined
  return html`<p>${inARow(authors.map((author) => folderLink(author, site, 'author')))}</p>`
}

function correctedLine({ moments, language }: Article, site: Site): Html {
  const { words, mark } = voiceIn(language, site)
  const date = timeElement(moments.updated, language, 'moment')
  return html`<p><span${mark}>${words.corrected}</span> ${date}</p>`
}

/** Puts dots between links that stand on one line. */
function inARow(links: readonly Html[]): Html[] {
  return links.map((link, index) => html`${index > 0 && ' · '}${link}`)
}

/** Links to the article in other languages, each named in its own. */
function readIn({ translations }: Article, site: Site): Html {
  if (translations.length === 0) return html``
  const links = translations.map(({ language, url }) => {
    const name = nameOfLanguage(language, language)
    return html`
      <a href="${localAddress(url, site)}" hreflang="${language}" ${inLanguage(language)}>${name}</a>`
  })
  return html`
    <p>${inARow(links)}</p>
  `
}
