/** Retractions in an edition: who is told of one, since when it stands, and in which feeds. */

import type { Listing } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import { readStandings, type Standing } from '../changes/change.ts'
import { entryIn, type LeafFacts, leafOf } from '../edition/directory.ts'
import { type Edition, loadObject } from '../edition/edition.ts'
import type { EditionFacts } from '../edition/facts.ts'
import type { Store } from '../edition/store.ts'
import type { Tombstone } from '../feed/format.ts'
import { renderRetraction } from './articles.ts'
import { TOMBSTONE_SECONDS } from './feeds.ts'
import type { Member } from './member.ts'
import { feedFoldersOf } from './membership.ts'
import type { Press } from './press.ts'

/**
 * The sources in which retractions are looked up: the corpus, and the edition before with its
 * store.
 */
export type Circumstances = {
  readonly press: Press
  readonly before: Edition | undefined
  readonly at: Instant
  readonly store: Store
}

/** Lists the retracted articles that readers are told of. */
export async function retractedMembers(circumstances: Circumstances): Promise<Member[]> {
  const { press, before, at, store } = circumstances
  const retracted = press.corpus.articles.filter((article) => isTold(article, before, at))
  const objects = retracted.flatMap(({ id }) => before?.articles.get(id)?.object ?? [])
  const standings = await readStandings(store, objects)
  const members: Member[] = []
  for (const article of retracted) {
    const standing = standings.get(before?.articles.get(article.id)?.object ?? '')
    const since = await sinceWhen(article, standing, circumstances)
    members.push(memberOf(article, standing, since, circumstances))
  }
  return members
}

function memberOf(
  article: Listing,
  standing: Standing | undefined,
  since: Instant,
  { press, at }: Circumstances,
): Member {
  const { corpus, platform } = press
  const { id, guid, title, url, published, language, section, tags, retraction } = article
  const replacement = press.shown(retraction?.replacedBy, at)
  const tombstone: Tombstone = {
    id,
    guid,
    at: since,
    reason: retraction?.reason,
    title,
    url,
    published,
    language,
    section,
    tags,
    replacedBy: replacement?.id,
    replacement: replacement?.url,
    announcement: retraction?.announcement,
  }
  // Where readers have it, they are told: its front matter may be shorter by now.
  const seenIn = standing?.facts.feeds ?? []
  const feeds = [...new Set([...feedFoldersOf(article, corpus.site), ...seenIn])]
  const { digest, findings } = press.object(['retraction', tombstone, feeds], () =>
    renderRetraction(tombstone, feeds, corpus.site, platform),
  )
  return { article, object: digest, rendered: undefined, tombstone, seenIn, findings }
}

/**
 * Decides since when a retraction stands: since the edition that first saw it, unless it says so
 * itself. It never moves back: for readers an entry whose date does is what they have.
 */
async function sinceWhen(
  { id, retraction }: Listing,
  standing: Standing | undefined,
  { before, at, store }: Circumstances,
): Promise<Instant> {
  const stated = retraction?.at
  // None is dated after the edition that shows it: a clock may have been ahead.
  if (standing?.type === 'retraction')
    return Math.min(Math.max(stated ?? 0, standing.facts.retracted_at), at)
  if (stated !== undefined && isNoticed(stated, standing, at)) return stated
  return Math.min((before && (await takenBack(store, before, id))) ?? at, at)
}

/**
 * Tells whether readers notice a retraction of that date: what they have of the article is older
 * (RFC 6721 §3), and its notices still stand. Who has nothing has nothing to notice.
 */
function isNoticed(stated: Instant, standing: Standing | undefined, at: Instant): boolean {
  if (standing?.type !== 'article') return true
  return stated > standing.facts.updated && stated + TOMBSTONE_SECONDS > at
}

/**
 * Finds the instant of a retraction that a rollback took back, and nothing else: it comes again as
 * it was, because who was told of it is not told twice.
 */
async function takenBack(store: Store, before: Edition, id: string): Promise<Instant | undefined> {
  if (before.facts.floor === 0) return undefined
  let next = before.facts
  for (const { digest } of before.facts.history) {
    const edition = await loadObject<EditionFacts>(store, digest)
    if (!edition) return undefined
    const standing = await readStanding(store, edition.facts, id)
    if (standing?.type === 'retraction')
      return next.floor === next.at ? standing.facts.retracted_at : undefined
    next = edition.facts
  }
  return undefined
}

/** Reads the state of an article in an edition. */
async function readStanding(
  store: Store,
  { articles }: EditionFacts,
  id: string,
): Promise<Standing | undefined> {
  const leaf = await loadObject<LeafFacts>(store, leafOf(articles, id)?.object ?? '')
  const object = leaf && entryIn(leaf.facts, id)?.object
  return object === undefined ? undefined : (await readStandings(store, [object])).get(object)
}

/**
 * Tells whether readers are told of a retraction: what was never shown needs no tombstone. Of an
 * article that no edition here has shown, a date of its retraction says that it was out elsewhere.
 */
function isTold(
  { id, published, retraction }: Listing,
  before: Edition | undefined,
  at: Instant,
): boolean {
  if (!retraction || published > at) return false
  if (!before || before.articles.has(id)) return true
  return retraction.at !== undefined && retraction.at >= published
}
