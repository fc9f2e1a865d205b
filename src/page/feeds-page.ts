/** The page of all feeds, by group. */

import type { Site } from '../article/site.ts'
import { type Html, html } from './html.ts'
import { inEnglish, inLanguage } from './language.ts'
import { type Assets, closePage, openBody, openPage } from './layout.ts'

/** Feeds under one heading: `Sections`. */
export type FeedGroup = {
  readonly title: string
  readonly feeds: readonly { readonly name: string; readonly heading: string }[]
}

/** Writes the page of all feeds of the site, by group. */
export function feedsPage(site: Site, groups: readonly FeedGroup[], assets: Assets): string {
  const { title, language, base } = site
  const head = openPage({
    title: `Feeds — ${title}`,
    language,
    canonical: `${base}/feeds/`,
    description: undefined,
  })
  const page = html`
    ${head}\
    ${openBody(site, assets)}\
    <div${inEnglish(language)}>\
      <h1>Feeds</h1>
      <p class="tagline">\
        Each has a page, and can be subscribed to. \
        <a href="/feeds.opml" download>All of them as OPML</a>, for readers that import lists.\
      </p>
      ${groups.map((group) => groupSection(group, site))}\
    </div>\
    ${closePage(site)}`
  return String(page)
}

/** Lists a group: its title is edgewire's word, the feeds are called as the site calls them. */
export function groupSection({ title, feeds }: FeedGroup, { language }: Site): Html {
  const id = title.toLowerCase()
  const items = feeds.map(({ name, heading }) => html`<li><a href="${name}">${heading}</a></li>`)
  return html`
    <section aria-labelledby="${id}">\
      <h2 id="${id}">${title}</h2>
      <ul class="chips" ${inLanguage(language)}>${items}</ul>\
    </section>
  `
}
