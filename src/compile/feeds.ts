/** Feed documents: which entries each has, and the objects that hold them in all formats. */

import type { Instant } from '../article/instant.ts'
import { ANNOUNCEMENT, type ArchiveFacts, type FeedFacts, WITH_IMAGE } from '../edition/facts.ts'
import { writeObject } from '../edition/object.ts'
import type { Tombstone } from '../feed/format.ts'
import { type ArchivePart, folderOf } from './archives.ts'
import { documentInputsOf, makeDocument } from './feed-document.ts'
import type { FeedPlan, PlannedFeed } from './feed-plans.ts'
import type { Entry } from './fragments.ts'
import type { Member } from './member.ts'
import type { Press } from './press.ts'
import type { Product, Rendering } from './product.ts'

/** How many corrected articles return to a feed, and how long a tombstone stays in it. */
const CORRECTED = 10
export const TOMBSTONE_SECONDS: number = 90 * 86_400

/**
 * How many retractions are shown to people, as a megabyte holds: of more there is only the mark.
 */
const MOST_NOTICES = 500

/** Compares members: the newest first, by id where two were published together. */
export function newestFirst(a: Member, b: Member): number {
  return b.article.published - a.article.published || (a.article.id < b.article.id ? -1 : 1)
}

/**
 * Selects the entries of the subscription document: the newest by publish date, whatever no closed
 * archive holds, and the last corrected; newest first. No clock decides it.
 */
function selectEntries({ plan, members }: PlannedFeed, parts: readonly ArchivePart[]): Member[] {
  const live = members.filter(({ rendered }) => rendered)
  const newest = live.slice(0, plan.length)
  const open = parts.filter(({ closed }) => !closed).flatMap((part) => part.members)
  const corrected = live
    .filter(({ article }) => article.updated > article.published)
    .toSorted((a, b) => b.article.updated - a.article.updated || newestFirst(a, b))
    .slice(0, CORRECTED)
  const chosen = new Set([...newest, ...open, ...corrected])
  return members.filter((member) => member.rendered && chosen.has(member))
}

function feedEntryOf(
  { article, object, rendered, tombstone }: Member,
  { enclosesImages }: FeedPlan,
): Entry {
  const { id, published, updated } = article
  const parts = rendered && article.image && enclosesImages ? WITH_IMAGE : undefined
  return {
    facts: { id, object, published, updated: tombstone?.at ?? updated, parts },
    article: rendered,
  }
}

/** Makes the entry of the notice that announces a retraction, at its own date. */
function announcedBy({ object, tombstone }: Member): Entry[] {
  if (tombstone?.announcement === undefined) return []
  const { id, at } = tombstone
  const facts = { id, object, published: at, updated: at, parts: ANNOUNCEMENT } as const
  return [{ facts, article: undefined }]
}

/** Lists the retractions that are told in a feed, the last first. */
function toldIn({ members }: PlannedFeed, at: Instant): (Member & { tombstone: Tombstone })[] {
  return members
    .flatMap((member) => (member.tombstone ? [{ ...member, tombstone: member.tombstone }] : []))
    .filter(({ tombstone }) => tombstone.at + TOMBSTONE_SECONDS > at)
    .toSorted((a, b) => b.tombstone.at - a.tombstone.at || (a.article.id < b.article.id ? -1 : 1))
}

/** Entries by the dates that readers sort by, the newest first. */
function orderEntries(entries: readonly Entry[]): Entry[] {
  // Of one article the announcement stands first.
  const rank = ({ facts }: Entry): string => `${facts.id} ${facts.parts === ANNOUNCEMENT ? 0 : 1}`
  return entries.toSorted(
    (a, b) => b.facts.published - a.facts.published || (rank(a) < rank(b) ? -1 : 1),
  )
}

/** Writes the subscription document of a feed; `at` decides how long tombstones stand. */
export function writeFeed(
  feed: PlannedFeed,
  parts: readonly ArchivePart[],
  at: Instant,
  press: Press,
): Product {
  const { plan, members } = feed
  const selected = selectEntries(feed, parts)
  const told = toldIn(feed, at)
  // On top of what is selected: a retraction pushes no article out.
  const notices = told
    .slice(0, MOST_NOTICES)
    .flatMap((one) => [feedEntryOf(one, plan), ...announcedBy(one)])
  const entries = orderEntries([...selected.map((one) => feedEntryOf(one, plan)), ...notices])
  const tombstones = told.map(({ tombstone }) => tombstone)
  const newest = parts.findLast(({ closed }) => closed)
  const previous = newest && folderOf(plan.name, newest)
  const complete = !newest && selected.length === members.filter(({ rendered }) => rendered).length
  const document = {
    plan,
    folder: plan.name,
    entries,
    tombstones,
    current: undefined,
    previous,
    complete,
  }
  return press.object(['feed', ...documentInputsOf(document)], (): Rendering => {
    const { parts: written, shortened, lengths, malformed } = makeDocument(document, press)
    const { name, title } = plan
    const facts: FeedFacts = {
      name,
      title,
      entries: entries.map(({ facts }) => facts),
      previous,
      shortened,
      tombstones: tombstones.map((tombstone, n) => ({
        id: tombstone.id,
        at: tombstone.at,
        lengths: lengths(n),
      })),
    }
    return { ...writeObject('feed', facts, written, press.platform), malformed }
  })
}

/** Writes the documents of a closed part. */
export function writeArchive(
  { plan }: PlannedFeed,
  part: ArchivePart,
  before: ArchivePart | undefined,
  press: Press,
): Product {
  const previous = before && folderOf(plan.name, before)
  const document = {
    plan,
    folder: folderOf(plan.name, part),
    entries: part.members.map((one) => feedEntryOf(one, plan)),
    tombstones: part.members.flatMap(({ tombstone }) => tombstone ?? []),
    current: plan.name,
    previous,
    complete: false,
  }
  return press.object(['archive', ...documentInputsOf(document)], (): Rendering => {
    const { parts: written, shortened, malformed } = makeDocument(document, press)
    const { period } = part
    const entries = document.entries.map((entry) => entry.facts)
    const facts: ArchiveFacts = { feed: plan.name, period, entries, previous, shortened }
    return { ...writeObject('archive', facts, written, press.platform), malformed }
  })
}
