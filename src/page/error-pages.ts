/** The pages for what is not there, and for what went wrong; the Worker answers with them. */

import type { Site } from '../article/site.ts'
import { type Html, html } from './html.ts'
import { linked, voiceIn } from './language.ts'
import { type Assets, closePage, openBody, openPage } from './layout.ts'

/** The pieces of a page between which the Worker names addresses that may have been meant. */
export type NotFoundPage = {
  readonly head: string
  /** The words before these addresses, between two, and behind them. */
  readonly meant: readonly [before: string, between: string, behind: string]
  readonly tail: string
}

/** Writes the page for what is not there, in pieces. */
export function notFoundPage(site: Site, assets: Assets): NotFoundPage {
  const { words, mark } = voiceIn(site.language, site)
  const head = html`
    ${openError(words.not_found, site, assets)}\
    <div class="message"${mark}>\
      <h1>${words.nothing_here}</h1>
  `
  const hint = linked(
    site.archives ? words.where_to_look_too : words.where_to_look,
    html`href="/"`,
    html`href="/archive/"`,
  )
  const tail = html`
      <p class="tagline">${hint}</p>\
    </div>\
    ${closePage(site)}`
  const [before = '', behind = ''] = words.did_you_mean.split('{addresses}')
  return {
    head: String(head),
    meant: [
      String(html`<p>${before}`),
      String(html`${words.or}`),
      String(html`${behind}</p>
`),
    ],
    tail: String(tail),
  }
}

/** Writes the page for what went wrong. */
export function faultPage(site: Site, assets: Assets): string {
  const { words, mark } = voiceIn(site.language, site)
  const page = html`
    ${openError(words.fault, site, assets)}\
    <div class="message"${mark}>\
      <h1>${words.fault}</h1>
      <p class="tagline">${linked(words.about_fault, html`href="/"`)}</p>\
    </div>\
    ${closePage(site)}`
  return String(page)
}

function openError(title: string, site: Site, assets: Assets): Html {
  const { title: name, language } = site
  const head = openPage(
    {
      title: `${title} — ${name}`,
      language,
      canonical: undefined,
      description: undefined,
    },
    site,
  )
  return html`${head}${openBody(site, assets)}`
}
