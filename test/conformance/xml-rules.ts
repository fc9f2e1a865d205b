/** The rules of RSS, and those that Atom shares with it. */

import type { XmlElement } from '@rgrove/parse-xml'
import {
  all,
  children,
  failing,
  links,
  metadata,
  missing,
  own,
  RFC_3339,
  type Rule,
  texts,
  twice,
} from './rules.ts'

const XML = ['rss', 'atom'] as const
const RSS = ['rss'] as const

const RSS_ITEM = new Set(
  'title link guid pubDate dc:creator description content:encoded dc:rights category enclosure media:content media:thumbnail atom:link atom:updated source:markdown'.split(
    ' ',
  ),
)
const RSS_CHANNEL = new Set(
  'title link description pubDate lastBuildDate docs generator language ttl image copyright atom:link fh:archive fh:complete item'.split(
    ' ',
  ),
)
const ATOM_ENTRY = new Set(
  'id title published updated author link category rights summary content'.split(' '),
)
const ATOM_FEED = new Set(
  'id title updated generator subtitle logo icon rights link fh:archive fh:complete at:deleted-entry entry'.split(
    ' ',
  ),
)

const RFC_822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

/** What readers would not show as text, in texts that they take for HTML. */
function markupIn(elements: readonly XmlElement[]): string[] {
  return failing(
    elements,
    ({ text }: XmlElement) => /<[a-z!/?]/i.test(text) || /&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text),
  )
}

