/**
 * The data that machines read on an article's page: schema.org's NewsArticle as JSON-LD, Open
 * Graph, and the card of messengers that read `twitter:`.
 *
 * Sources: https://schema.org/NewsArticle, https://developers.google.com/search/docs/appearance/structured-data/article,
 * https://ogp.me.
 */

import type { Article, Image } from '../article/article.ts'
import { formatMoment } from '../article/moment.ts'
import type { Site } from '../article/site.ts'
import { summaryOf } from '../feed/content.ts'
import { type Html, html, jsonScript } from './html.ts'

/** Writes all of that, for the head of a page. */
export function structuredData(article: Article, site: Site): Html {
  const properties = openGraph(article, site).filter(([, content]) => content !== undefined)
  const metas = properties.map(
    ([property, content]) => html`
      <meta property="${property}" content="${content}">
    `,
  )
  return html`
    ${metas}\
    <meta name="twitter:card" content="${article.image ? 'summary_large_image' : 'summary'}">
    ${jsonScript('application/ld+json', newsArticle(article, site))}`
}

function openGraph(
  article: Article,
  site: Site,
): (readonly [property: string, content: string | number | undefined])[] {
  const { title, url, language, published, updated, moments, section, tags } = article
  const image = article.image ?? emblemOf(site)
  return [
    ['og:type', 'article'],
    ['og:site_name', site.title],
    ['og:title', title],
    ['og:description', summaryOf(article)],
    ['og:url', url],
    // A language with its territory, or nothing: the format knows no other (https://ogp.me, og:locale).
    ['og:locale', /^[a-z]{2,3}-[A-Z]{2}$/.test(language) ? language.replace('-', '_') : undefined],
    ['og:image', image?.url],
    ['og:image:alt', image?.alt],
    ['og:image:width', article.image?.width],
    ['og:image:height', article.image?.height],
    ['article:published_time', formatMoment(moments.published)],
    ['article:modified_time', updated > published ? formatMoment(moments.updated) : undefined],
    ['article:section', section],
    ...tags.map((tag) => ['article:tag', tag] as const),
  ]
}

/** Returns what stands for the site where a picture is asked for and the article has none. */
function emblemOf({ logo, icon, title: alt }: Site): Pick<Image, 'url' | 'alt'> | undefined {
  const url = logo ?? icon
  return url === undefined ? undefined : { url, alt }
}

function newsArticle(article: Article, site: Site): object {
  const { title, url, language, published, updated, moments, section, tags, correction } = article
  const emblem = emblemOf(site)
  const image = article.image ?? emblem
  const publisher = {
    '@type': 'Organization',
    name: site.title,
    url: site.home,
    logo: emblem?.url,
  }
  const authors = article.authors.map(({ name, url: address }) => ({
    '@type': 'Person',
    name,
    url: address,
  }))
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    description: summaryOf(article),
    url,
    mainEntityOfPage: url,
    inLanguage: language,
    image: image ? [image.url] : undefined,
    datePublished: formatMoment(moments.published),
    dateModified: formatMoment(moments.updated),
    author: authors.length > 0 ? authors : [publisher],
    publisher,
    articleSection: section,
    keywords: tags.length > 0 ? tags : undefined,
    correction: updated > published ? correction : undefined,
    copyrightNotice: article.copyright ?? site.copyright,
    license: article.license ?? site.license,
    isAccessibleForFree: true,
  }
}
