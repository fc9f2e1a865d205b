/** Rolling back: an earlier edition's directories, as a new edition. Two writes. */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { throughCache } from './compile-cache.ts'
import { type Difference, diffNames } from './diff.ts'
import { type Edition, historyOf, loadEdition } from './edition.ts'
import type { EditionFacts } from './facts.ts'
import { writeObject } from './object.ts'
import type { Publisher } from './plan.ts'
import {
  type HeadFailure,
  isStill,
  loadHead,
  loadTimeline,
  moveHead,
  nextHead,
} from './published.ts'
import { objectKey } from './store.ts'

export type RollbackOptions = {
  /** The number of an edition; the one before the current one, if it is not said. */
  readonly target?: number | undefined
  /** Whether editions that are due are given up. */
  readonly dropScheduled?: boolean | undefined
}

export type RolledBack = {
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
  | { readonly reason: 'is-rollback'; readonly number: number }
  | { readonly reason: 'pruned'; readonly target: number }
  | { readonly reason: 'due'; readonly at: readonly Instant[] }
  | { readonly reason: 'contended' }

type Failed = { readonly failure: RollbackFailure }

/** Makes an earlier edition's content current again, whatever `content/` says. */
export async function rollback(
  publisher: Publisher,
  { target, dropScheduled }: RollbackOptions,
): Promise<RolledBack | Failed> {
  const { platform, clock, cache } = publisher
  const now = clock()
  const store = throughCache(publisher.store, cache, platform)
  const read = await loadHead(store, undefined, platform)
  if ('failure' in read) return read
  const known = await loadTimeline(store, read.head, now)
  if ('failure' in known) return known
  const { current, due, editions } = known
  if (!read.head || !current) return { failure: { reason: 'unpublished' } }
  const found = targetOf(current, target)
  if ('failure' in found) return found
  if (due.length > 0 && !dropScheduled)
    return { failure: { reason: 'due', at: due.map(({ facts }) => facts.at) } }
  const old = await loadEdition(store, found.digest)
  if ('missing' in old) return { failure: { reason: 'pruned', target: found.number } }
  const at = Math.max(now, current.facts.at)
  const number = Math.max(...editions.map(({ facts }) => facts.number)) + 1
  const facts: EditionFacts = { ...old.facts, number, at, floor: at, history: historyOf(current) }
  const object = writeObject('edition', facts, [], platform)
  await store.put([[objectKey(object.digest), object.bytes]])
  cache.keep(object)
  if (!(await isStill(read, store, platform))) return { failure: { reason: 'contended' } }
  const edition: Edition = { ...old, digest: object.digest, facts }
  await moveHead(store, nextHead(read.head, read.head.site, [edition], now))
  const changes = diffNames(current.articles, old.articles)
  return { edition, target: found.number, changes }
}

/** Which edition is meant. */
function targetOf(
  { facts }: Edition,
  target: number | undefined,
): { readonly number: number; readonly digest: Digest } | Failed {
  // Back to what was just left would be a step forward: that has to be meant.
  if (target === undefined && facts.floor === facts.at)
    return { failure: { reason: 'is-rollback', number: facts.number } }
  if (target === facts.number) return { failure: { reason: 'is-current', target } }
  const found =
    target === undefined ? facts.history[0] : facts.history.find(({ number }) => number === target)
  if (found) return found
  const known = facts.history.map(({ number }) => number)
  return { failure: { reason: 'no-edition', target, known } }
}
