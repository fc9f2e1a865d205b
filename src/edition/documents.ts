/**
 * Documents: what an edition holds beside its articles, each a name and an object. Files, feeds,
 * pages, and the old addresses of articles; a new kind is a function and a line here.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { entryEnvelope } from '../feed/atom.ts'
import type { Tombstone } from '../feed/format.ts'
import { itemEnvelope } from '../feed/json.ts'
import { articleShell } from '../page/article-page.ts'
import { frontPage } from '../page/front-page.ts'
import { stylesheetOf } from '../page/stylesheet.ts'
import type { MediaFacts } from './facts.ts'
import { feedsOf, newestFirst, selectEntries, standingTombstones, writeFeed } from './feeds.ts'
import { FRONT_PAGE, SHELL } from './names.ts'
import { writeObject } from './object.ts'
import type { Press, Rendered } from './press.ts'

export type DocumentInput = {
  readonly press: Press
  /** The articles that are due. */
  readonly due: readonly Rendered[]
  readonly tombstones: readonly Tombstone[]
  /** The objects of articles and retractions, by id. */
  readonly articles: ReadonlyMap<string, Digest>
  readonly at: Instant
}

/** All documents of an edition, by name. */
export function writeDocuments(input: DocumentInput): Map<string, Digest> {
  const style = writeStylesheet(input)
  const [stylesheet] = style
  return new Map([
    // First, so that nothing of the site's own can be lost to one.
    ...aliasesOf(input),
    ...filesOf(input),
    style,
    ...writeFeeds(input),
    [SHELL, writeShell(input, stylesheet)],
    [FRONT_PAGE, writeFrontPage(input, stylesheet)],
  ])
}

type Named = [name: string, object: Digest]

/** The stylesheet, under an address that changes with it. */
function writeStylesheet({ press }: DocumentInput): Named {
  const content = new TextEncoder().encode(stylesheetOf(press.corpus.site))
  const facts: MediaFacts = { name: 'style.css', media_type: 'text/css; charset=utf-8' }
  const { platform } = press
  const object = press.object(['stylesheet'], () =>
    writeObject('media', facts, [{ name: 'file', content }], platform),
  )
  return [`/media/${platform.digest(content)}/style.css`, object]
}

function filesOf({ press, due }: DocumentInput): Named[] {
  const used = [...press.corpus.media, ...due.flatMap(({ media }) => media)]
  const files = new Map(used.map((media) => [media.path, media]))
  return Array.from(files, ([path, media]) => [path, press.file(media)])
}

function writeFeeds({ press, due, tombstones, at }: DocumentInput): Named[] {
  const standing = standingTombstones(tombstones, at)
  return feedsOf(press.corpus.site).map((plan) => {
    const entries = selectEntries(plan, due)
    return [plan.name, writeFeed(plan, entries, standing, press)]
  })
}

function writeShell({ press }: DocumentInput, stylesheet: string): Digest {
  const { corpus, platform } = press
  return press.object(['shell', stylesheet], () => {
    const page = articleShell(corpus.site, stylesheet)
    const item = itemEnvelope(corpus.site)
    const parts = [
      { name: 'html-head', content: page.head },
      { name: 'html-tail', content: page.tail },
      { name: 'json-head', content: item.head },
      { name: 'json-tail', content: item.tail },
      { name: 'atom-head', content: entryEnvelope.head },
      { name: 'atom-tail', content: entryEnvelope.tail },
    ]
    return writeObject('page', {}, parts, platform)
  })
}

function writeFrontPage({ press, due }: DocumentInput, stylesheet: string): Digest {
  const { corpus, platform } = press
  const newest = due.toSorted(newestFirst).slice(0, corpus.site.feed_length)
  const objects = newest.map(({ object }) => object)
  return press.object(['front-page', stylesheet, objects], () => {
    const content = frontPage(corpus.site, newest, stylesheet)
    return writeObject('page', {}, [{ name: 'html', content, gzip: true }], platform)
  })
}

/** An old address stands for the article itself; the Worker sees that it is another's. */
function aliasesOf({ press, articles }: DocumentInput): Named[] {
  return press.corpus.articles.flatMap(({ id, aliases }) => {
    const object = articles.get(id)
    return object ? aliases.map((alias): Named => [alias, object]) : []
  })
}