export const XML_RULES: readonly Rule[] = [
  {
    name: 'UndefinedElement',
    section: 'RSS 2.0, RFC 4287 §4',
    formats: XML,
    check: (document) => {
      const isRss = document.format === 'rss'
      const [outer, inner] = isRss ? [RSS_CHANNEL, RSS_ITEM] : [ATOM_FEED, ATOM_ENTRY]
      return [
        ...failing(children(metadata(document)), ({ name }: XmlElement) => !outer.has(name)),
        ...failing(document.entries.flatMap(children), ({ name }: XmlElement) => !inner.has(name)),
      ]
    },
  },
  {
    name: 'MissingSelf',
    section: 'RSS profile: atom:link; RFC 4287 §4.1.1',
    formats: XML,
    check: (document) => missing(links(document, 'self').length === 1, 'one link rel=self'),
  },
  {
    name: 'SelfDoesntMatchLocation',
    section: 'RFC 4287 §4.2.7.2',
    formats: XML,
    check: (document) =>
      failing(
        links(document, 'self'),
        ({ attributes }: XmlElement) => attributes['href'] !== document.url,
      ),
  },
  {
    name: 'MisplacedMetadata',
    section: 'RFC 4287 §4.1.1; RSS profile',
    formats: XML,
    check: (document) => {
      const names = children(metadata(document)).map(({ name }) => name)
      const first = names.findIndex((name) => name === 'item' || name === 'entry')
      return first < 0
        ? []
        : failing(names.slice(first), (name: string) => name !== 'item' && name !== 'entry')
    },
  },
  {
    name: 'MissingChannelElement',
    section: 'RSS 2.0, required channel elements',
    formats: RSS,
    check: (document) =>
      ['title', 'link', 'description'].flatMap((name) =>
        missing(own(metadata(document), name).length === 1, name),
      ),
  },
  {
    name: 'InvalidRFC2822Date',
    section: 'RSS 2.0, pubDate; RFC 822 §5',
    formats: RSS,
    check: ({ xml }) =>
      failing(
        texts([...all(xml, 'pubDate'), ...all(xml, 'lastBuildDate')]),
        (date: string) => !RFC_822.test(date),
      ),
  },
  {
    name: 'ChannelPubDate',
    section: 'RSS 2.0, pubDate of a channel: that of its newest item',
    formats: RSS,
    check: (document) => {
      const dates = texts(document.entries.flatMap((entry) => own(entry, 'pubDate')))
      const newest = dates.toSorted((a, b) => Date.parse(b) - Date.parse(a)).slice(0, 1)
      const said = texts(own(metadata(document), 'pubDate'))
      return missing(`${said}` === `${newest}`, `${newest} in the place of ${said}`)
    },
  },
  {
    name: 'IncorrectDOW',
    section: 'RFC 822 §5.2',
    formats: RSS,
    check: ({ xml }) =>
      failing(texts(all(xml, 'pubDate')), (date: string) => new Date(date).toUTCString() !== date),
  },
  {
    name: 'InvalidRFC3339Date',
    section: 'RFC 4287 §3.3',
    formats: XML,
    check: ({ xml }) =>
      failing(
        texts(['updated', 'published', 'atom:updated'].flatMap((name) => all(xml, name))),
        (date: string) => !RFC_3339.test(date),
      ),
  },
  {
    name: 'DuplicateValue',
    section: 'RSS 2.0, guid; RFC 4287 §4.1.1',
    formats: XML,
    check: ({ entries, format }) =>
      twice(texts(entries.flatMap((entry) => own(entry, format === 'rss' ? 'guid' : 'id')))),
  },
  {
    name: 'InvalidPermalink',
    section: 'RSS 2.0, guid',
    formats: RSS,
    check: ({ xml }) =>
      failing(
        all(xml, 'guid'),
        ({ attributes }: XmlElement) => attributes['isPermaLink'] !== 'false',
      ),
  },
  {
    name: 'CharacterData',
    section: 'RSS profile: titles without markup, as hexadecimal references',
    formats: RSS,
    check: ({ text }) =>
      failing(
        Array.from(text.matchAll(/<item><title>(.*?)<\/title>/gs), ([, title = '']) => title),
        (title: string) => /<|&(?!#x(?:26|3C|3E);)/.test(title),
      ),
  },
  {
    name: 'ContainsHTML',
    section: 'RSS profile: a summary and the texts of a channel, which readers take for HTML',
    formats: RSS,
    check: (document) => [
      ...markupIn(['title', 'description'].flatMap((name) => own(metadata(document), name))),
      ...markupIn(
        document.entries
          .filter((entry) => own(entry, 'content:encoded').length > 0)
          .flatMap((entry) => own(entry, 'description')),
      ),
    ],
  },
  {
    name: 'MediaText',
    section: 'Media RSS 1.5.1: media:title and media:description, plain or html',
    formats: RSS,
    check: ({ xml }) =>
      failing(
        ['media:title', 'media:description'].flatMap((name) => all(xml, name)),
        ({ attributes }: XmlElement) => attributes['type'] !== 'plain',
      ),
  },
  {
    name: 'NeedDescriptionBeforeContent',
    section: 'RSS profile: content:encoded',
    formats: RSS,
    check: ({ entries }) =>
      failing(entries, (entry: XmlElement) => {
        const names = children(entry).map(({ name }) => name)
        const content = names.indexOf('content:encoded')
        return content >= 0 && names.indexOf('description') > content
      }),
  },
  {
    name: 'DuplicateEnclosure',
    section: 'RSS profile: enclosure',
    formats: RSS,
    check: ({ entries }) =>
      failing(entries, (entry: XmlElement) => own(entry, 'enclosure').length > 1),
  },
  {
    name: 'UnexpectedAttribute',
    section: 'RSS 2.0, enclosure: url, length, type',
    formats: RSS,
    check: ({ xml }) =>
      failing(
        all(xml, 'enclosure'),
        ({ attributes }: XmlElement) =>
          Object.keys(attributes).sort().join() !== 'length,type,url' ||
          !/^\d+$/.test(attributes['length'] ?? ''),
      ),
  },
  {
    name: 'ImageUrlFormat',
    section: 'RSS 2.0, image',
    formats: RSS,
    check: ({ xml }) =>
      all(xml, 'image').flatMap((image) =>
        failing(texts(own(image, 'url')), (url: string) => !/\.(?:gif|jpe?g|png)$/.test(url)),
      ),
  },
  {
    name: 'UriNotIri',
    section: 'RSS 2.0, link; RFC 4287 §4.2.7.1',
    formats: XML,
    check: ({ xml }) =>
      failing(
        [
          ...texts(all(xml, 'link')),
          ...['link', 'atom:link', 'enclosure', 'media:content']
            .flatMap((name) => all(xml, name))
            .flatMap(({ attributes }) => [attributes['href'] ?? attributes['url'] ?? '']),
        ].filter(Boolean),
        (url: string) => !/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(url),
      ),
  },
  {
    name: 'ArchiveIncomplete',
    section: 'RFC 5005 §4',
    formats: XML,
    check: (document) => {
      const marked = own(metadata(document), 'fh:archive').length === 1
      const current = links(document, 'current').length === 1
      return missing(
        marked === document.isArchive && current === document.isArchive,
        'fh:archive and rel=current, in an archive and nowhere else',
      )
    },
  },
  {
    name: 'ArchiveWithoutEnd',
    section: 'RFC 5005 §4: an archive leads to an older one, or says that it is the first',
    formats: XML,
    check: (document) => {
      const older = links(document, 'prev-archive').length
      const first = links(document, 'first').map(({ attributes }) => attributes['href'])
      const wanted = document.isArchive && older === 0 ? document.url : ''
      return missing(first.join() === wanted && older < 2, `rel=first: ${wanted}`)
    },
  },
  {
    name: 'FeedRelInCompleteFeed',
    section: 'RFC 5005 §2',
    formats: XML,
    check: (document) =>
      own(metadata(document), 'fh:complete').length === 0
        ? []
        : failing(['prev-archive', 'current'], (rel: string) => links(document, rel).length > 0),
  },
  {
    name: 'MissingLanguage',
    section: 'RFC 4287 §2; RSS 2.0, language',
    formats: XML,
    check: (document) =>
      missing(
        document.format === 'rss'
          ? own(metadata(document), 'language').length === 1
          : document.xml.attributes['xml:lang'],
        'a language',
      ),
  },
]
