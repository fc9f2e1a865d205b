import { gunzipSync } from 'node:zlib'
import { parseXml } from '@rgrove/parse-xml'
import fc from 'fast-check'
import { parseFeed, parseRssFeed } from 'feedsmith'
import { parseFragment } from 'parse5'
import { describe, it } from 'vitest'
import { iriOf } from '../../src/article/guid.ts'
import { formatInstant } from '../../src/article/instant.ts'
import { renderRetraction } from '../../src/compile/articles.ts'
import { planFeeds } from '../../src/compile/feed-plans.ts'
import { newestFirst, writeFeed } from '../../src/compile/feeds.ts'
import { gather, isPublishable } from '../../src/compile/findings.ts'
import type { Member } from '../../src/compile/member.ts'
import { Press } from '../../src/compile/press.ts'
import { StoredObject } from '../../src/edition/object.ts'
import type { FormatName } from '../../src/feed/feed-types.ts'
import type { Tombstone } from '../../src/feed/format.ts'
import { cleanLine } from '../../src/markup/text.ts'
import { anyFiles, anyLine } from '../support/arbitraries.ts'
import { anArticle, aPress, NOW, platform, SITE } from '../support/corpus.ts'

/** The documents of the feed of everything; whatever the gate refuses is thrown. */
function documentsOf(
  press: Press,
  tombstones: readonly Tombstone[] = [],
): Record<FormatName, string> {
  const { corpus } = press
  const members = corpus.articles.map((article): Member => {
    const rendered = press.render(article, NOW)
    const { object, findings } = rendered
    return { article, object, rendered, tombstone: undefined, seenIn: [], findings }
  })
  const [first] = members
  const gone = tombstones.flatMap((tombstone): Member[] => {
    if (!first) return []
    const { malformed = [], ...object } = renderRetraction(tombstone, [], corpus.site, platform)
    const findings = { problems: [], malformed }
    press.cache.keep(object)
    const { id, guid, published } = tombstone
    const article = { ...first.article, id, guid, published }
    const { digest } = object
    return [{ ...first, article, object: digest, rendered: undefined, tombstone, findings }]
  })
  const [feed] = planFeeds(corpus.site, [...members.toSorted(newestFirst), ...gone], [])
  if (!feed) throw new Error('no feed')
  const { digest, findings } = writeFeed(feed, [], NOW, press)
  const found = gather([...members, ...gone].map((member) => member.findings).concat(findings))
  if (!isPublishable(found)) throw new Error(JSON.stringify(found))
  const object = new StoredObject(press.bytesOf(digest) ?? new Uint8Array())
  const text = (name: FormatName): string =>
    gunzipSync(object.part(name)?.bytes ?? new Uint8Array()).toString('utf8')
  return { rss: text('rss'), atom: text('atom'), json: text('json') }
}

type Entry = { id: string; title: string; url: string; published: string; content: string }

/** What an independent parser reads out of each format, in the same words. */
function entriesOf(documents: Record<FormatName, string>): Record<FormatName, Entry[]> {
  const rss = parseFeed(documents.rss)
  const atom = parseFeed(documents.atom)
  const json = parseFeed(documents.json)
  if (rss.format !== 'rss' || atom.format !== 'atom' || json.format !== 'json')
    throw new Error('format')
  const instant = (text: string | undefined): string => formatInstant(Date.parse(text ?? '') / 1000)
  return {
    rss: (rss.feed.items ?? []).map((item) => ({
      id: item.guid?.value ?? '',
      title: item.title ?? '',
      url: item.link ?? '',
      published: instant(item.pubDate),
      content: item.content?.encoded ?? item.description ?? '',
    })),
    atom: (atom.feed.entries ?? []).map((entry) => ({
      id: entry.id ?? '',
      title: text(entry.title),
      url: entry.links?.find(({ rel }) => rel === 'alternate')?.href ?? '',
      published: instant(entry.published),
      content: text(entry.content),
    })),
    json: (json.feed.items ?? []).map((item) => ({
      id: item.id ?? '',
      title: item.title ?? '',
      url: item.url ?? '',
      published: instant(item.date_published),
      content: item.content_html ?? '',
    })),
  }
}

function text(construct: unknown): string {
  return typeof construct === 'string'
    ? construct
    : ((construct as { value?: string } | undefined)?.value ?? '')
}

/** The text that a reader shows of HTML; throws where it has an element. */
function textOfHtml(html: string): string {
  return parseFragment(html)
    .childNodes.map((node) => {
      if (!('value' in node)) throw new Error(node.nodeName)
      return node.value
    })
    .join('')
}

