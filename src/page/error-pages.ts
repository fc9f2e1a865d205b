/** The pages for what is not there, and for what went wrong; the Worker answers with them. */

import type { Site } from '../article/site.ts'
import { type Html, html } from './html.ts'
import { inEnglish } from './language.ts'
import { type Assets, closePage, openBody, openPage } from './layout.ts'

/**
 * Writes a page in two halves, between which the Worker names addresses that may have been meant.
 */
export function notFoundPage(
  site: Site,
  assets: Assets,
): { readonly head: string; readonly tail: string } {
  const english = inEnglish(site.language)
  const head = html`
    ${openError('Not found', site, assets)}\
    <div${english}>\
      <h1>Nothing is here</h1>
  `
  const archive = site.archives && html`, or in the <a href="/archive/">archive</a>`
  const tail = html`
      <p class="tagline">\
        The address may be mistyped, or the page was never published. \
        Everything that is stands on the <a href="/">front page</a>${archive}.\
      </p>\
    </div>\
    ${closePage(site)}`
  return { head: String(head), tail: String(tail) }
}

export function faultPage(site: Site, assets: Assets): string {
  const page = html`
    ${openError('Something went wrong', site, assets)}\
    <div${inEnglish(site.language)}>\
      <h1>Something went wrong</h1>
      <p class="tagline">\
        The fault is ours, and has been logged. \
        Trying again in a minute may help; the <a href="/">front page</a> may work now.\
      </p>\
    </div>\
    ${closePage(site)}`
  return String(page)
}

function openError(title: string, site: Site, assets: Assets): Html {
  const { title: name, language } = site
  const head = openPage({
    title: `${title} — ${name}`,
    language,
    canonical: undefined,
    description: undefined,
  })
  return html`${head}${openBody(site, assets)}`
}
