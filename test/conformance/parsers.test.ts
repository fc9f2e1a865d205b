import { join } from 'node:path'
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor'
import { parseFeed } from 'feedsmith'
import Parser from 'rss-parser'
import { describe, it } from 'vitest'
import { iriOf } from '../../src/article/guid.ts'
import { formatInstant } from '../../src/article/instant.ts'
import { soundPress } from '../../src/compile/open-press.ts'
import type { Press } from '../../src/compile/press.ts'
import { titleOf } from '../../src/feed/content.ts'
import { readContent } from '../../src/machine/content.ts'
import { aCache, aPress } from '../support/corpus.ts'
import { must } from '../support/results.ts'
import { type DocumentEntry, documentsOf, type FeedDocument } from './documents.ts'
import { LATE, nastyFiles } from './nasty.ts'

type Entry = {
  readonly id: string
  readonly title: string
  readonly link: string
  readonly instant: string
}

const NOW = 1_795_000_000

function shipped(): Press {
  const folder = join(import.meta.dirname, '../../content')
  return must(soundPress(readContent(folder, { now: NOW }, aCache())))
}

const CORPORA = [
  ['the shipped corpus', await documentsOf(shipped(), NOW)],
  ['a nasty corpus', await documentsOf(aPress(nastyFiles(), { now: LATE }), LATE)],
] as const

const instantOf = (text: unknown): string =>
  formatInstant(Math.floor(Date.parse(String(text)) / 1000))

/** What a document should say, by what the publisher wrote. */
function wanted(
  { entries, format }: { readonly entries: readonly DocumentEntry[]; readonly format: string },
  date: 'published' | 'updated' = 'published',
): Entry[] {
  return entries.map((entry) => ({
    // Atom asks for an IRI; the shipped articles have one in any case.
    id: format === 'atom' ? iriOf(entry.guid, 'example.org,2026') : entry.guid,
    title: titleOf(entry),
    link: entry.url,
    instant: formatInstant(entry[date]),
  }))
}

function byFeedsmith({ text }: FeedDocument): Entry[] {
  const parsed = parseFeed(text)
  const entry = (id?: string, title?: string, link?: string, date?: string): Entry => ({
    id: id ?? '',
    title: title ?? '',
    link: link ?? '',
    instant: instantOf(date),
  })
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map((item) =>
        entry(item.guid?.value, item.title, item.link, item.pubDate),
      )
    case 'atom':
      return (parsed.feed.entries ?? []).map((one) => {
        const page = one.links?.find(({ rel, type }) => rel === 'alternate' && type === 'text/html')
        return entry(
          one.id,
          typeof one.title === 'string' ? one.title : one.title?.value,
          page?.href,
          one.published,
        )
      })
    case 'json':
      return (parsed.feed.items ?? []).map((item) =>
        entry(item.id, item.title, item.url, item.date_published),
      )
    default:
      throw new Error('neither RSS nor Atom nor JSON Feed')
  }
}

async function byRssParser({ text }: FeedDocument): Promise<Entry[]> {
  const parser = new Parser({ customFields: { item: ['id', 'published'] } })
  const { items } = await parser.parseString(text)
  return items.map((item) => ({
    id: item.guid ?? item['id'] ?? '',
    title: item.title ?? '',
    link: item.link ?? '',
    instant: instantOf(item['published'] ?? item.isoDate),
  }))
}

function byExtractor({ text, format, url }: FeedDocument): Entry[] {
  const options = {
    useISODateFormat: true,
    descriptionMaxLen: 0,
    normalization: true,
    baseUrl: url,
  }
  const feed =
    format === 'json' ? extractFromJson(JSON.parse(text), options) : extractFromXml(text, options)
  return (feed.entries ?? []).map((entry) => ({
    id: String(entry.id ?? ''),
    title: entry.title ?? '',
    link: entry.link ?? '',
    instant: instantOf(entry.published),
  }))
}

const spaced = (entries: readonly Entry[]): Entry[] =>
  entries.map((entry) => ({ ...entry, title: entry.title.replace(/\s+/g, ' ').trim() }))

/** It decodes references in titles once more than it should: compared as it shows them. */
const twiceDecoded = (entry: Entry): Entry => ({
  ...entry,
  title: entry.title
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&(?:amp|#38);/g, '&'),
})

describe.each(CORPORA)('every document of %s', (_, documents) => {
  it('exists in all three formats, archives too', ({ expect }) => {
    expect(documents.length).toBeGreaterThan(30)
    expect(documents.some(({ isArchive }) => isArchive)).toBe(true)
  })

  it('is read alike by feedsmith: ids, titles, links, instants', ({ expect }) => {
    for (const document of documents)
      expect(spaced(byFeedsmith(document)), document.url).toEqual(spaced(wanted(document)))
  })

  it('is read alike by rss-parser, which knows no JSON', async ({ expect }) => {
    for (const document of documents.filter(({ format }) => format !== 'json'))
      expect(spaced(await byRssParser(document)), document.url).toEqual(spaced(wanted(document)))
  })

  it('is read alike by feed-extractor, which takes Atom’s updated for its date', ({ expect }) => {
    for (const document of documents) {
      const date = document.format === 'atom' ? 'updated' : 'published'
      const read = spaced(byExtractor(document))
      expect(read.map(twiceDecoded), document.url).toEqual(
        spaced(wanted(document, date)).map(twiceDecoded),
      )
    }
  })
})
