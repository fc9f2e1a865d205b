/** Lists of articles: as stories, with image and summary, or as lines, with a title each. */

import type { Listing } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import { isSameLanguage } from '../article/language.ts'
import type { Site } from '../article/site.ts'
import { localAddress } from './address.ts'
import { timeElement } from './date.ts'
import { folderLink } from './folder.ts'
import { type Html, html, onLines } from './html.ts'
import { inLanguage } from './language.ts'

/** An article in a list, with its summary, or the beginning of its text. */
export type Story = { readonly article: Listing; readonly summary: string | undefined }

/** The newest stories, among which a lead is looked for: what a reader sees without scrolling far. */
const NEWEST = 8

/**
 * Lists stories, the newest first, behind the lead: its image loads at once, the others load when
 * they are near.
 */
export function storyList(stories: readonly Story[], site: Site): Html {
  const lead = leadingStoryOf(stories)
  const ordered = lead ? [lead, ...stories.filter((story) => story !== lead)] : []
  const items = ordered.map((story) => storyItem(story, site, story === lead))
  return html`<ol class="stories">${onLines(items)}</ol>`
}

/**
 * Chooses the story above all others: the newest one, or one nearly as new that has an image and
 * whoever reads the newest can read too.
 */
function leadingStoryOf(stories: readonly Story[]): Story | undefined {
  const [newest] = stories
  const shown = stories.slice(0, NEWEST).find(({ article: { image, language } }) => {
    return image && isSameLanguage(language, newest?.article.language ?? language)
  })
  return shown ?? newest
}

function storyItem({ article, summary }: Story, site: Site, isLead: boolean): Html {
  const { title, moments, language, isUntitled } = article
  const authors = article.authors.map(({ name }) => html` · ${name}`)
  return html`
    <li>\
      <article class="story${isLead && ' lead'}" ${inLanguage(language)}>
        ${picture(article, site, isLead)}\
        <div class="words">
          ${kickerOf(article, site)}\
          <h2><a href="${localAddress(article.url, site)}">${title}</a></h2>
          ${!isUntitled && html`<p class="summary">${summary}</p>`}
          <p class="meta">${timeElement(moments.published, language)}${authors}</p>
        </div>
      </article>\
    </li>`
}

/** Shows the image without words of its own: read aloud, the title beside it says them already. */
function picture({ image }: Listing, site: Site, isLead: boolean): Html | undefined {
  if (!image) return undefined
  const loading = isLead ? html`fetchpriority="high"` : html`loading="lazy"`
  return html`
    <img src="${localAddress(image.url, site)}" alt="" width="640" height="360" ${loading}>
  `
}

/** Links to the page of an article's section; undefined, where it has none. */
export function kickerOf(article: Parameters<typeof foldersOf>[0], site: Site): Html | undefined {
  const section = foldersOf(article, site).find(({ kind }) => kind === 'sections')
  if (!section) return undefined
  return html`
    <p class="kicker">${folderLink(section, site)}</p>
  `
}

/** Lists the titles of articles, and nothing else. */
export function lineList(articles: readonly Listing[], site: Site): Html {
  const items = articles.map(
    ({ url, title, language }) => html`
      <li ${inLanguage(language)}><p><a href="${localAddress(url, site)}">${title}</a></p></li>`,
  )
  return html`<ul class="lines">${onLines(items)}</ul>`
}
