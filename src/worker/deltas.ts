/**
 * Deltas of feed documents (RFC 3229, `A-IM: feed`). The one place where a 226 is joined: the
 * current envelope around the entries and tombstones that are new since the client's document.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { type FeedDelta, planDelta } from '../changes/feed-delta.ts'
import type { DirectoryEntry } from '../edition/directory.ts'
import type { EditionFacts, FeedFacts } from '../edition/facts.ts'
import { joinBytes, type StoredObject } from '../edition/object.ts'
import type { FeedType } from '../feed/feed-types.ts'
import { type EntityTag, parseTagList } from '../http/entity-tag.ts'
import { fieldsOf } from '../http/field.ts'
import { takesFeedDelta } from '../http/instance-manipulation.ts'
import type { Delta } from './answer.ts'
import { type Absence, isFailure, MISSING } from './failure.ts'
import { documentIn } from './known-editions.ts'
import type { Reading } from './reading.ts'

/** The earlier versions of a feed that are looked through: a client with an older one gets all. */
const MOST_VERSIONS = 8

/**
 * Entries that may be news, each of which is two reads: of more, all is sent. A request has fifty
 * (Workers limits, Cache API), and is not refused for a saving of bytes.
 */
const MOST_FRAGMENTS = 12

/** A feed of the current edition, with the entry under its name. */
type CurrentFeed = { readonly entry: DirectoryEntry; readonly feed: StoredObject<FeedFacts> }

/**
 * Makes the delta of a feed since the document whose tag the client sent; undefined where it asks for
 * none, or none can be made of what is known here. Then it gets all.
 */
export async function feedDelta(
  request: Request,
  reading: Reading,
  { entry, feed }: CurrentFeed,
  type: FeedType,
): Promise<Delta | undefined> {
  const field = fieldsOf(request.headers)
  // Archives are closed: what they were, they are.
  const hasDeltas = request.method === 'GET' && feed.header.type === 'feed'
  if (!hasDeltas || !takesFeedDelta(field)) return undefined
  const tags = parseTagList(field('If-None-Match') ?? '')
  if (tags === '*') return undefined
  // A tag is anybody's word. Only what an edition named is read, and not what a tag names.
  let { changed } = entry
  for (let version = 0; version < MOST_VERSIONS; version++) {
    const before = await entryBefore(changed, feed.facts.name, reading)
    if (isFailure(before) || !before) return undefined
    const base = tags.find(({ opaque }) => opaque === `${before.object}.${type.name}`)
    if (base) return deltaSince({ base, before }, feed, type, reading)
    changed = before.changed
  }
  return undefined
}

/** Finds the entry that stood under a document's name right before an instant. */
async function entryBefore(
  instant: Instant,
  name: string,
  reading: Reading,
): Promise<DirectoryEntry | undefined | Absence> {
  const known = reading.facts.history.find(({ at }) => at < instant)
  const edition =
    known && (await reading.object<EditionFacts>({ object: known.digest, changed: known.at }))
  return isFailure(edition) ? MISSING : edition && documentIn(edition.facts, name, reading)
}

/** The version of a feed that the client has: its tag, and its entry. */
type KnownVersion = { readonly base: EntityTag; readonly before: DirectoryEntry }

async function deltaSince(
  { base, before }: KnownVersion,
  feed: StoredObject<FeedFacts>,
  type: FeedType,
  reading: Reading,
): Promise<Delta | undefined> {
  const old = await reading.object<FeedFacts>(before)
  const plan = isFailure(old) ? undefined : planDelta(old.facts, feed.facts)
  if (!plan || plan.entries.length > MOST_FRAGMENTS) return undefined
  const bytes = await joinDelta(plan, feed, type, reading)
  return bytes && { base, bytes }
}

async function joinDelta(
  plan: FeedDelta,
  feed: StoredObject<FeedFacts>,
  { name, separator, tombstoneSeparator }: FeedType,
  reading: Reading,
): Promise<Uint8Array | undefined> {
  const fragments = await Promise.all(plan.entries.map((entry) => readNews(entry, name, reading)))
  if (fragments.includes(MISSING)) return undefined
  const news = fragments.filter((fragment) => fragment instanceof Uint8Array)
  const gone = cutTombstones(plan, feed, name)
  const piece = (part: string): Uint8Array | undefined => feed.part(`${name}-${part}`)?.bytes
  const [head, opening, tail] = [piece('head'), piece('opening'), piece('tail')]
  if (!head || !opening || !tail || !gone) return undefined
  const marks = interleave(gone, tombstoneSeparator)
  return joinBytes([head, ...marks, opening, ...interleave(news, separator), tail])
}

/** Reads an entry's fragment; undefined if the client has it, and only its page was made anew. */
async function readNews(
  { object, before, parts = '' }: FeedDelta['entries'][number],
  format: string,
  reading: Reading,
): Promise<Uint8Array | undefined | typeof MISSING> {
  const read = (digest: Digest) => reading.object({ object: digest, changed: 0 })
  const [now, then] = await Promise.all([read(object), before && read(before)])
  const part = parts + format
  const fragment = isFailure(now) ? undefined : now.part(part)
  if (!fragment) return MISSING
  const isKnown = then && !isFailure(then) && then.part(part)?.digest === fragment.digest
  return isKnown ? undefined : fragment.bytes
}

/** Cuts the tombstones of a delta out of those of the whole document. */
function cutTombstones(
  plan: FeedDelta,
  feed: StoredObject<FeedFacts>,
  format: FeedType['name'],
): Uint8Array[] | undefined {
  const all = feed.part(`${format}-tombstones`)?.bytes
  let end = 0
  const pieces = feed.facts.tombstones.map(({ lengths }) => {
    const start = end
    end += lengths[format]
    return all?.subarray(start, end)
  })
  const chosen = plan.tombstones.map((index) => pieces[index])
  return all && chosen.filter((piece) => piece !== undefined)
}

function interleave(pieces: readonly Uint8Array[], separator: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(separator)
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [bytes, piece]))
}
