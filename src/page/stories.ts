/** Lists of articles: as stories, with image and summary, and as lines, a title each. */

import type { Listing } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import { localAddress } from './address.ts'
import { dateOf } from './date.ts'
import { folderLink } from './folder.ts'
import { type Html, html } from './html.ts'
import { inLanguage } from './language.ts'

/** An article in a list: with its summary, or the beginning of its text. */
export type Line = { readonly article: Listing; readonly summary: string | undefined }

/**
 * Lists stories: the first is the lead, and its image is there at once; the others come when they
 * are near.
 */
export function storyList(lines: readonly Line[], site: Site): Html {
  return html`<ol class="stories">${lines.map((line, index) => story(line, site, index === 0))}</ol>`
}

function story({ article, summary }: Line, site: Site, isLead: boolean): Html {
  const { title, published, language } = article
  return html`
<li><article class="story${isLead && ' lead'}" ${inLanguage(language)}>
${picture(article, site, isLead)}${kickerOf(article, site)}<h2><a href="${localAddress(article.url, site)}">${title}</a></h2>
<p class="summary">${summary}</p>
<p class="meta">${dateOf(published, language)}${article.authors.map(({ name }) => html` · ${name}`)}</p>
</article></li>`
}

/**
 * Shows the image of a story, without words: the title beside it says what the story is about, and
 * a reader that speaks need not say it twice.
 */
function picture({ image }: Listing, site: Site, isLead: boolean): Html | undefined {
  if (!image) return undefined
  const loading = isLead ? html`fetchpriority="high"` : html`loading="lazy"`
  return html`<img src="${localAddress(image.url, site)}" alt="" width="640" height="360" ${loading}>
`
}

/** Writes the section of an article, as a link to its page. */
export function kickerOf(article: Parameters<typeof foldersOf>[0], site: Site): Html | undefined {
  const section = foldersOf(article, site).find(({ kind }) => kind === 'sections')
  if (!section) return undefined
  return html`<p class="kicker">${folderLink(section, site)}</p>
`
}

/** Titles only. */
export function lineList(articles: readonly Listing[], site: Site): Html {
  const items = articles.map(
    ({ url, title, language }) => html`
<li ${inLanguage(language)}><p><a href="${localAddress(url, site)}">${title}</a></p></li>`,
  )
  return html`<ul class="lines">${items}</ul>`
}
