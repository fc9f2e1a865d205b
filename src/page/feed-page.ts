/** The page of a feed, and the front page, which is that of the feed of everything. */

import type { Site } from '../article/site.ts'
import { type FeedGroup, groupSection } from './feeds-page.ts'
import { type Html, html } from './html.ts'
import { inEnglish } from './language.ts'
import { type Assets, closePage, feedLinks, openBody, openPage } from './layout.ts'
import { type Story, storyList } from './stories.ts'
import { subscribe, subscribeLink } from './subscribe.ts'

/** A feed, as its page shows it; `name` is its folder. */
export type PageOfFeed = {
  readonly name: string
  readonly title: string
  /** The feed's title on a page that names the site already. */
  readonly heading: string
  readonly description: string
}

/** The page of a feed. */
export type FeedPage = {
  readonly feed: PageOfFeed
  readonly stories: readonly Story[]
  /** The folder of the archive that leads further, if there is one. */
  readonly archive: string | undefined
}

/** The page of the feed of everything, with the way to the other feeds. */
export type FrontPage = FeedPage & { readonly groups: readonly FeedGroup[] }

/** Writes the page of a feed. */
export function feedPage(site: Site, { feed, stories, archive }: FeedPage, assets: Assets): string {
  const { name, heading, title, description } = feed
  const { language } = site
  const page = html`
    ${openFeed(site, feed, assets)}\
    <h1>${heading}</h1>
    ${description !== title && html`<p class="tagline">${description}</p>`}
    ${subscribeLink(language)}\
    ${newest(stories, site)}\
    <div class="after">\
      ${olderLink(archive, site)}\
      ${subscribe(name, site.base, language)}\
    </div>\
    ${closePage(site)}`
  return String(page)
}

/** Writes the front page. */
export function frontPage(
  site: Site,
  { feed, stories, archive, groups }: FrontPage,
  assets: Assets,
): string {
  const { name, description } = feed
  const { language } = site
  const page = html`
    ${openFeed(site, feed, assets)}\
    <p class="tagline">${description}</p>
    ${subscribeLink(language)}\
    <div class="columns">
      <div>
        ${newest(stories, site)}\
        ${olderLink(archive, site)}\
      </div>
      <aside aria-label="Feeds"${inEnglish(language)}>
        ${groups.map((group) => groupSection(group, site))}\
        ${allFeeds()}\
      </aside>
    </div>
    <div class="after">${subscribe(name, site.base, language)}</div>\
    ${closePage(site)}`
  return String(page)
}

function openFeed(site: Site, feed: PageOfFeed, assets: Assets): Html {
  const { name, title, description } = feed
  const isFront = name === '/'
  const head = openPage({
    title,
    language: site.language,
    canonical: site.base + name,
    description,
    more: html`
      ${!isFront && feedLinks(name, title)}\
      <script src="${assets.script}" defer></script>
    `,
  })
  return html`${head}${openBody(site, assets, isFront)}`
}

function newest(stories: readonly Story[], site: Site): Html {
  if (stories.length > 0) return storyList(stories, site)
  return html`
    <p${inEnglish(site.language)}>\
      Nothing is here at the moment. Whoever subscribes hears of the next article.\
    </p>
  `
}

function olderLink(archive: string | undefined, { language }: Site): Html {
  if (archive === undefined) return html``
  return html`
    <p class="step"${inEnglish(language)}>\
      <a href="${archive}">Everything by month: the archive</a>\
    </p>
  `
}

/** Links to the list of all feeds, as a page and as a file. */
function allFeeds(): Html {
  return html`
    <section>\
      <h2>More</h2>
      <ul class="links">\
        <li><a href="/feeds/">All feeds</a></li>\
        <li><a href="/feeds.opml" download>All feeds as OPML</a></li>\
      </ul>\
    </section>
  `
}
