/** Links in the head of an article's page: to its languages, its feeds, its own documents. */

import type { Article } from '../article/article.ts'
import { foldersOf, headingOf } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import { wordsIn } from '../article/words.ts'
import { SINGLE_FORMATS } from '../feed/formats.ts'
import { type Html, html } from './html.ts'
import { feedLinks } from './layout.ts'

export function articleLinks(article: Article, site: Site): Html {
  return html`${linksToFeeds(article, site)}${linksToLanguages(article)}${linksToDocuments(article, site)}`
}

/** Links to the feeds in which somebody who reads this article finds more like it. */
function linksToFeeds(article: Article, site: Site): Html[] {
  return foldersOf(article, site).flatMap((folder) =>
    feedLinks(folder.name, `${site.title}: ${headingOf(folder, site)}`),
  )
}

/**
 * Links to the article's own documents, behind the feeds: who looks for one to subscribe to takes
 * the first.
 */
function linksToDocuments({ id, language }: Article, site: Site): Html[] {
  const { this_article: words } = wordsIn(language, site).words
  return SINGLE_FORMATS.map(
    ({ name, single: { mediaType, title } }) => html`
      <link rel="alternate" type="${mediaType.replace('; charset=utf-8', '')}" \
        title="${words} (${title})" href="/articles/${id}.${name}">
    `,
  )
}

/** Links to the article in each language, its own among them: only then crawlers follow any. */
function linksToLanguages({ language, url, translations }: Article): Html[] {
  const all = translations.length === 0 ? [] : [{ language, url }, ...translations]
  return all.map(
    (one) => html`
      <link rel="alternate" hreflang="${one.language}" href="${one.url}">
    `,
  )
}
