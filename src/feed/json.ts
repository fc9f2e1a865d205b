/**
 * JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): `application/feed+json`.
 *
 * What the format has no key for stands in `_edgewire`, as its section on extensions asks.
 */

import type { Article } from '../article/article.ts'
import { formatInstant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import { authorsOf, contentOf, summaryOf, titleOf } from './content.ts'
import { enclosuresOf } from './enclosures.ts'
import { jsonEnvelope } from './envelope.ts'
import { bareType, FEED_TYPES, JSON_FEED_VERSION, SINGLE_TYPES } from './feed-types.ts'
import type { Channel, EntryEnvelope, Envelope, SingleFormat, Tombstone } from './format.ts'
import { JSON_FEED, refuseJson } from './json-gate.ts'

export const json: SingleFormat & { readonly name: 'json' } = {
  ...FEED_TYPES.json,
  title: 'JSON Feed 1.1',
  purpose: 'The same articles for programs: as JSON, for whoever builds something with them.',
  single: { ...SINGLE_TYPES.json, title: 'JSON Feed', words: 'a JSON Feed of one item' },
  schema: { name: 'JsonFeed', schema: JSON_FEED },
  fragment,
  envelope,
  around: itemEnvelope,
  refuse: refuseJson,
}

function fragment(article: Article, site: Site): string {
  const { image, updated, published, correction, section, via, retraction } = article
  const attachments = enclosuresOf(article)
  const authors = authorsOf(article, site)
  return JSON.stringify({
    id: article.guid,
    url: article.url,
    external_url: article.externalUrl,
    title: article.isUntitled ? undefined : titleOf(article),
    content_html: contentOf(article, site),
    summary: summaryOf(article),
    image: image?.url,
    banner_image: image?.url,
    date_published: formatInstant(published),
    date_modified: formatInstant(updated),
    authors,
    // Deprecated in 1.1, and still the only one that some readers show.
    author: authors[0],
    tags: article.tags.length > 0 ? article.tags : undefined,
    language: article.language === site.language ? undefined : article.language,
    attachments:
      attachments.length === 0
        ? undefined
        : attachments.map(({ url, type, title, size, duration }) => ({
            url,
            mime_type: bareType(type),
            title,
            size_in_bytes: size,
            duration_in_seconds: duration,
          })),
    _edgewire: {
      id: article.id,
      section,
      correction:
        updated > published && !retraction
          ? { at: formatInstant(updated), note: correction }
          : undefined,
      // The item is a notice: the article of this id is withdrawn.
      retracted_at: retraction && formatInstant(updated),
      image_alt: image?.alt,
      image_credit: image?.credit,
      via,
      copyright: article.copyright ?? site.copyright,
      license: article.license ?? site.license,
    },
  })
}

function envelope(channel: Channel): Envelope {
  const { version: _, items: __, ...written } = jsonEnvelope(channel)
  const { title, home_page_url: page, description, icon } = written
  const feed = {
    version: JSON_FEED_VERSION,
    title,
    home_page_url: page,
    feed_url: channel.folder + json.file,
    next_url: channel.history.previous && channel.history.previous + json.file,
    description,
    icon,
    favicon: channel.icon,
    language: channel.language,
    _edgewire: {
      license: channel.license,
      copyright: channel.copyright,
      retracted: channel.tombstones.length > 0 ? [] : undefined,
    },
  }
  const { head, tail } = aroundItems(feed)
  // The list of tombstones is the last thing that stands before the items.
  const cut = channel.tombstones.length > 0 ? head.lastIndexOf(']') : head.length
  return {
    head: head.slice(0, cut),
    complete: '',
    tombstones: channel.tombstones.map((tombstone) => JSON.stringify(retracted(tombstone))),
    opening: head.slice(cut),
    tail,
  }
}

/** Makes the document around a single item, served as a feed of one. */
function itemEnvelope(site: Site): EntryEnvelope {
  return aroundItems({
    version: JSON_FEED_VERSION,
    title: site.title,
    home_page_url: `${site.base}/`,
    language: site.language,
  })
}

function aroundItems(feed: object): EntryEnvelope {
  return { head: `${JSON.stringify(feed).slice(0, -1)},"items":[\n`, tail: '\n]}\n' }
}

function retracted({ guid, at, reason, replacement }: Tombstone): object {
  return { id: guid, retracted_at: formatInstant(at), reason, replacement }
}
