/** Rolling back: an earlier edition's directories, as a new edition. Two writes. */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { type Difference, diffLeaves } from '../changes/diff.ts'
import { throughCache } from '../compile/compile-cache.ts'
import type { LeafReference } from '../edition/directory.ts'
import { type Edition, historyAfter, loadEdition, loadObject } from '../edition/edition.ts'
import type { EditionFacts } from '../edition/facts.ts'
import { lastNumber, positionAt, type TimelinePosition } from '../edition/head.ts'
import { writeObject } from '../edition/object.ts'
import { objectKey, type Store } from '../edition/store.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import type { Publisher } from './plan.ts'
import {
  type HeadFailure,
  instantAfter,
  isStill,
  loadHead,
  moveHead,
  nextHead,
  withoutFuture,
} from './published.ts'

export type RollbackOptions = {
  /** The number of an edition; the one before the current one, if it is not said. */
  readonly target?: number | undefined
  /** Whether editions that are due are given up. */
  readonly dropScheduled?: boolean | undefined
  /** Whether what was published last was dated by a clock that was ahead. */
  readonly clockWasWrong?: boolean | undefined
  /** The tag of the site whose namespace it has to be. */
  readonly site?: string | undefined
}

export type Rollback = {
  readonly edition: Edition
  readonly target: number
  /** Articles that are other than they were. */
  readonly changes: readonly Difference[]
}

export type RollbackFailure =
  | HeadFailure
  | { readonly reason: 'unpublished' }
  | {
      readonly reason: 'no-edition'
      readonly target: number | undefined
      readonly known: readonly number[]
    }
  | { readonly reason: 'is-current'; readonly target: number }
  /** `replaced`: the number of the edition that it took the place of. */
  | {
      readonly reason: 'is-rollback'
      readonly number: number
      readonly replaced: number | undefined
    }
  | { readonly reason: 'pruned'; readonly target: number }
  | { readonly reason: 'due'; readonly at: readonly Instant[] }
  | { readonly reason: 'contended' }

/** Makes an earlier edition's content current again, whatever `content/` says. */
export async function rollback(
  publisher: Publisher,
  { target, dropScheduled, clockWasWrong, site }: RollbackOptions,
): Promise<Result<Rollback, RollbackFailure>> {
  const { platform, clock, cache } = publisher
  const store = throughCache(publisher.store, cache, platform)
  const read = await loadHead(store, site, platform)
  if (!read.ok) return read
  const { head: written } = read.value
  const head = clockWasWrong && written ? withoutFuture(written, clock()) : written
  const instant = instantAfter(head, clock())
  if (!instant.ok) return instant
  const now = instant.value
  const position = head && positionAt(head, now)
  if (!head || !position) return fail({ reason: 'unpublished' })
  const due = head.timeline.filter(({ at }) => at > now)
  const standing = await standingAt(store, position)
  const found = findEarlier(standing, target)
  if (!found.ok) return found
  if (due.length > 0 && !dropScheduled) return fail({ reason: 'due', at: due.map(({ at }) => at) })
  const loaded = await loadEdition(store, found.value.digest)
  if (!loaded.ok) return fail({ reason: 'pruned', target: found.value.number })
  const old = loaded.value
  const at = Math.max(now, standing.at + 1)
  const number = lastNumber(head) + 1
  const facts: EditionFacts = { ...old.facts, number, at, floor: at, history: standing.next }
  const object = writeObject('edition', facts, [], platform)
  await store.put([[objectKey(object.digest), object.bytes]])
  cache.keep(object)
  if (!(await isStill(read.value, store, platform))) return fail({ reason: 'contended' })
  const edition: Edition = { ...old, digest: object.digest, facts }
  await moveHead(store, nextHead(head, head.site, [edition], now))
  const changes = await changesSince(store, standing.articles, old)
  return ok({ edition, target: found.value.number, changes })
}

/** The current edition, as far as it can be read: to leave it, it need not be whole. */
type CurrentEdition = {
  readonly number: number
  readonly at: Instant
  readonly isRollback: boolean
  readonly history: EditionFacts['history']
  /** The history of the edition that follows. */
  readonly next: EditionFacts['history']
  readonly articles: readonly LeafReference[] | undefined
}

async function standingAt(
  store: Store,
  { current, earlier }: TimelinePosition,
): Promise<CurrentEdition> {
  const { number, at, edition: digest } = current
  const object = await loadObject<EditionFacts>(store, digest)
  const history =
    object?.facts.history ?? earlier.map(({ edition, ...rest }) => ({ ...rest, digest: edition }))
  return {
    number,
    at,
    isRollback: object?.facts.floor === at,
    history,
    next: historyAfter({ number, at, digest }, history),
    articles: object?.facts.articles,
  }
}

/** Finds the edition that is meant. */
function findEarlier(
  { number, isRollback, history }: CurrentEdition,
  target: number | undefined,
): Result<{ readonly number: number; readonly digest: Digest }, RollbackFailure> {
  // Back to what was just left would be a step forward: that has to be meant.
  if (target === undefined && isRollback)
    return fail({ reason: 'is-rollback', number, replaced: history[0]?.number })
  if (target === number) return fail({ reason: 'is-current', target })
  const found =
    target === undefined ? history[0] : history.find((edition) => edition.number === target)
  if (found) return ok(found)
  const known = history.map((edition) => edition.number)
  return fail({ reason: 'no-edition', target, known })
}

/**
 * Lists the articles that differ from the edition rolled back from; empty if that edition cannot be
 * read.
 */
async function changesSince(
  store: Store,
  before: readonly LeafReference[] | undefined,
  { facts }: Edition,
): Promise<readonly Difference[]> {
  const changes = before && (await diffLeaves(store, before, facts.articles))
  return changes?.ok ? changes.value : []
}
