/**
 * RSS 2.0 with the Advisory Board's profile: `application/rss+xml`.
 *
 * Sources: https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile,
 * Media RSS 1.5.1. Prefixes are the conventional ones, which some readers match literally.
 */

import type { Article } from '../article/article.ts'
import { formatHttpDate, formatInstant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import { escapeText } from '../markup/escape.ts'
import { htmlOf } from '../markup/markup.ts'
import { authorsOf, categoriesOf, contentOf, summaryOf, titleOf } from './content.ts'
import { enclosuresOf } from './enclosures.ts'
import { rssEnvelope } from './envelope.ts'
import { bareType, FEED_TYPES } from './feed-types.ts'
import type { Channel, Envelope, Format } from './format.ts'
import { COMPLETE, historyElements } from './history.ts'
import { element, parent } from './xml.ts'
import { refuseXml } from './xml-gate.ts'

const RSS_TAG = '<rss version="2.0"'
const NAMESPACES =
  ' xmlns:content="http://purl.org/rss/1.0/modules/content/"' +
  ' xmlns:dc="http://purl.org/dc/elements/1.1/"' +
  ' xmlns:media="http://search.yahoo.com/mrss/"' +
  ' xmlns:fh="http://purl.org/syndication/history/1.0"' +
  // With https: one reader compares it literally.
  ' xmlns:source="https://source.scripting.com/"'

export const rss: Format & { readonly name: 'rss' } = {
  ...FEED_TYPES.rss,
  title: 'RSS 2.0',
  purpose: 'Read by every feed reader. If in doubt, take this one.',
  schema: undefined,
  fragment,
  envelope,
  // The format has no document of one entry; the gate needs the namespaces, and no more.
  around: () => ({
    head: '<r xmlns:atom="a" xmlns:dc="d" xmlns:content="c" xmlns:media="m" xmlns:source="s">',
    tail: '</r>',
  }),
  refuse: refuseXml,
}

function fragment(article: Article, site: Site): string {
  const summary = summaryOf(article)
  const html = contentOf(article, site)
  return parent('item', [
    // An item has a title or a description (RSS 2.0, item): readers show the beginning of that.
    ...(article.isUntitled ? [] : [`<title>${titleText(titleOf(article))}</title>`]),
    element('link', article.url),
    // `true` would demand that the guid is an address (RSS 2.0, guid).
    element('guid', article.guid, { isPermaLink: 'false' }),
    element('pubDate', formatHttpDate(article.published)),
    ...authorsOf(article, site).map(({ name }) => element('dc:creator', name)),
    // The summary stands first: some readers take the last of the two as the text.
    element('description', summary === undefined ? html : asHtml(summary)),
    ...(summary === undefined || html === '' ? [] : [element('content:encoded', html)]),
    ...rightsOf(article, site),
    ...categoriesOf(article, site).map(({ term, scheme }) =>
      element('category', term, { domain: scheme }),
    ),
    ...enclosureOf(article),
    ...mediaOf(article),
    element('atom:updated', formatInstant(article.updated)),
    ...(article.markdown ? [element('source:markdown', article.markdown)] : []),
  ])
}

/**
 * Writes a text as HTML: a description is read as that (RSS 2.0, item), and what it tells of is
 * shown.
 */
function asHtml(text: string): string {
  return htmlOf([text])
}

/**
 * Writes plain text in the profile's form. It is not HTML once more: most readers would show the
 * escapes, and a reader that puts a title into a page has to escape it, as every plain text.
 */
function titleText(title: string): string {
  return escapeText(title)
    .replaceAll('&amp;', '&#x26;')
    .replaceAll('&lt;', '&#x3C;')
    .replaceAll('&gt;', '&#x3E;')
}

function rightsOf(article: Article, site: Site): string[] {
  const rights = article.copyright ?? site.copyright
  const license = article.license ?? site.license
  return [
    ...(rights ? [element('dc:rights', rights)] : []),
    ...(license ? [parent('atom:link', [], { rel: 'license', href: license })] : []),
  ]
}

/**
 * Writes the enclosure: RSS has room for one file, and asks for its length; an unknown one is 0.
 */
function enclosureOf(article: Article): string[] {
  const [first] = enclosuresOf(article)
  if (!first) return []
  return [
    parent('enclosure', [], {
      url: first.url,
      length: first.size ?? 0,
      type: bareType(first.type),
    }),
  ]
}

function mediaOf({ image, attachments }: Article): string[] {
  const hero = image && [
    parent(
      'media:content',
      [
        ...(image.alt ? [element('media:description', image.alt, { type: 'plain' })] : []),
        ...(image.credit ? [element('media:credit', image.credit)] : []),
      ],
      {
        url: image.url,
        medium: 'image',
        type: image.type,
        width: image.width,
        height: image.height,
        fileSize: image.size || undefined,
      },
    ),
    parent('media:thumbnail', [], { url: image.url, width: image.width, height: image.height }),
  ]
  const more = attachments.slice(1).map(({ url, type, title, size, duration }) =>
    parent('media:content', title ? [element('media:title', title, { type: 'plain' })] : [], {
      url,
      type: bareType(type),
      fileSize: size || undefined,
      duration,
    }),
  )
  return [...(hero ?? []), ...more]
}

function envelope(channel: Channel): Envelope {
  const self = channel.folder + rss.file
  const document = rssEnvelope(channel, self).replace(RSS_TAG, RSS_TAG + NAMESPACES)
  const end = document.lastIndexOf('    </channel>')
  const { license, history, published } = channel
  const own = [
    ...(published === undefined ? [] : [element('pubDate', formatHttpDate(published))]),
    ...(license ? [parent('atom:link', [], { href: license, rel: 'license' })] : []),
    ...historyElements(channel, 'atom:link', rss.file),
  ]
  const lines = own.map((line) => `        ${line}\n`).join('')
  return {
    head: document.slice(0, end) + lines,
    complete: history.complete ? `        ${COMPLETE}\n` : '',
    // The format has none: the notices among the entries say it.
    tombstones: [],
    opening: '',
    tail: `\n${document.slice(end)}`,
  }
}