const RETRACTED = {
  guid: 'tag:example.org,2026:gone',
  id: 'gone',
  at: NOW,
  reason: 'wrong & "so"',
  title: 'It is <gone>',
  url: 'https://wire.example.org/articles/gone',
  published: NOW - 60,
  language: 'en',
  section: 'news',
  tags: [],
  announcement: 'tag:example.org,2026:gone/retracted',
  replacedBy: 'a',
  replacement: 'https://wire.example.org/articles/a',
}

describe('feed documents', () => {
  it('are well-formed whatever Unicode stands in any field', ({ expect }) => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const documents = documentsOf(aPress(files))
        parseXml(documents.rss)
        parseXml(documents.atom)
        expect(JSON.parse(documents.json)).toHaveProperty('items.length', Object.keys(files).length)
        for (const document of Object.values(documents)) expect(document.isWellFormed()).toBe(true)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('say what was corrected and retracted in the language of the article', ({ expect }) => {
    const front = {
      language: 'ar',
      updated: '2026-02-02T10:00:00Z',
      correction: 'x',
      via: 'https://via.example/',
    }
    const press = aPress({
      'site.yaml': SITE.replace('language: en', 'language: ar'),
      'a.md': anArticle(front, 'نص'),
    })
    const { json } = documentsOf(press, [{ ...RETRACTED, language: 'de' }])
    const items = JSON.parse(json).items as { title: string; content_html: string }[]
    const [notice, article] = [
      items.find(({ title }) => title.startsWith('Zurückgezogen: ')),
      items.find(({ title }) => title === 'A title'),
    ]
    expect(notice?.content_html).toContain('<strong lang="de" dir="ltr">Zurückgezogen, <time')
    expect(items.map(({ title }) => title)).toContain('Rücknahme: It is <gone>')
    // A reader writes from left to right, whatever the language of the feed is.
    expect(article?.content_html).toMatch(/^<div lang="ar" dir="rtl">/)
    expect(article?.content_html).toMatch(
      /<strong lang="ar" dir="rtl">تصحيح، <time[^>]*>2026-02-02<\/time><\/strong>: /,
    )
    expect(article?.content_html).toContain('<span lang="ar" dir="rtl">المصدر</span>')
  })

  it('are the same when their texts are composed once more', ({ expect }) => {
    const struck = '"\u0338 x"'
    const front = { title: struck, summary: struck, authors: `[${struck}]`, copyright: struck }
    const { rss, atom, json } = documentsOf(aPress({ 'a.md': anArticle(front, '&#x338; y') }))
    for (const document of [rss, atom, json]) expect(document.normalize('NFC')).toBe(document)
    expect(parseRssFeed(rss).items?.[0]?.title).toBe('\u0338 x')
  })

  it('carry the same ids, titles, links, instants and content in all three formats', ({
    expect,
  }) => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const press = aPress(files)
        const { rss, atom, json } = entriesOf(documentsOf(press))
        const trimmed = (entries: Entry[]): Entry[] =>
          entries.map((entry) => ({ ...entry, content: entry.content.trim() }))
        expect(trimmed(rss)).toEqual(trimmed(json))
        const inAtom = ({ id, ...entry }: Entry): Entry => ({
          ...entry,
          id: iriOf(id, press.corpus.site.tag),
        })
        expect(trimmed(atom)).toEqual(trimmed(json).map(inAtom))
        const own = press.corpus.articles.map(({ guid, title, url }) => ({ id: guid, title, url }))
        const read = json.map(({ id, title, url }) => ({ id, title, url }))
        const byUrl = (a: { url: string }, b: { url: string }): number => (a.url < b.url ? -1 : 1)
        expect(read.toSorted(byUrl)).toEqual(own.toSorted(byUrl))
      }),
      { numRuns: 300, seed: 2 },
    )
  })

  it('carry the site’s own texts through the library’s envelope unharmed', ({ expect }) => {
    const { corpus, cache } = aPress({ 'a.md': anArticle() })
    const line = anyLine.map(cleanLine)
    fc.assert(
      fc.property(line, line, line, (title, description, copyright) => {
        const site = { ...corpus.site, title, description, copyright }
        const documents = documentsOf(new Press({ ...corpus, site }, cache, platform))
        const { text } = parseXml(documents.atom)
        for (const own of [title, description, copyright]) expect(text).toContain(own)
        // What readers take for HTML is a text in it, and no element.
        const feed = parseRssFeed(documents.rss)
        expect([feed.title, feed.description].map((html) => textOfHtml(html ?? ''))).toEqual([
          title,
          description,
        ])
        expect(parseXml(documents.rss).text).toContain(copyright)
        expect(JSON.parse(documents.json)).toMatchObject({
          title,
          description,
          _edgewire: { copyright },
        })
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  it.for(['<script>alert(1)</script> & <b>', 'AT&amp;T', '&lt;i>', '<!-- x', 'a < b'])(
    'carry a summary as text, although readers take it for HTML: %s',
    (summary, { expect }) => {
      const front = { summary: JSON.stringify(summary) }
      const { rss, atom, json } = documentsOf(aPress({ 'a.md': anArticle(front) }))
      expect(textOfHtml(parseRssFeed(rss).items?.[0]?.description ?? '')).toBe(summary)
      expect(parseXml(atom).text).toContain(summary)
      expect(JSON.parse(json).items[0].summary).toBe(summary)
    },
  )

  it('name retractions as tombstones, and show them as entries, the same in all formats', ({
    expect,
  }) => {
    const documents = documentsOf(aPress({ 'a.md': anArticle() }), [RETRACTED])
    expect(documents.atom).toContain(
      '<at:deleted-entry ref="tag:example.org,2026:gone" when="2026-03-01T00:00:00Z"/>',
    )
    expect(JSON.parse(documents.json)._edgewire.retracted).toEqual([
      {
        id: 'tag:example.org,2026:gone',
        retracted_at: '2026-03-01T00:00:00Z',
        reason: 'wrong & "so"',
        replacement: 'https://wire.example.org/articles/a',
      },
    ])
    const content =
      '<p><strong lang="en" dir="ltr">Retracted, <time datetime="2026-03-01T00:00:00Z">2026-03-01</time></strong>: <span>wrong &amp; "so"</span></p>' +
      '<p lang="en" dir="ltr">This article was withdrawn: do not rely on copies of its text.</p>' +
      '<p><a href="https://wire.example.org/articles/a" lang="en" dir="ltr">Read what replaces it</a></p>'
    const { url } = RETRACTED
    const { rss, atom, json } = entriesOf(documents)
    expect(rss.slice(0, 2)).toEqual([
      {
        id: 'tag:example.org,2026:gone/retracted',
        title: 'Retraction: It is <gone>',
        url,
        published: '2026-03-01T00:00:00Z',
        content,
      },
      {
        id: 'tag:example.org,2026:gone',
        title: 'Retracted: It is <gone>',
        url,
        published: '2026-02-28T23:59:00Z',
        content,
      },
    ])
    expect(atom).toEqual(rss)
    expect(json).toEqual(rss)
    // Exactly the tombstone's instant: a later one would mean that it lives (RFC 6721 §3).
    expect(documents.atom.match(/<updated>2026-03-01T00:00:00Z</g)).toHaveLength(2)
    const items: { _edgewire: object }[] = JSON.parse(documents.json).items
    for (const { _edgewire: own } of items.slice(0, 2))
      expect(own).toEqual({ id: 'gone', section: 'news', retracted_at: '2026-03-01T00:00:00Z' })
  })

  it('pass the gate with the page of a retraction, which is judged like any other', ({
    expect,
  }) => {
    const evil = { ...RETRACTED, replacement: 'javascript:alert(1)' }
    expect(() => documentsOf(aPress({ 'a.md': anArticle() }), [evil])).toThrow(
      '{"document":"/articles/gone","detail":"href of <a>"}',
    )
  })

  it('put the metadata of RSS before its items, and the summary before the content', ({
    expect,
  }) => {
    const { rss } = documentsOf(aPress({ 'a.md': anArticle({ summary: 'Short' }) }))
    expect(rss.indexOf('<atom:link')).toBeLessThan(rss.indexOf('<item>'))
    expect(rss.indexOf('<description>Short')).toBeLessThan(rss.indexOf('<content:encoded>'))
    expect(rss).toContain('<guid isPermaLink="false">tag:example.org,2026:a</guid>')
    expect(rss).toContain('<pubDate>Sun, 01 Feb 2026 10:00:00 GMT</pubDate>')
    expect(rss).toContain('href="https://wire.example.org/rss.xml" rel="self"')
  })

  it('never state the time at which they were made', ({ expect }) => {
    const files = { 'site.yaml': SITE, 'a.md': anArticle() }
    expect(documentsOf(aPress(files))).toEqual(documentsOf(aPress(files)))
    expect(documentsOf(aPress(files)).atom).toContain('<updated>2026-02-01T10:00:00.000Z</updated>')
    const { corpus, cache } = aPress(files)
    const empty = documentsOf(new Press({ ...corpus, articles: [] }, cache, platform))
    expect(empty.rss).toContain('<lastBuildDate>Thu, 01 Jan 2026 00:00:00 GMT</lastBuildDate>')
    parseXml(empty.atom)
  })
})
