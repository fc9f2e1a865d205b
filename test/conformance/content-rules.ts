/** The rules of the HTML in entries, and of JSON Feed. */

import { addressesIn, elementsIn, failing, htmls, missing, type Rule } from './rules.ts'

const ALL = ['rss', 'atom', 'json'] as const
const JSON_FEED = ['json'] as const

const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Noncharacter_Code_Point}/u
/** Elements that have no end tag. */
const VOID = 'area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr'

/** Schemes of links, and of what is shown; a document is read anywhere, so none is relative. */
const LINKED = /^(?:https?:\/\/|mailto:|tel:|xmpp:|geo:)/i
const SHOWN = /^https?:\/\//i

const CANDIDATE = /^[^\s,](?:\S*[^\s,])?(?: (?:\d+w|\d+(?:\.\d+)?x))?$/
const SIZES = /(?:^|[\s)])(?:0|[\d.]+[a-z]+|(?:calc|min|max|clamp)\(.*\))$/
const TRACKS = /^(?:subtitles|captions|descriptions|chapters|metadata|)$/
/** The kinds of tracks that need to say their language. */
const SPOKEN = /^(?:subtitles|)$/

export const CONTENT_RULES: readonly Rule[] = [
  {
    name: 'BadCharacters',
    section: 'XML 1.0 §2.2; WHATWG HTML §13.2.3.5',
    formats: ALL,
    check: ({ text }) =>
      missing(text.isWellFormed() && !FORBIDDEN.test(text), 'legal characters only'),
  },
  {
    name: 'VoidElements',
    section:
      'WHATWG HTML §13.1.2: no end tags for these, and nothing for others that closes itself',
    formats: ALL,
    check: (document) =>
      htmls(document).flatMap((html) =>
        failing(html.match(/<[^>]*>/g) ?? [], (tag: string) =>
          new RegExp(`^</(?:${VOID})\\b|^<(?!(?:${VOID})\\b)[^>]*/>$`, 'i').test(tag),
        ),
      ),
  },
  {
    name: 'OneTitle',
    section: 'WHATWG HTML §4.3.11: the title of an entry is above its headings',
    formats: ALL,
    check: (document) => htmls(document).flatMap((html) => html.match(/<h1\b[^>]*>/g) ?? []),
  },
  {
    name: 'ContainsRelRef',
    section: 'RSS profile; validator: ContainsRelRef',
    formats: ALL,
    check: (document) =>
      failing(
        addressesIn(document).map(({ address }) => address),
        (address: string) => !/^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(address),
      ),
  },
  {
    name: 'SecurityRiskAddress',
    section: 'validator: SecurityRiskAttr; WHATWG HTML §2.4.1',
    formats: ALL,
    check: (document) =>
      addressesIn(document).flatMap(({ attribute, address }) =>
        missing(
          (attribute === 'href' ? LINKED : SHOWN).test(address),
          `a harmless ${attribute}, not ${address}`,
        ),
      ),
  },
  {
    name: 'BadSrcset',
    section: 'WHATWG HTML §4.8.4.2: srcset and sizes',
    formats: ALL,
    check: (document) =>
      elementsIn(document).flatMap(({ attributes: { srcset, sizes, src }, name }) => {
        const widths = srcset?.split(', ').filter((candidate) => / \d+w$/.test(candidate)) ?? []
        const all = srcset?.split(', ') ?? []
        return [
          ...failing(all, (candidate: string) => !CANDIDATE.test(candidate)),
          ...missing(widths.length === 0 || widths.length === all.length, 'widths everywhere'),
          ...missing(sizes === undefined || SIZES.test(sizes), 'sizes with lengths'),
          ...missing(name !== 'img' || srcset === undefined || src, 'src beside srcset'),
        ]
      }),
  },
  {
    name: 'BadMedia',
    section: 'WHATWG HTML §4.8.8, §4.8.11: video, audio, source, track',
    formats: ALL,
    check: (document) =>
      elementsIn(document).flatMap(({ name, parent, attributes: { src, kind = '', ...more } }) => {
        const isPlayer = name === 'video' || name === 'audio'
        const isOfPlayer = parent === 'video' || parent === 'audio'
        const isTrack = name === 'track'
        return [
          ...missing(!isPlayer || more['controls'] !== undefined, `controls of <${name}>`),
          ...missing(!isTrack || (isOfPlayer && src), 'src of a track, in a player'),
          ...missing(!isTrack || TRACKS.test(kind), `a kind of track, not ${kind}`),
          ...missing(!isTrack || !SPOKEN.test(kind) || more['srclang'], 'srclang of subtitles'),
          ...missing(name === 'video' || more['poster'] === undefined, `no poster of <${name}>`),
        ]
      }),
  },
  {
    name: 'SecurityRisk',
    section: 'validator: SecurityRisk, SecurityRiskAttr, DangerousStyleAttr',
    formats: ALL,
    check: (document) =>
      htmls(document).flatMap((html) =>
        failing(html.match(/<[^>]*>/g) ?? [], (tag: string) =>
          /^<\/?(?:script|iframe|object|embed|form|style|link|meta)\b|\s(?:on\w+|style)=|javascript:/i.test(
            tag,
          ),
        ),
      ),
  },
  {
    name: 'JsonFeedVersion',
    section: 'JSON Feed 1.1, version',
    formats: JSON_FEED,
    check: ({ json }) =>
      missing(
        json['version'] === 'https://jsonfeed.org/version/1.1' &&
          Object.keys(json)[0] === 'version',
        'version 1.1, first',
      ),
  },
  {
    name: 'JsonFeedRequired',
    section: 'JSON Feed 1.1, top-level',
    formats: JSON_FEED,
    check: ({ json, url }) =>
      missing(
        json['title'] &&
          json['home_page_url'] &&
          json['feed_url'] === url &&
          Array.isArray(json.items),
        'title, home_page_url, its own feed_url, items',
      ),
  },
  {
    name: 'JsonItemRequired',
    section: 'JSON Feed 1.1, items',
    formats: JSON_FEED,
    check: ({ json }) =>
      failing(
        (json.items ?? [])
          .filter(
            (item) =>
              typeof item['id'] !== 'string' ||
              item['id'] === '' ||
              typeof item['content_html'] !== 'string' ||
              !Array.isArray(item['authors']) ||
              !item['author'],
          )
          .map((item) => JSON.stringify(item)),
        () => true,
      ),
  },
  {
    name: 'JsonPlainText',
    section: 'JSON Feed 1.1: HTML only in content_html',
    formats: JSON_FEED,
    check: ({ json }) =>
      failing(
        (json.items ?? []).map((item) => String(item['summary'] ?? '')),
        (text: string) => /<\/?(?:p|a|b|strong|em|img|div)\b/.test(text),
      ),
  },
  {
    name: 'NextUrlDistinct',
    section: 'JSON Feed 1.1, next_url',
    formats: JSON_FEED,
    check: ({ json }) =>
      missing(
        json['next_url'] === undefined || json['next_url'] !== json['feed_url'],
        'another next_url',
      ),
  },
  {
    name: 'JsonAttachment',
    section: 'JSON Feed 1.1, attachments',
    formats: JSON_FEED,
    check: ({ json }) =>
      (json.items ?? []).flatMap((item) =>
        failing(
          (item['attachments'] ?? []) as { url?: string; mime_type?: string }[],
          ({ url, mime_type: type }) => !url || !type,
        ),
      ),
  },
]
