/** The rules of the HTML in entries, and of JSON Feed. */

import { failing, htmls, missing, type Rule } from './rules.ts'

const ALL = ['rss', 'atom', 'json'] as const
const JSON_FEED = ['json'] as const

const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Noncharacter_Code_Point}/u
/** Elements that have no end tag. */
const VOID = 'area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr'

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
      htmls(document).flatMap((html) =>
        failing(
          Array.from(html.matchAll(/\s(?:href|src)="([^"]*)"/g), ([, url = '']) => url),
          (url: string) => !/^[a-z][a-z0-9+.-]*:/i.test(url),
        ),
      ),
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
