/**
 * The other hosts from which a page loads what it shows: all that its Content-Security-Policy has
 * to let through beside the site itself.
 */

import type { Article, Listing } from '../article/article.ts'
import type { Site } from '../article/site.ts'
import { useOf } from '../markup/allow-list.ts'
import { elementsIn, type Markup } from '../markup/markup.ts'
import { candidatesOf } from '../markup/srcset.ts'

/** Returns the origins of the images, audio and video that an article shows from elsewhere. */
export function hostsOfArticle({ image, markup }: Article, site: Site): string[] {
  return originsOf([...(image ? [image.url] : []), ...sourcesIn(markup)], site)
}

/** Returns the origins of the icon and the logo, which every page shows. */
export function hostsOfSite(site: Site): string[] {
  return originsOf(
    [site.icon, site.logo].filter((address) => address !== undefined),
    site,
  )
}

/** Returns the origins of the images that a list shows, one of each article. */
export function hostsOfList(articles: readonly Pick<Listing, 'image'>[], site: Site): string[] {
  return originsOf(
    articles.flatMap(({ image }) => image?.url ?? []),
    site,
  )
}

/** Lists what an article's elements load: the allow-list leaves no other way to load something. */
function sourcesIn(markup: Markup): string[] {
  return elementsIn(markup).flatMap(({ attributes }) =>
    Object.entries(attributes).flatMap(([name, value]) => {
      const use = useOf(name)
      if (use === 'candidates') return candidatesOf(value).map(({ address }) => address)
      return use === 'media' ? [value] : []
    }),
  )
}

/**
 * Returns the origins, sorted. Browsers ask with https for what is http on a page that is https, so
 * that is the origin. What the grammar of a policy has no word for (CSP 3 §2.3.1, host-source) is
 * left out: a name with a semicolon in it would be a directive of its own.
 */
function originsOf(addresses: readonly string[], { base }: Site): string[] {
  const own = hostOf(base)
  const hosts = addresses.map(hostOf).filter((host) => host !== undefined && host !== own)
  return [...new Set(hosts)].sort().map((host) => `https://${host}`)
}

function hostOf(address: string): string | undefined {
  const [, host] =
    /^https?:\/\/(?:[^/?#]*@)?([a-z0-9._-]+(?::\d+)?)(?:[/?#\s]|$)/i.exec(address.trim()) ?? []
  return host?.toLowerCase()
}
