import { join } from 'node:path'
import { describe, it } from 'vitest'
import { soundPress } from '../../src/compile/open-press.ts'
import { readContent } from '../../src/machine/content.ts'
import { aCache, aPress } from '../support/corpus.ts'
import { must } from '../support/results.ts'
import { ATOM_RULES } from './atom-rules.ts'
import { CONTENT_RULES } from './content-rules.ts'
import { documentsOf } from './documents.ts'
import { LATE, nastyFiles } from './nasty.ts'
import { open, type Subject } from './rules.ts'
import { XML_RULES } from './xml-rules.ts'

const RULES = [...XML_RULES, ...ATOM_RULES, ...CONTENT_RULES]
const NOW = 1_795_000_000

const press = must(
  soundPress(readContent(join(import.meta.dirname, '../../content'), { now: NOW }, aCache())),
)
const documents = [
  ...(await documentsOf(press, NOW)),
  ...(await documentsOf(aPress(nastyFiles(), { now: LATE }), LATE)),
].map(open)

/** What every section asks for, and the case that holds it. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  'RFC 4287': [
    'MissingSelf',
    'MissingElement',
    'TextType',
    'DuplicateAtomLink',
    'MissingCategoryTerm',
    'OneAlternate',
    'EntryLanguage',
    'InvalidRFC3339Date',
    'UpdatedBeforeEntries',
  ],
  'RFC 5005': ['ArchiveIncomplete', 'ArchiveWithoutEnd', 'FeedRelInCompleteFeed'],
  'WHATWG HTML': ['BadCharacters', 'VoidElements', 'OneTitle'],
  'RFC 6721': ['DeletedEntry', 'DeletedEntryLives'],
  'RSS 2.0': [
    'MissingChannelElement',
    'InvalidRFC2822Date',
    'ChannelPubDate',
    'InvalidPermalink',
    'UnexpectedAttribute',
    'ImageUrlFormat',
    'DuplicateValue',
    'UndefinedElement',
  ],
  'RSS profile': [
    'CharacterData',
    'NeedDescriptionBeforeContent',
    'DuplicateEnclosure',
    'MisplacedMetadata',
    'ContainsRelRef',
    'ContainsHTML',
  ],
  'JSON Feed 1.1': [
    'JsonFeedVersion',
    'JsonFeedRequired',
    'JsonItemRequired',
    'JsonPlainText',
    'NextUrlDistinct',
    'JsonAttachment',
  ],
}

describe('every feed document of the shipped and of a nasty corpus', () => {
  it.for(RULES)('holds $name ($section)', ({ formats, check }, { expect }) => {
    const asked = documents.filter(({ format }) => formats.includes(format))
    expect(asked.length).toBeGreaterThan(20)
    for (const document of asked) expect(check(document), document.url).toEqual([])
  })
})

const RSS = (channel: string, item = ''): Subject => ({
  format: 'rss',
  url: 'https://e.org/rss.xml',
  isArchive: false,
  text: `<rss xmlns:atom="a" xmlns:fh="f" xmlns:content="c"><channel>${channel}<item>${item}</item></channel></rss>`,
})
const ATOM = (feed: string, entry = '', isArchive = false): Subject => ({
  format: 'atom',
  url: 'https://e.org/atom.xml',
  isArchive,
  text: `<feed xmlns:fh="f" xmlns:at="t">${feed}<entry>${entry}</entry></feed>`,
})
const JSON_FEED = (feed: object): Subject => ({
  format: 'json',
  url: 'https://e.org/feed.json',
  isArchive: false,
  text: JSON.stringify(feed),
})

const HTML = (html: string): Subject => JSON_FEED({ items: [{ content_html: html }] })

/** Documents that break each rule: a check that cannot fail holds nothing. */
const BROKEN: Readonly<Record<string, Subject | readonly Subject[]>> = {
  UndefinedElement: RSS('<color/>'),
  MissingSelf: RSS(''),
  SelfDoesntMatchLocation: ATOM('<link rel="self" href="https://e.org/other.xml"/>'),
  MisplacedMetadata: { ...RSS(''), text: '<rss><channel><item/><title/></channel></rss>' },
  MissingElement: ATOM('<id>x</id>'),
  MissingChannelElement: RSS('<title>x</title>'),
  InvalidRFC2822Date: RSS('', '<pubDate>Mon, 1 Jan 24 00:00 GMT</pubDate>'),
  IncorrectDOW: RSS('', '<pubDate>Mon, 02 Jan 2024 00:00:00 GMT</pubDate>'),
  InvalidRFC3339Date: ATOM('<updated>2024-01-01</updated>'),
  UpdatedBeforeEntries: ATOM(
    '<updated>2024-01-01T00:00:00Z</updated>',
    '<updated>2025-01-01T00:00:00Z</updated>',
  ),
  DuplicateValue: {
    ...RSS(''),
    text: '<rss><channel><item><guid>a</guid></item><item><guid>a</guid></item></channel></rss>',
  },
  InvalidPermalink: RSS('', '<guid>tag:x</guid>'),
  CharacterData: RSS('', '<title>&lt;b&gt;x</title>'),
  NeedDescriptionBeforeContent: RSS(
    '',
    '<content:encoded>x</content:encoded><description>y</description>',
  ),
  DuplicateEnclosure: RSS('', '<enclosure/><enclosure/>'),
  UnexpectedAttribute: RSS('', '<enclosure url="u" type="t" length="-1"/>'),
  ImageUrlFormat: RSS('<image><url>https://e.org/a.svg</url></image>'),
  TextType: [
    ...['title', 'summary', 'rights'].map((name) => ATOM('', `<${name} type="html">x</${name}>`)),
    ...['title', 'subtitle', 'rights'].map((name) => ATOM(`<${name} type="html">x</${name}>`)),
  ],
  ContainsHTML: [
    RSS('<title>&lt;b&gt;x</title>'),
    RSS('<description>AT&amp;T</description>'),
    RSS('', '<description>&lt;!-- x</description><content:encoded>x</content:encoded>'),
    RSS('', '<description>&lt;script&gt;</description><content:encoded>x</content:encoded>'),
  ],
  MediaText: ['title', 'description'].map((name) => ({
    ...RSS(''),
    text: `<rss xmlns:media="m"><channel><item><media:content><media:${name}>x</media:${name}></media:content></item></channel></rss>`,
  })),
  DuplicateAtomLink: ATOM('<link rel="alternate" type="a"/><link rel="alternate" type="a"/>'),
  OneAlternate: ATOM(
    '<link rel="alternate" type="text/html"/><link rel="alternate" type="application/rss+xml"/>',
    '<link type="text/html"/>',
  ),
  EntryLanguage: ATOM(''),
  ChannelPubDate: RSS(
    '<pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>',
    '<pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate>',
  ),
  ArchiveWithoutEnd: ATOM('<fh:archive/>', '', true),
  VoidElements: JSON_FEED({ items: [{ content_html: '<source src="x"></source>' }] }),
  OneTitle: JSON_FEED({ items: [{ content_html: '<h1>x</h1>' }] }),
  UriNotIri: RSS('<link>https://e.org/Łódź</link>'),
  MissingCategoryTerm: ATOM('', '<category label="x"/>'),
  ArchiveIncomplete: ATOM('<fh:archive/>', '', true),
  FeedRelInCompleteFeed: ATOM('<fh:complete/><link rel="prev-archive" href="x"/>'),
  DeletedEntry: ATOM('<at:deleted-entry ref="x"/>'),
  DeletedEntryLives: ATOM(
    '<at:deleted-entry ref="x" when="2024-01-01T00:00:00Z"/>',
    '<id>x</id><updated>2024-01-01T00:00:01Z</updated>',
  ),
  MissingLanguage: ATOM(''),
  BadCharacters: JSON_FEED({ title: 'x' }),
  ContainsRelRef: [
    '<a href="/x">x</a>',
    '<a href="#x">x</a>',
    '<img src="//e.org/x">',
    '<img srcset="https://e.org/x 1x, x.png 2x">',
    '<video poster="x.png"></video>',
    '<video><track src="x.vtt"></video>',
    '<audio><source src="x.ogg"></audio>',
    '<source srcset="x.png">',
    '<img src="https://e.org/x" srcset="https://e.org/x, 2x">',
    '<blockquote cite="x">x</blockquote>',
  ].map(HTML),
  SecurityRiskAddress: [
    '<a href="javascript:x">x</a>',
    '<img src="data:image/png,x">',
    '<img srcset="https://e.org/x 1x, javascript:x 2x">',
    '<video poster="javascript:x"></video>',
    '<video><track src="blob:x"></video>',
    '<img src="mailto:a@e.org">',
  ].map(HTML),
  BadSrcset: [
    '<img src="https://e.org/x" srcset="https://e.org/x 1x,https://e.org/y 2x">',
    '<img src="https://e.org/x" srcset="https://e.org/x 10q">',
    '<img src="https://e.org/x" srcset="https://e.org/x 10w, https://e.org/y 2x">',
    '<img src="https://e.org/x" sizes="wide">',
    '<img srcset="https://e.org/x 2x">',
  ].map(HTML),
  BadMedia: [
    '<video></video>',
    '<audio></audio>',
    '<p><track src="https://e.org/x"></p>',
    '<video controls><track kind="captions"></video>',
    '<video controls><track kind="words" src="https://e.org/x"></video>',
    '<video controls><track src="https://e.org/x"></video>',
    '<audio controls poster="https://e.org/x"></audio>',
  ].map(HTML),
  SecurityRisk: JSON_FEED({ items: [{ content_html: '<p onclick="x()">x</p>' }] }),
  JsonFeedVersion: JSON_FEED({ version: '1' }),
  JsonFeedRequired: JSON_FEED({ title: 'x' }),
  JsonItemRequired: JSON_FEED({ items: [{ id: '' }] }),
  JsonPlainText: JSON_FEED({ items: [{ summary: '<p>x</p>' }] }),
  NextUrlDistinct: JSON_FEED({ feed_url: 'a', next_url: 'a' }),
  JsonAttachment: JSON_FEED({ items: [{ attachments: [{ url: 'x' }] }] }),
}

describe('a rule', () => {
  it.for(RULES)('can be broken: $name', ({ name, check }, { expect }) => {
    const subjects = [BROKEN[name] ?? []].flat()
    expect(subjects.length, `no document breaks ${name}`).toBeGreaterThan(0)
    for (const subject of subjects) {
      const opened = open(subject)
      const document = name === 'BadCharacters' ? { ...opened, text: '\u0085' } : opened
      expect(check(document).length, subject.text).toBeGreaterThan(0)
    }
  })

  it('names a section, and every section has rules', ({ expect }) => {
    for (const [section, names] of Object.entries(SECTIONS)) {
      for (const name of names)
        expect(RULES.find((rule) => rule.name === name)?.section, name).toContain(section)
    }
    for (const { section } of RULES) expect(section).not.toBe('')
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length)
  })
})
