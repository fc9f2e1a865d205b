/**
 * Documents: what an edition holds beside its articles, each a name and an object. Files, feeds,
 * pages, and the old addresses of articles; a new kind is a function and a line here.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { Named } from '../edition/directory.ts'
import type { ArchivesFacts, Registered, RegisterFacts } from '../edition/facts.ts'
import { aliasName, archivesName, REGISTER, stepOf, wordOf } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import { folderOf, partsOf } from './archives.ts'
import { type PlannedFeed, planFeeds } from './feed-plans.ts'
import { newestFirst, writeArchive, writeFeed } from './feeds.ts'
import { writeCrawlerFiles } from './files.ts'
import type { Member } from './member.ts'
import { writePages } from './pages.ts'
import type { Press } from './press.ts'
import { writeAssets, writeShells } from './shells.ts'

export type DocumentInput = {
  readonly press: Press
  /** The articles that are due, and the tombstones. */
  readonly members: readonly Member[]
  readonly at: Instant
  /** The feeds of the edition before. */
  readonly registered: readonly Registered[]
}

/** All documents of an edition, by name. */
export function writeDocuments({
  press,
  members,
  at,
  registered,
}: DocumentInput): Map<string, Digest> {
  const { corpus } = press
  const newest = members.toSorted(newestFirst)
  const feeds = planFeeds(corpus.site, newest, registered)
  const { assets, files } = writeAssets(press)
  return new Map([
    ...aliasesOf(members),
    ...filesOf(press, members),
    ...files,
    ...feeds.flatMap((feed) => writeFeedDocuments(feed, at, press)),
    writeRegister(feeds, press),
    ...writeCrawlerFiles(feeds, newest, press),
    ...writeShells(assets, press),
    ...writePages(feeds, assets, press),
  ])
}

function filesOf(press: Press, members: readonly Member[]): Named[] {
  const used = members.flatMap(({ rendered }) => rendered?.media ?? [])
  const files = new Map([...press.corpus.media, ...used].map((media) => [media.path, media]))
  return Array.from(files, ([path, media]) => [path, press.file(media)])
}

/** The subscription document of a feed, and its archives if it has some. */
function writeFeedDocuments(feed: PlannedFeed, at: Instant, press: Press): Named[] {
  const { name, archives } = feed.plan
  const parts = archives ? partsOf(feed.members) : []
  const closed = parts.filter((part) => part.closed)
  const archived = closed.map((part, index): Named => {
    const object = writeArchive(feed, part, closed[index - 1], press)
    return [folderOf(name, part), object]
  })
  const facts: ArchivesFacts = { periods: closed.map(({ period }) => period) }
  const list = (): Digest =>
    press.object(['archives', facts], () => writeObject('archives', facts, [], press.platform))
  return [
    [name, writeFeed(feed, parts, at, press)],
    ...archived,
    ...(closed.length > 0 ? [[archivesName(name), list()] satisfies Named] : []),
  ]
}

function writeRegister(feeds: readonly PlannedFeed[], press: Press): Named {
  const facts: RegisterFacts = {
    feeds: feeds.map(({ plan: { name, kind, label, title, aliases } }) => ({
      name,
      kind,
      label,
      title,
      aliases,
    })),
    words: wordsOf(feeds),
  }
  const object = press.object(['register', facts], () =>
    writeObject('register', facts, [], press.platform),
  )
  return [REGISTER, object]
}

/** The words that lead to feeds: the name of a folder to that one, whatever others are called. */
function wordsOf(feeds: readonly PlannedFeed[]): RegisterFacts['words'] {
  const words: Record<string, Record<string, string>> = {}
  const enter = (word: string, { kind, name }: Registered): void => {
    words[kind] ??= {}
    if (!Object.hasOwn(words[kind], word)) words[kind][word] = name
  }
  for (const { plan } of feeds) enter(stepOf(plan.name), plan)
  for (const { plan } of feeds)
    for (const word of [plan.label, ...plan.aliases]) enter(wordOf(word), plan)
  return words
}

/** An old address stands for the article itself. */
function aliasesOf(members: readonly Member[]): Named[] {
  return members.flatMap(({ article, object }) =>
    article.aliases.map((alias): Named => [aliasName(alias), object]),
  )
}
