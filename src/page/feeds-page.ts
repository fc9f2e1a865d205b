/** The page of all feeds, by group. */

import type { FeedKind } from '../article/feed-kinds.ts'
import { titleOfKind } from '../article/kinds.ts'
import type { Site } from '../article/site.ts'
import { type Html, html } from './html.ts'
import { inLanguage, linked, type Voice, voiceIn } from './language.ts'
import { type Assets, closePage, openBody, openPage } from './layout.ts'
import { subscribe, subscribeScript } from './subscribe.ts'

/** Feeds of a kind, under one heading: `Sections`. */
export type FeedGroup = {
  readonly kind: FeedKind
  readonly feeds: readonly { readonly name: string; readonly heading: string }[]
}

/** Writes the page of all feeds of the site, by group. */
export function feedsPage(site: Site, groups: readonly FeedGroup[], assets: Assets): string {
  const { title, language, base } = site
  const voice = voiceIn(language, site)
  const { words, mark } = voice
  const head = openPage(
    {
      title: `${words.feeds} — ${title}`,
      language,
      canonical: `${base}/feeds/`,
      description: undefined,
      more: subscribeScript(assets),
    },
    site,
  )
  const page = html`
    ${head}\
    ${openBody(site, assets)}\
    <div${mark}>\
      <div class="top">
        <div>\
          <h1>${words.feeds}</h1>
          <p class="tagline">\
            ${linked(words.how_to_use_feeds, html`href="/feeds.opml" download`)}\
          </p>\
        </div>\
      </div>
      ${groups.map((group) => groupSection(group, voice, site))}\
      ${subscribe('/', language, site)}\
    </div>\
    ${closePage(site)}`
  return String(page)
}

/** Lists a group: its title is edgewire's word, the feeds are called as the site calls them. */
export function groupSection(
  { kind, feeds }: FeedGroup,
  { words }: Voice,
  { language }: Site,
): Html {
  const items = feeds.map(({ name, heading }) => html`<li><a href="${name}">${heading}</a></li>`)
  return html`
    <section class="group" aria-labelledby="${kind}">\
      <h2 id="${kind}">${titleOfKind(kind, words)}</h2>
      <ul class="index" ${inLanguage(language)}>${items}</ul>\
    </section>
  `
}
