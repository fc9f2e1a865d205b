/**
 * Documents for crawlers: sitemaps (https://www.sitemaps.org/protocol.html), the news sitemap of
 * Google, and `robots.txt`.
 */

import type { Listing } from '../article/article.ts'
import { formatInstant, type Instant } from '../article/instant.ts'
import { formatMoment } from '../article/moment.ts'
import type { Site } from '../article/site.ts'
import { element, parent } from '../feed/xml.ts'

const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
const SITEMAP_NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const NEWS_NAMESPACE = 'http://www.google.com/schemas/sitemap-news/0.9'

/** An address, with the instant when what it shows last changed. */
export type SitemapEntry = { readonly address: string; readonly changed: Instant | undefined }

/** Writes a sitemap of pages. */
export function formatSitemap(pages: readonly SitemapEntry[]): string {
  return `${XML_DECLARATION}${parent('urlset', lines('url', pages), { xmlns: SITEMAP_NAMESPACE })}\n`
}

/** Writes the list of the sitemaps of a site. */
export function formatSitemapIndex(sitemaps: readonly SitemapEntry[]): string {
  return `${XML_DECLARATION}${parent('sitemapindex', lines('sitemap', sitemaps), { xmlns: SITEMAP_NAMESPACE })}\n`
}

function lines(name: string, entries: readonly SitemapEntry[]): string[] {
  return entries.map(({ address, changed }) => {
    const lastmod = changed === undefined ? [] : [element('lastmod', formatInstant(changed))]
    return `\n${parent(name, [element('loc', address), ...lastmod])}`
  })
}

/** The beginning and the end of the news sitemap. */
export const newsEnvelope: { readonly head: string; readonly tail: string } = {
  head: `${XML_DECLARATION}<urlset xmlns="${SITEMAP_NAMESPACE}" xmlns:news="${NEWS_NAMESPACE}">`,
  tail: '\n</urlset>\n',
}

/**
 * Writes an entry of the news sitemap, with the first publication, whatever was corrected since.
 */
export function newsEntry({ url, title, language, moments }: Listing, site: Site): string {
  const publication = parent('news:publication', [
    element('news:name', site.title),
    element('news:language', newsLanguage(language)),
  ])
  const news = parent('news:news', [
    publication,
    element('news:publication_date', formatMoment(moments.published)),
    element('news:title', title),
  ])
  return `\n${parent('url', [element('loc', url), news])}`
}

/** Returns a language in two or three letters, but for the two scripts of Chinese. */
function newsLanguage(language: string): string {
  const [primary = language, ...rest] = language.split('-')
  if (primary === 'x') return 'und'
  if (primary !== 'zh') return primary
  return rest.includes('Hant') || rest.includes('TW') ? 'zh-tw' : 'zh-cn'
}

/** Writes `robots.txt`: everything may be read, and here are the sitemaps, as paths. */
export function formatRobots(base: string, sitemaps: readonly string[]): string {
  const lines = sitemaps.map((path) => `Sitemap: ${base}${path}\n`)
  return `User-agent: *\nAllow: /\n${lines.length > 0 ? '\n' : ''}${lines.join('')}`
}
