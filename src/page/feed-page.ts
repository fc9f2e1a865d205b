/** The page of a feed: how to subscribe to it, and its newest articles. The first is the front page. */

import type { Listing } from '../article/article.ts'
import type { Site } from '../article/site.ts'
import { directionOf } from '../feed/content.ts'
import { FORMATS } from '../feed/formats.ts'
import { dateOf } from './date.ts'
import { type Html, html } from './html.ts'
import { closePage, feedLinks, openBody, openPage } from './layout.ts'

/** An article in a list: with its summary, or the beginning of its text. */
export type Line = { readonly article: Listing; readonly summary: string | undefined }

/** A feed, as its page shows it; `name` is its folder. */
export type PageOfFeed = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly language: string
}

export function feedPage(
  site: Site,
  feed: PageOfFeed,
  articles: readonly Line[],
  others: readonly { readonly name: string; readonly title: string }[],
  stylesheet: string,
): string {
  const { name, title, description, language } = feed
  const canonical = site.base + name
  const head = openPage({
    title,
    language,
    canonical,
    description,
    more: html`${name !== '/' && feedLinks(name, title)}`,
  })
  const page = html`${head}${openBody(site, stylesheet)}<h1>${title}</h1>
<p>${description}</p>
<section aria-labelledby="subscribe"><h2 id="subscribe">Subscribe</h2>
<ul>${FORMATS.map(
    (
      format,
    ) => html`<li><a href="${name}${format.file}">${format.title}</a> <code>${canonical}${format.file}</code></li>
`,
  )}</ul></section>
<section aria-labelledby="newest"><h2 id="newest">Newest</h2>
<ol>${articles.map(line)}</ol></section>${otherFeeds(others)}${closePage(site)}`
  return String(page)
}

function line({ article, summary }: Line): Html {
  const { id, title, published, language } = article
  return html`<li lang="${language}" dir="${directionOf(language)}"><a href="/articles/${id}">${title}</a> ${dateOf(published, language)}<p>${summary}</p></li>
`
}

function otherFeeds(feeds: readonly { readonly name: string; readonly title: string }[]): Html {
  if (feeds.length === 0) return html``
  return html`<section aria-labelledby="feeds"><h2 id="feeds">Feeds</h2>
<ul>${feeds.map(
    ({ name, title }) => html`<li><a href="${name}">${title}</a></li>
`,
  )}</ul><p><a href="/feeds.opml">All feeds as OPML</a></p></section>`
}
