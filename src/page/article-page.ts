/**
 * An article's page, in two objects: what is the article's own, and the shell around it. A new
 * navigation or stylesheet rewrites the shell and no article.
 */

import type { Article } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import { contentOf, directionOf, summaryOf } from '../feed/content.ts'
import { dateOf } from './date.ts'
import { type Html, html, trusted } from './html.ts'
import { closePage, feedLinks, openBody, openPage } from './layout.ts'

/** The article's part of the head, and of the body. */
export function articlePage(
  article: Article,
  site: Site,
): { readonly head: string; readonly body: string } {
  const { title, language, url, published, updated } = article
  const head = openPage({
    title: `${title} — ${site.title}`,
    language,
    canonical: url,
    description: summaryOf(article),
    more: html`<link rel="alternate" type="application/feed+json" href="/articles/${article.id}.json">
<link rel="alternate" type="application/atom+xml; type=entry" href="/articles/${article.id}.atom">
${languagesOf(article)}${feedsOfArticle(article, site)}`,
  })
  const body = html`<article lang="${language}" dir="${directionOf(language)}">
<h1>${title}</h1>
<p>${dateOf(published, language)}${updated > published && html` (${dateOf(updated, language)})`} ${article.authors.map(({ name }) => name).join(', ')}</p>
${trusted(contentOf(article, site))}
${attachments(article)}</article>`
  return { head: String(head), body: String(body) }
}

/** The shell: what stands between the article's head and body, and after them. */
export function articleShell(
  site: Site,
  stylesheet: string,
): { readonly head: string; readonly tail: string } {
  return { head: String(openBody(site, stylesheet)), tail: String(closePage(site)) }
}

/** The feeds in which somebody who reads this article finds more like it. */
function feedsOfArticle(article: Article, site: Site): Html[] {
  return foldersOf(article).flatMap(({ name, label }) => feedLinks(name, `${site.title}: ${label}`))
}

/** The article in each of its languages, itself among them: only then crawlers follow any. */
function languagesOf({ language, url, translations }: Article): Html[] {
  const all = translations.length === 0 ? [] : [{ language, url }, ...translations]
  return all.map(
    (one) => html`<link rel="alternate" hreflang="${one.language}" href="${one.url}">
`,
  )
}

function attachments({ attachments: list }: Article) {
  if (list.length === 0) return html``
  return html`<ul>${list.map(({ url, title }) => html`<li><a href="${url}">${title ?? url}</a></li>`)}</ul>
`
}
