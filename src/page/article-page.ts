/**
 * An article's page, in two objects: what is the article's own, and the shell around it. A new
 * navigation or stylesheet rewrites the shell and no article; nothing of what others publish, such
 * as the article before and the one after, is in it.
 */

import type { Article, Image } from '../article/article.ts'
import { foldersOf } from '../article/folders.ts'
import { titleOfKind } from '../article/kinds.ts'
import type { Site } from '../article/site.ts'
import { aboutAttachment, attachmentName } from '../feed/attachment-words.ts'
import { summaryOf } from '../feed/content.ts'
import { htmlOf } from '../markup/markup.ts'
import { localAddress } from './address.ts'
import { articleLinks } from './article-links.ts'
import { byline } from './byline.ts'
import { timeElement } from './date.ts'
import { folderLink } from './folder.ts'
import { type Html, html, trusted } from './html.ts'
import { inLanguage, voiceIn } from './language.ts'
import { type Assets, closePage, openBody, openPage, rightsLine } from './layout.ts'
import type { Highlight } from './listing.ts'
import { proseOf } from './prose.ts'
import { kickerOf } from './stories.ts'
import { structuredData } from './structured-data.ts'
import { subscribeToAll } from './subscribe.ts'

/** The parts that a page does not share: one of the head, and one of the body. */
export type OwnParts = { readonly head: string; readonly body: string }

export function articlePage(article: Article, site: Site, highlight: Highlight): OwnParts {
  const { title, language, url } = article
  const head = openPage(
    {
      title: `${title} — ${site.title}`,
      language,
      canonical: url,
      description: summaryOf(article),
      more: html`${articleLinks(article, site)}${structuredData(article, site)}`,
    },
    site,
  )
  const { standfirst, image, showsImage, externalUrl, markup, isUntitled } = article
  const body = html`
    <article class="whole" ${inLanguage(language)}>
      <header>
        ${kickerOf(article, site)}\
        <h1${isUntitled && html` class="unseen"`}>${title}</h1>
        ${standfirst && html`<p class="standfirst">${standfirst}</p>`}
        ${byline(article, site)}\
      </header>
      ${image && !showsImage && hero(image, site)}\
      ${correctionNotice(article, site)}\
      <div class="prose">
        ${trusted(htmlOf(proseOf(markup, site, highlight)))}
        ${externalUrl && html`<p><a href="${externalUrl}">${externalUrl}</a></p>`}\
      </div>
      ${attachments(article, site)}\
      ${footer(article, site)}\
    </article>
  `
  return { head: String(head), body: String(body) }
}

/** Writes the shell: `head` stands between a page's own parts, `tail` after them. */
export function pageShell(
  site: Site,
  assets: Assets,
): { readonly head: string; readonly tail: string } {
  const tail = html`${subscribeToAll(site)}${closePage(site)}`
  return { head: String(openBody(site, assets)), tail: String(tail) }
}

/** Shows the image; where its size is not known, the stylesheet keeps room for it. */
function hero({ url, alt, width, height, credit }: Image, site: Site): Html {
  const size = width && height ? html` width="${width}" height="${height}"` : html``
  return html`
    <figure class="hero">\
      <img src="${localAddress(url, site)}" alt="${alt}"${size} fetchpriority="high">\
      ${credit && html`<figcaption>${credit}</figcaption>`}\
    </figure>
  `
}

function correctionNotice(
  { correction, updated, published, moments, language }: Article,
  site: Site,
): Html {
  if (!correction || updated <= published) return html``
  const { words, mark } = voiceIn(language, site)
  const date = timeElement(moments.updated, language)
  return html`
    <div class="notice" role="note">\
      <p><strong${mark}>${words.correction}</strong>${words.comma}${date}${words.colon}${correction}</p>\
    </div>
  `
}

function attachments({ attachments: list, language }: Article, site: Site): Html {
  if (list.length === 0) return html``
  const { words, mark } = voiceIn(language, site)
  const items = list.map((attachment) => {
    const address = localAddress(attachment.url, site)
    return html`
      <li>\
        <a href="${address}">${attachmentName(attachment)}</a> \
        <span class="quiet">(${aboutAttachment(attachment)})</span>\
      </li>`
  })
  return html`
    <section class="after" aria-labelledby="page.files">\
      <h2 id="page.files"${mark}>${words.files}</h2>
      <ul>${items}</ul>\
    </section>
  `
}

function footer(article: Article, site: Site): Html {
  const { language, via } = article
  const tags = foldersOf(article, site).filter(({ kind }) => kind === 'tags')
  const links = tags.map((tag) => html`<li>${folderLink(tag, site, 'tag')}</li>`)
  const { words, mark } = voiceIn(language, site)
  const rights = ownRights(article, site)
  if (tags.length === 0 && !via && !rights) return html``
  return html`
    <footer class="after">
      ${tags.length > 0 && html`<ul class="index tags" aria-label="${titleOfKind('tags', words)}">${links}</ul>`}
      ${via && html`<p class="meta"><span${mark}>${words.found_at}</span> <a href="${via}">${via}</a></p>`}
      ${rights}\
    </footer>`
}

/** Says whose the text is, where that is not what the foot of every page says. */
function ownRights({ copyright, license }: Article, site: Site): Html | undefined {
  if (!copyright && !license) return undefined
  return rightsLine(copyright ?? site.copyright, license ?? site.license, site)
}
