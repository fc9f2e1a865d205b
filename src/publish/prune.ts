/**
 * Pruning: objects that no edition of the last days reaches are removed.
 *
 * A reader whose location lags behind may still hold an old `head`, and another machine may be in
 * the middle of a publish: whatever a recent edition reaches stays, and so does whatever is young.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import { type Edition, loadEdition, reachedBy } from '../edition/edition.ts'
import { HEAD_KEY, objectKey, type Store, type TidyStore } from '../edition/store.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { type HeadFailure, loadHead, loadTimeline } from './published.ts'

/**
 * No object younger than this is removed: an unfinished publish, here or elsewhere, counts on it.
 */
const YOUNG_SECONDS = 14 * 86_400

export type PrunePlan = {
  /** Editions that stay, by number, newest first. */
  readonly kept: readonly number[]
  readonly objects: { readonly kept: number; readonly young: number; readonly removed: number }
  readonly keys: readonly string[]
}

export type PruneFailure = HeadFailure | { readonly reason: 'unpublished' }

export type PruneOptions = {
  /** How long editions are kept. */
  readonly seconds: number
  /** The tag of the site whose namespace it has to be. */
  readonly site?: string | undefined
}

/** A store that is tidied; `reader` may be in front of a cache. */
export type PrunedStore = {
  readonly store: TidyStore
  readonly reader: Store
  readonly platform: Platform
}

/** Finds what can go. */
export async function planPrune(
  { store, reader, platform }: PrunedStore,
  { seconds, site }: PruneOptions,
  now: Instant,
): Promise<Result<PrunePlan, PruneFailure>> {
  const read = await loadHead(reader, site, platform)
  if (!read.ok) return read
  const { head } = read.value
  const known = await loadTimeline(reader, head, now)
  if (!known.ok) return known
  const { current, editions } = known.value
  if (!head || !current) return fail({ reason: 'unpublished' })
  const reached = new Set<string>()
  const kept: number[] = []
  const keep = (edition: Edition): void => {
    kept.push(edition.facts.number)
    for (const digest of reachedBy(edition)) reached.add(objectKey(digest))
  }
  editions.forEach(keep)
  const named = head.timeline.map(({ edition }) => edition)
  for (const digest of new Set([...named, ...(await recent(reader, current, now - seconds))])) {
    if (editions.some((edition) => edition.digest === digest)) continue
    const edition = await loadEdition(reader, digest)
    // Gone already: nobody can read what it reached.
    if (edition.ok) keep(edition.value)
  }
  const all = (await store.list()).filter(
    ({ key }) => key !== HEAD_KEY && key.startsWith(objectKey('')),
  )
  const unreached = all.filter(({ key }) => !reached.has(key))
  const old = unreached.filter(({ written = 0 }) => written <= now - YOUNG_SECONDS)
  return ok({
    kept: kept.toSorted((a, b) => b - a),
    objects: {
      kept: all.length - unreached.length,
      young: unreached.length - old.length,
      removed: old.length,
    },
    keys: old.map(({ key }) => key),
  })
}

/** Lists the editions that were current after an instant, as far back as histories lead. */
async function recent(reader: Store, current: Edition, after: Instant): Promise<Digest[]> {
  const found: Digest[] = []
  let edition: Edition = current
  for (;;) {
    let until = edition.facts.at
    for (const { at, digest } of edition.facts.history) {
      if (until <= after) return found
      found.push(digest)
      until = at
    }
    const oldest = edition.facts.history.at(-1)
    if (!oldest || oldest.at <= after) return found
    const next = await loadEdition(reader, oldest.digest)
    if (!next.ok) return found
    edition = next.value
  }
}
