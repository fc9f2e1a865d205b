/** The frame of every page: head, masthead, and foot. Links are root-relative. */

import type { Site } from '../article/site.ts'
import { bareType } from '../feed/feed-types.ts'
import { FORMATS } from '../feed/formats.ts'
import { localAddress } from './address.ts'
import { type Html, html } from './html.ts'
import { inLanguage, voiceIn } from './language.ts'

/** The files that pages load, by their addresses. */
export type Assets = { readonly stylesheet: string; readonly script: string }

/** The facts that the head of a page states. */
export type PageHead = {
  readonly title: string
  readonly language: string
  /** The page's one address, absolute; undefined if it is not to be found by it. */
  readonly canonical: string | undefined
  readonly description: string | undefined
  /** Further elements of the head. */
  readonly more?: Html
}

/**
 * Writes everything up to the part of the head that all pages share. The feed of everything stands
 * before any other alternate: many readers subscribe to the first that they find.
 */
export function openPage(
  { title, language, canonical, description, more }: PageHead,
  site: Site,
): Html {
  const findable = canonical
    ? html`<link rel="canonical" href="${canonical}">`
    : html`<meta name="robots" content="noindex">`
  return html`
    <!doctype html>
    <html ${inLanguage(language)}>
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>${title}</title>
      ${findable}
      ${description && descriptionTag(description)}\
      ${feedLinks('/', site.title)}\
      ${more}`
}

function descriptionTag(description: string): Html {
  return html`
    <meta name="description" content="${description}">
  `
}

/**
 * Writes the rest of the head, and the body up to the content. The front page's brand is its `h1`.
 */
export function openBody(site: Site, { stylesheet }: Assets, isFront = false): Html {
  const { title, icon, language } = site
  const { words, language: spoken } = voiceIn(language, site)
  const brand = html`<a href="/">${logo(site) ?? title}</a>`
  return html`
      ${icon && iconLink(icon, site)}\
      <link rel="stylesheet" href="${stylesheet}">
    </head>
    <body>
      <a class="skip" href="#page.content" ${inLanguage(spoken)}>${words.skip}</a>
      <header class="masthead" ${inLanguage(language)}>
        ${isFront ? html`<h1 class="brand">${brand}</h1>` : html`<p class="brand">${brand}</p>`}
        ${navigation(site)}\
      </header>
      <main id="page.content">
  `
}

function iconLink(icon: string, site: Site): Html {
  return html`
    <link rel="icon" href="${localAddress(icon, site)}">
  `
}

/** Writes everything after the content. */
export function closePage(site: Site): Html {
  const { title, description, copyright, license, language } = site
  const { words, mark } = voiceIn(language, site)
  const archive = site.archives && html`<li><a href="/archive/">${words.archive}</a></li>`
  const feeds = FORMATS.map(({ file, title }) => html`<li><a href="/${file}">${title}</a></li>`)
  return html`

      </main>
      <footer class="foot" ${inLanguage(language)}>
        <p><strong>${title}</strong>${description !== title && ` — ${description}`}</p>
        <nav aria-label="${words.feeds}"${mark}>\
          <ul>\
            ${archive}\
            <li><a href="/feeds/">${words.all_feeds}</a></li>\
            ${feeds}\
          </ul>\
        </nav>
        ${rightsLine(copyright, license, site)}\
      </footer>
    </body>
    </html>
  `
}

/** Says whose a text is, and what may be done with it; nothing, where nobody says. */
export function rightsLine(
  copyright: string | undefined,
  license: string | undefined,
  site: Site,
): Html {
  if (!copyright && !license) return html``
  const { language } = site
  const { words, mark } = voiceIn(language, site)
  const link = license && html` <a rel="license" href="${license}"${mark}>${words.licence}</a>`
  return html`
    <p class="meta"><span ${inLanguage(language)}>${copyright}</span>${link}</p>
  `
}

/** Links to the feed of a folder, in each format, so that readers find it. */
export function feedLinks(folder: string, title: string): Html[] {
  return FORMATS.map(
    (format) => html`
      <link rel="alternate" type="${bareType(format.mediaType)}" \
        title="${title} (${format.title})" href="${folder}${format.file}">
    `,
  )
}

/** Shows the logo: twice as wide as high, as `site.yaml` asks, with the name of the site in it. */
function logo(site: Site): Html | undefined {
  const { logo: address, title } = site
  if (!address) return undefined
  return html`<img src="${localAddress(address, site)}" alt="${title}" width="112" height="56">`
}

function navigation(site: Site): Html {
  const { navigation: links, language } = site
  if (links.length === 0) return html``
  const items = links.map(({ title, path }) => html`<li><a href="${path}">${title}</a></li>`)
  return html`
    <nav aria-label="${voiceIn(language, site).words.site}" ${inLanguage(language)}><ul>${items}</ul></nav>
  `
}
