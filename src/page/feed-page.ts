/** The page of a feed, and the front page, which is that of the feed of everything. */

import type { Site } from '../article/site.ts'
import { type FeedGroup, groupSection } from './feeds-page.ts'
import { type Html, html } from './html.ts'
import { inLanguage, type Voice, voiceIn } from './language.ts'
import { type Assets, closePage, feedLinks, openBody, openPage } from './layout.ts'
import { type Story, storyList } from './stories.ts'
import { subscribe, subscribeLink, subscribeScript } from './subscribe.ts'

/** A feed, as its page shows it; `name` is its folder. */
export type PageOfFeed = {
  readonly name: string
  readonly title: string
  /** The feed's title on a page that names the site already. */
  readonly heading: string
  readonly description: string
  /** The language of its articles, in which its page speaks too. */
  readonly language: string
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
  const { name, heading, title, description, language } = feed
  // Its title is in the language of the site, as where others lead to it.
  const mark = language === site.language ? html`` : html` ${inLanguage(site.language)}`
  const voice = voiceIn(language, site)
  const page = html`
    ${openFeed(site, feed, assets)}\
    <div class="top">
      <div${mark}>\
        <h1>${heading}</h1>\
        ${description !== title && html`<p class="tagline">${description}</p>`}\
      </div>
      ${subscribeLink(voice)}\
    </div>
    ${newest(stories, voice, site)}\
    ${olderLink(archive, voice)}\
    ${subscribe(name, language, site)}\
    ${closePage(site)}`
  return String(page)
}

/** Writes the front page. */
export function frontPage(
  site: Site,
  { feed, stories, archive, groups }: FrontPage,
  assets: Assets,
): string {
  const { name, description, language } = feed
  const voice = voiceIn(language, site)
  const { words, mark } = voice
  const page = html`
    ${openFeed(site, feed, assets)}\
    <div class="top">
      <p class="tagline">${description}</p>
      ${subscribeLink(voice)}\
    </div>
    ${newest(stories, voice, site)}\
    ${olderLink(archive, voice)}\
    <aside aria-label="${words.feeds}"${mark}>
      ${groups.map((group) => groupSection(group, voice, site))}\
      ${allFeeds(voice)}\
    </aside>
    ${subscribe(name, language, site)}\
    ${closePage(site)}`
  return String(page)
}

function openFeed(site: Site, feed: PageOfFeed, assets: Assets): Html {
  const { name, title, description, language } = feed
  const isFront = name === '/'
  const head = openPage(
    {
      title,
      language,
      canonical: site.base + name,
      description,
      more: html`${!isFront && feedLinks(name, title)}${subscribeScript(assets)}`,
    },
    site,
  )
  return html`${head}${openBody(site, assets, isFront)}`
}

function newest(stories: readonly Story[], { words, mark }: Voice, site: Site): Html {
  if (stories.length > 0) return storyList(stories, site)
  return html`
    <p${mark}>${words.nothing_yet}</p>
  `
}

function olderLink(archive: string | undefined, { words, mark }: Voice): Html {
  if (archive === undefined) return html``
  return html`
    <p class="step"${mark}>\
      <a href="${archive}">${words.to_archive}</a>\
    </p>
  `
}

/** Links to the list of all feeds, as a page and as a file. */
function allFeeds({ words }: Voice): Html {
  return html`
    <section class="group" aria-labelledby="more">\
      <h2 id="more">${words.more}</h2>
      <ul class="index">\
        <li><a href="/feeds/">${words.all_feeds}</a></li>\
        <li><a href="/feeds.opml" download>${words.all_feeds_as_opml}</a></li>\
      </ul>\
    </section>
  `
}
