/** The links in the head of an article's page: its languages, its feeds, its own documents. */

import type { Article } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import { SINGLE_FORMATS } from '../feed/formats.ts'
import { headingOf } from './folder.ts'
import { type Html, html } from './html.ts'
import { feedLinks } from './layout.ts'

export function articleLinks(article: Article, site: Site): Html {
  return html`${languagesOf(article)}${feedsOf(article, site)}${documentsOf(article)}`
}

/** Links the feeds in which somebody who reads this article finds more like it. */
function feedsOf(article: Article, site: Site): Html[] {
  return foldersOf(article, site).flatMap((folder) =>
    feedLinks(folder.name, `${site.title}: ${headingOf(folder, site)}`),
  )
}

/**
 * Links the article's own documents, behind the feeds: a reader that looks for something to
 * subscribe to takes the first.
 */
function documentsOf({ id }: Article): Html[] {
  return SINGLE_FORMATS.map(
    ({ name, single: { mediaType, title } }) =>
      html`<link rel="alternate" type="${mediaType.replace('; charset=utf-8', '')}" title="This article (${title})" href="/articles/${id}.${name}">
`,
  )
}

/** Links the article in each of its languages, itself among them: only then crawlers follow any. */
function languagesOf({ language, url, translations }: Article): Html[] {
  const all = translations.length === 0 ? [] : [{ language, url }, ...translations]
  return all.map(
    (one) => html`<link rel="alternate" hreflang="${one.language}" href="${one.url}">
`,
  )
}
