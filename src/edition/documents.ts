/**
 * Documents: what an edition holds beside its articles, each a name and an object. Files, feeds,
 * pages, and the old addresses of articles; a new kind is a function and a line here.
 */

import type { Corpus } from '../article/corpus.ts'
import type { Instant } from '../article/instant.ts'
import { type Media, mediaOf } from '../article/media.ts'
import type { Digest, Platform } from '../article/platform.ts'
import { entryEnvelope } from '../feed/atom.ts'
import type { Tombstone } from '../feed/format.ts'
import { itemEnvelope } from '../feed/json.ts'
import { articleShell } from '../page/article-page.ts'
import { frontPage } from '../page/front-page.ts'
import { stylesheetOf } from '../page/stylesheet.ts'
import type { MediaFacts } from './facts.ts'
import { feedsOf, newestFirst, selectEntries, standingTombstones, writeFeed } from './feeds.ts'
import { FRONT_PAGE, SHELL } from './names.ts'
import { type WrittenObject, writeObject } from './object.ts'
import type { Malformed, Rendered } from './render.ts'

export type DocumentInput = {
  readonly corpus: Corpus
  /** The articles that are due. */
  readonly due: readonly Rendered[]
  readonly tombstones: readonly Tombstone[]
  /** The objects of articles and retractions, by id. */
  readonly articles: ReadonlyMap<string, Digest>
  readonly at: Instant
  readonly platform: Platform
  readonly keep: (object: WrittenObject) => Digest
  readonly report: (malformed: Malformed) => void
}

/** All documents of an edition, by name. */
export function writeDocuments(input: DocumentInput): Map<string, Digest> {
  const stylesheet = styleFile(input)
  return new Map([
    // First, so that nothing of the site's own can be lost to one.
    ...aliasesOf(input),
    ...writeMedia(input, stylesheet),
    ...writeFeeds(input),
    [SHELL, writeShell(input, stylesheet)],
    [FRONT_PAGE, writeFrontPage(input, stylesheet)],
  ])
}

type Named = [name: string, object: Digest]

function styleFile({ corpus, platform }: DocumentInput): Media {
  const bytes = new TextEncoder().encode(stylesheetOf(corpus.site))
  return mediaOf('style.css', 'text/css; charset=utf-8', bytes, platform)
}

function writeMedia({ corpus, due, platform, keep }: DocumentInput, stylesheet: Media): Named[] {
  const used = [stylesheet, ...corpus.media, ...due.flatMap(({ article }) => article.media)]
  const files = new Map(used.map((media) => [media.path, media]))
  return Array.from(files, ([path, { name, type, bytes }]) => {
    const facts: MediaFacts = { name, media_type: type }
    return [path, keep(writeObject('media', facts, [{ name: 'file', content: bytes }], platform))]
  })
}

function writeFeeds({
  corpus,
  due,
  tombstones,
  at,
  platform,
  keep,
  report,
}: DocumentInput): Named[] {
  const standing = standingTombstones(tombstones, at)
  return feedsOf(corpus.site).map((plan) => {
    const entries = selectEntries(plan, due)
    return [plan.name, keep(writeFeed(plan, corpus.site, entries, standing, platform, report))]
  })
}

function writeShell({ corpus, platform, keep }: DocumentInput, stylesheet: Media): Digest {
  const page = articleShell(corpus.site, stylesheet.path)
  const item = itemEnvelope(corpus.site)
  const parts = [
    { name: 'html-head', content: page.head },
    { name: 'html-tail', content: page.tail },
    { name: 'json-head', content: item.head },
    { name: 'json-tail', content: item.tail },
    { name: 'atom-head', content: entryEnvelope.head },
    { name: 'atom-tail', content: entryEnvelope.tail },
  ]
  return keep(writeObject('page', {}, parts, platform))
}

function writeFrontPage({ corpus, due, platform, keep }: DocumentInput, stylesheet: Media): Digest {
  const { site } = corpus
  const newest = due.toSorted(newestFirst).slice(0, site.feed_length)
  const articles = newest.map(({ article }) => article)
  const content = frontPage(site, articles, stylesheet.path)
  return keep(writeObject('page', {}, [{ name: 'html', content, gzip: true }], platform))
}

/** An old address stands for the article itself; the Worker sees that it is another's. */
function aliasesOf({ corpus, articles }: DocumentInput): Named[] {
  return corpus.articles.flatMap(({ id, aliases }) => {
    const object = articles.get(id)
    return object ? aliases.map((alias): Named => [alias, object]) : []
  })
}
