/**
 * Deltas of feed documents (RFC 3229, `A-IM: feed`). The one place where a 226 is joined: the
 * current envelope around the entries and tombstones that are new since the client's document.
 */

import type { Digest } from '../article/platform.ts'
import type { FeedFacts } from '../edition/facts.ts'
import { type FeedDelta, planDelta } from '../edition/feed-delta.ts'
import { joinBytes, type StoredObject } from '../edition/object.ts'
import type { FEED_TYPES } from '../feed/feed-types.ts'
import { type EntityTag, parseTagList } from '../http/entity-tag.ts'
import { acceptsFeedDelta } from '../http/instance-manipulation.ts'
import type { Delta } from './answer.ts'
import { MISSING, type Reading } from './reading.ts'

type Type = (typeof FEED_TYPES)[keyof typeof FEED_TYPES]

/** As many of a client's tags are looked at: each may cost a read. */
const MOST_BASES = 3

/**
 * What is new in a feed since the document whose tag the client sent; undefined where it asks for no
 * delta, or none can be made of what is known here. Then it gets all.
 */
export async function feedDelta(
  request: Request,
  reading: Reading,
  feed: StoredObject<FeedFacts>,
  type: Type,
): Promise<Delta | undefined> {
  if (request.method !== 'GET' || !acceptsFeedDelta(request.headers.get('A-IM') ?? undefined))
    return undefined
  for (const [tag, digest] of basesIn(request, type)) {
    const base = await reading.object<FeedFacts>({ object: digest, changed: 0 })
    if (base === MISSING || !isOfOneFeed(base, feed)) continue
    const plan = planDelta(base.facts, feed.facts)
    const bytes = plan && (await joinDelta(plan, feed, type, reading))
    return bytes && { base: tag, bytes }
  }
  return undefined
}

/** The documents of this format that the client says it has, each with the digest of its object. */
function basesIn(request: Request, { name }: Type): [EntityTag, Digest][] {
  const tags = parseTagList(request.headers.get('If-None-Match') ?? '')
  return (tags === '*' ? [] : tags.slice(0, MOST_BASES)).flatMap((tag): [EntityTag, Digest][] => {
    const [, digest, format] = /^([\w-]{43})\.([a-z]+)$/.exec(tag.opaque) ?? []
    return digest !== undefined && format === name ? [[tag, digest]] : []
  })
}

function isOfOneFeed(base: StoredObject<FeedFacts>, feed: StoredObject<FeedFacts>): boolean {
  // Archives are closed: what they were, they are.
  const areFeeds = base.header.type === 'feed' && feed.header.type === 'feed'
  return areFeeds && base.facts.name === feed.facts.name
}

async function joinDelta(
  plan: FeedDelta,
  feed: StoredObject<FeedFacts>,
  { name, separator, tombstoneSeparator }: Type,
  reading: Reading,
): Promise<Uint8Array | undefined> {
  const fragments = await Promise.all(plan.entries.map((entry) => readNews(entry, name, reading)))
  if (fragments.includes(MISSING)) return undefined
  const news = fragments.filter((fragment) => fragment instanceof Uint8Array)
  const gone = cutTombstones(plan, feed, name)
  const piece = (part: string): Uint8Array | undefined => feed.part(`${name}-${part}`)?.bytes
  const [head, opening, tail] = [piece('head'), piece('opening'), piece('tail')]
  if (!head || !opening || !tail || !gone) return undefined
  const marks = between(gone, tombstoneSeparator)
  return joinBytes([head, ...marks, opening, ...between(news, separator), tail])
}

/** An entry's fragment; nothing, if it is what the client has: only its page was made anew. */
async function readNews(
  { object, before, parts = '' }: FeedDelta['entries'][number],
  format: string,
  reading: Reading,
): Promise<Uint8Array | undefined | typeof MISSING> {
  const read = (digest: Digest) => reading.object({ object: digest, changed: 0 })
  const [now, then] = await Promise.all([read(object), before && read(before)])
  const part = parts + format
  const fragment = now === MISSING ? undefined : now.part(part)
  if (!fragment) return MISSING
  const isKnown = then && then !== MISSING && then.part(part)?.digest === fragment.digest
  return isKnown ? undefined : fragment.bytes
}

/** The tombstones of a delta, out of those of the whole document. */
function cutTombstones(
  plan: FeedDelta,
  feed: StoredObject<FeedFacts>,
  format: Type['name'],
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

function between(pieces: readonly Uint8Array[], separator: string): Uint8Array[] {
  const bytes = new TextEncoder().encode(separator)
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [bytes, piece]))
}
