/**
 * Atom 1.0 (RFC 4287), with tombstones (RFC 6721): `application/atom+xml`.
 *
 * Texts are `type="text"` but for the content: readers disagree about HTML in titles.
 */

import type { Article } from '../article/article.ts'
import { formatInstant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import { type Author, authorsOf, bareType, contentOf, summaryOf, titleOf } from './content.ts'
import { atomEnvelope } from './envelope.ts'
import { FEED_TYPES } from './feed-types.ts'
import type { Channel, EntryEnvelope, Envelope, Format } from './format.ts'
import { COMPLETE, historyElements } from './history.ts'
import { element, parent } from './xml.ts'

const FEED_TAG = '<feed xmlns="http://www.w3.org/2005/Atom"'
const TOMBSTONES_NAMESPACE = ' xmlns:at="http://purl.org/atompub/tombstones/1.0"'
const HISTORY_NAMESPACE = ' xmlns:fh="http://purl.org/syndication/history/1.0"'

export const atom: Format = {
  ...FEED_TYPES.atom,
  fragment,
  envelope,
}

/** The beginning and the end of an Atom Entry Document (RFC 4287 §2). */
export const entryEnvelope: EntryEnvelope = {
  head: '<?xml version="1.0" encoding="utf-8"?>\n<entry xmlns="http://www.w3.org/2005/Atom"',
  tail: '\n',
}

/** The beginning of each fragment; an Entry Document has `entryEnvelope.head` in its place. */
export const ENTRY_TAG = '<entry'

function fragment(article: Article, site: Site): string {
  const summary = summaryOf(article)
  const language = article.language === site.language ? undefined : article.language
  const rights = article.copyright ?? site.copyright
  const license = article.license ?? site.license
  return parent(
    'entry',
    [
      element('id', article.guid),
      element('title', titleOf(article), { type: 'text' }),
      element('published', formatInstant(article.published)),
      element('updated', formatInstant(article.updated)),
      ...authorsOf(article, site).map(authorElement),
      // Readers that miss `type` take another link for the page.
      link('alternate', article.url, { type: 'text/html' }),
      ...(article.externalUrl ? [link('related', article.externalUrl)] : []),
      ...(article.via ? [link('via', article.via)] : []),
      ...article.attachments.map(({ url, type, size, title }) =>
        link('enclosure', url, { type: bareType(type), length: size, title }),
      ),
      ...(license ? [link('license', license)] : []),
      ...categoriesOf(article, site),
      ...(rights ? [element('rights', rights, { type: 'text' })] : []),
      ...(summary ? [element('summary', summary, { type: 'text' })] : []),
      element('content', contentOf(article, site), { type: 'html' }),
    ],
    { 'xml:lang': language },
  )
}

function authorElement({ name, url }: Author): string {
  return parent('author', [element('name', name), ...(url ? [element('uri', url)] : [])])
}

function categoriesOf({ section, tags }: Article, site: Site): string[] {
  const category = (term: string, kind: string): string =>
    parent('category', [], { term, scheme: `${site.base}/${kind}/`, label: term })
  return [
    ...(section ? [category(section, 'sections')] : []),
    ...tags.map((tag) => category(tag, 'tags')),
  ]
}

function link(
  rel: string,
  href: string,
  more: Record<string, string | number | undefined> = {},
): string {
  return parent('link', [], { rel, type: more['type'], href, ...more })
}

function envelope(channel: Channel): Envelope {
  const { folder, history, tombstones, language } = channel
  const marked = history.current !== undefined || history.complete
  const namespaces =
    (tombstones.length > 0 ? TOMBSTONES_NAMESPACE : '') + (marked ? HISTORY_NAMESPACE : '')
  const document = atomEnvelope(channel).replace(
    FEED_TAG,
    `${FEED_TAG}${namespaces} xml:lang="${language}"`,
  )
  const own = [
    link('self', folder + atom.file, { type: 'application/atom+xml' }),
    link('alternate', `${folder}rss.xml`, { type: 'application/rss+xml' }),
    link('alternate', `${folder}feed.json`, { type: 'application/feed+json' }),
    // The last alternate: newsboat takes that one for the page of the feed.
    link('alternate', channel.page, { type: 'text/html' }),
    ...historyElements(history, 'link', atom.file),
    ...(channel.license ? [link('license', channel.license)] : []),
  ]
  const line = (text: string): string => `    ${text}\n`
  return {
    head: document.slice(0, document.lastIndexOf('</feed>')) + own.map(line).join(''),
    complete: history.complete ? line(COMPLETE) : '',
    // Empty elements, before the entries: some readers look for links inside them.
    tombstones: tombstones.map(({ guid, at }) =>
      line(parent('at:deleted-entry', [], { ref: guid, when: formatInstant(at) })),
    ),
    opening: '',
    tail: '\n</feed>\n',
  }
}
