/** The front page: the newest articles, and how to subscribe. */

import type { Listing } from '../article/article.ts'
import type { Site } from '../article/site.ts'
import { directionOf } from '../feed/content.ts'
import { FORMATS } from '../feed/formats.ts'
import { dateOf } from './date.ts'
import { type Html, html } from './html.ts'
import { closePage, openBody, openPage } from './layout.ts'

/** An article in a list: with its summary, or the beginning of its text. */
export type Line = { readonly article: Listing; readonly summary: string | undefined }

export function frontPage(site: Site, articles: readonly Line[], stylesheet: string): string {
  const { title, language, description, base } = site
  const page = html`${openPage({ title, language, canonical: `${base}/`, description })}${openBody(site, stylesheet)}<h1>${title}</h1>
<p>${description}</p>
<section aria-labelledby="subscribe"><h2 id="subscribe">Subscribe</h2>
<ul>${FORMATS.map(
    (
      format,
    ) => html`<li><a href="/${format.file}">${format.title}</a> <code>${base}/${format.file}</code></li>
`,
  )}</ul></section>
<section aria-labelledby="newest"><h2 id="newest">Newest</h2>
<ol>${articles.map(line)}</ol></section>${closePage(site)}`
  return String(page)
}

function line({ article, summary }: Line): Html {
  const { id, title, published, language } = article
  return html`<li lang="${language}" dir="${directionOf(language)}"><a href="/articles/${id}">${title}</a> ${dateOf(published, language)}<p>${summary}</p></li>
`
}
