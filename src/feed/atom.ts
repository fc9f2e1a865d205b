/**
 * Atom 1.0 (RFC 4287), with tombstones (RFC 6721): `application/atom+xml`.
 *
 * Texts are `type="text"` but for the content: readers disagree about HTML in titles.
 */

import type { Article } from '../article/article.ts'
import { iriOf } from '../article/guid.ts'
import { formatInstant } from '../article/instant.ts'
import type { Site } from '../article/site.ts'
import { type Author, authorsOf, categoriesOf, contentOf, summaryOf, titleOf } from './content.ts'
import { enclosuresOf } from './enclosures.ts'
import { atomEnvelope } from './envelope.ts'
import { bareType, FEED_TYPES, SINGLE_TYPES } from './feed-types.ts'
import type { Channel, Envelope, SingleFormat } from './format.ts'
import { COMPLETE, historyElements } from './history.ts'
import { element, parent } from './xml.ts'
import { refuseXml } from './xml-gate.ts'

const FEED_TAG = '<feed xmlns="http://www.w3.org/2005/Atom"'
const TOMBSTONES = ' xmlns:at="http://purl.org/atompub/tombstones/1.0"'
const HISTORY = ' xmlns:fh="http://purl.org/syndication/history/1.0"'

const SINGLE = SINGLE_TYPES.atom

export const atom: SingleFormat & { readonly name: 'atom' } = {
  ...FEED_TYPES.atom,
  title: 'Atom 1.0',
  purpose: 'The same articles for readers that show what was corrected and what was withdrawn.',
  single: { ...SINGLE, title: 'Atom', words: 'an Atom entry document' },
  schema: undefined,
  fragment,
  envelope,
  // RFC 4287 §2: an Atom Entry Document.
  around: () => ({
    head: `<?xml version="1.0" encoding="utf-8"?>\n${SINGLE.opening} xmlns="http://www.w3.org/2005/Atom"`,
    tail: '\n',
  }),
  refuse: refuseXml,
}

function fragment(article: Article, site: Site): string {
  const summary = summaryOf(article)
  const rights = article.copyright ?? site.copyright
  const license = article.license ?? site.license
  return parent(
    'entry',
    [
      element('id', iriOf(article.guid, site.tag)),
      element('title', titleOf(article), { type: 'text' }),
      element('published', formatInstant(article.published)),
      element('updated', formatInstant(article.updated)),
      ...authorsOf(article, site).map(authorElement),
      // Readers that miss `type` take another link for the page.
      link('alternate', article.url, { type: 'text/html' }),
      ...(article.externalUrl ? [link('related', article.externalUrl)] : []),
      ...(article.via ? [link('via', article.via)] : []),
      ...enclosuresOf(article).map(({ url, type, size, title }) =>
        link('enclosure', url, { type: bareType(type), length: size, title }),
      ),
      ...(license ? [link('license', license)] : []),
      ...categoriesOf(article, site).map(({ term, label, scheme }) =>
        parent('category', [], { term, scheme, label }),
      ),
      ...(rights ? [element('rights', rights, { type: 'text' })] : []),
      ...(summary ? [element('summary', summary, { type: 'text' })] : []),
      element('content', contentOf(article, site), { type: 'html' }),
    ],
    // Always: an entry is also served alone, and in feeds of other languages.
    { 'xml:lang': article.language },
  )
}

function authorElement({ name, url }: Author): string {
  return parent('author', [element('name', name), ...(url ? [element('uri', url)] : [])])
}

function link(
  rel: string,
  href: string,
  more: Record<string, string | number | undefined> = {},
): string {
  return parent('link', [], { rel, type: more['type'], href, ...more })
}

function envelope(channel: Channel): Envelope {
  const { folder, history, tombstones, language, tag } = channel
  const marked = history.current !== undefined || history.complete
  const namespaces = (tombstones.length > 0 ? TOMBSTONES : '') + (marked ? HISTORY : '')
  const document = atomEnvelope(channel).replace(
    FEED_TAG,
    `${FEED_TAG}${namespaces} xml:lang="${language}"`,
  )
  const own = [
    link('self', folder + atom.file, { type: bareType(atom.mediaType) }),
    // No other alternate: many readers take the first, or the last, for the page of the feed.
    link('alternate', channel.page, { type: 'text/html' }),
    ...historyElements(channel, 'link', atom.file),
    ...(channel.license ? [link('license', channel.license)] : []),
  ]
  const line = (text: string): string => `    ${text}\n`
  return {
    head: document.slice(0, document.lastIndexOf('</feed>')) + own.map(line).join(''),
    complete: history.complete ? line(COMPLETE) : '',
    // Empty elements, before the entries: some readers look for links inside them.
    tombstones: tombstones.map(({ guid, at }) =>
      line(parent('at:deleted-entry', [], { ref: iriOf(guid, tag), when: formatInstant(at) })),
    ),
    opening: '',
    tail: '\n</feed>\n',
  }
}
