/**
 * Documents: what an edition holds beside its articles, each a name and an object. Files, feeds,
 * pages, and the old addresses of articles; a new kind is a function and a line here.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { ArchivesFacts, RegisteredFeed } from '../edition/facts.ts'
import { aliasName, archivesName } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import { folderOf, partsOf } from './archives.ts'
import { type PlannedFeed, planFeeds } from './feed-plans.ts'
import { newestFirst, writeArchive, writeFeed } from './feeds.ts'
import { writeSiteFiles } from './files.ts'
import { type Findings, gather } from './findings.ts'
import { mediaFilesOf, writeAssets } from './media.ts'
import type { Member } from './member.ts'
import { writePages } from './pages.ts'
import type { Press } from './press.ts'
import { type NamedProduct, type Product, soundProduct } from './product.ts'
import { writeRegister } from './register.ts'
import { writeShells } from './shells.ts'
import { writeSitemaps } from './sitemaps.ts'

export type DocumentInput = {
  readonly press: Press
  /** The articles that are due, and the tombstones. */
  readonly members: readonly Member[]
  readonly at: Instant
  /** The feeds of the edition before. */
  readonly registered: readonly RegisteredFeed[]
}

/** The objects of all documents of an edition by name, and what is wrong with them. */
export type Documents = {
  readonly objects: ReadonlyMap<string, Digest>
  readonly findings: Findings
}

/** Writes all documents of an edition. */
export function writeDocuments({ press, members, at, registered }: DocumentInput): Documents {
  const { corpus } = press
  const newest = members.toSorted(newestFirst)
  const feeds = planFeeds(corpus.site, newest, registered)
  const { assets, files } = writeAssets(press)
  const named: readonly NamedProduct[] = [
    ...aliasesOf(members),
    ...mediaFilesOf(press, members),
    ...files,
    ...feeds.flatMap((feed) => writeFeedDocuments(feed, at, press)),
    ...writeRegister(feeds, press),
    ...writeSiteFiles(feeds, press),
    ...writeSitemaps(newest, press),
    ...writeShells(assets, press),
    ...writePages(feeds, assets, press),
  ]
  return {
    objects: new Map(named.map(([name, { digest }]) => [name, digest])),
    findings: gather(named.map(([, { findings }]) => findings)),
  }
}

/** Writes the subscription document of a feed, and its archives if it has some. */
function writeFeedDocuments(feed: PlannedFeed, at: Instant, press: Press): NamedProduct[] {
  const { name, archives } = feed.plan
  const parts = archives ? partsOf(feed.members) : []
  const closed = parts.filter((part) => part.closed)
  const archived = closed.map((part, index): NamedProduct => {
    const object = writeArchive(feed, part, closed[index - 1], press)
    return [folderOf(name, part), object]
  })
  const facts: ArchivesFacts = { periods: closed.map(({ period }) => period) }
  const list = (): Product =>
    press.object(['archives', facts], () => writeObject('archives', facts, [], press.platform))
  return [
    [name, writeFeed(feed, parts, at, press)],
    ...archived,
    ...(closed.length > 0 ? [[archivesName(name), list()] satisfies NamedProduct] : []),
  ]
}

/** Names the old addresses of articles: each stands for the article itself. */
function aliasesOf(members: readonly Member[]): NamedProduct[] {
  return members.flatMap(({ article, object }) =>
    article.aliases.map((alias): NamedProduct => [aliasName(alias), soundProduct(object)]),
  )
}
