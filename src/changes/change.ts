/**
 * Changes: what happened to articles between two editions, as their readers would say it.
 */

import type { Digest } from '../article/platform.ts'
import { canonicalJson } from '../edition/canonical.ts'
import type { ArticleFacts, RetractionFacts } from '../edition/facts.ts'
import { type ObjectHeader, StoredObject } from '../edition/object.ts'
import { objectKey, type Store } from '../edition/store.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'
import type { Difference } from './diff.ts'

/**
 * `corrected`: announced by a newer `updated`. `edited`: other words, told to nobody. `remade`: the
 * same words in other markup. `returned`: published again after a retraction.
 */
export type ChangeKind =
  | 'added'
  | 'corrected'
  | 'edited'
  | 'remade'
  | 'retracted'
  | 'returned'
  | 'removed'

/** The state of an article in an edition: it is published, or it was retracted. */
export type Standing =
  | { readonly type: 'article'; readonly facts: ArticleFacts; readonly text: Digest }
  | { readonly type: 'retraction'; readonly facts: RetractionFacts }

export type Change = {
  readonly id: string
  readonly kind: ChangeKind
  readonly before: Standing | undefined
  readonly after: Standing | undefined
}

/** Objects read at a time: an upgrade changes every article, and memory does not hold them all. */
const OBJECTS_AT_A_TIME = 500

/** Names the differences of two directories of articles; reads what their objects say. */
export async function changesOf(
  store: Store,
  differences: readonly Difference[],
): Promise<Change[]> {
  const changed = differences.filter(({ before, after }) => before?.object !== after?.object)
  const wanted = changed.flatMap(({ before, after }) => [before?.object, after?.object])
  const standing = await readStandings(
    store,
    wanted.filter((digest) => digest !== undefined),
  )
  return changed.map(({ name: id, before, after }) => {
    const was = before && standing.get(before.object)
    const is = after && standing.get(after.object)
    return {
      id,
      kind: changeKindOf(before && (was ?? 'unknown'), after && (is ?? 'unknown')),
      before: was,
      after: is,
    }
  })
}

/** Reads what objects say of articles; those that cannot be read are left out. */
export async function readStandings(
  store: Store,
  digests: readonly Digest[],
): Promise<Map<Digest, Standing>> {
  const standings = new Map<Digest, Standing>()
  for (let from = 0; from < digests.length; from += OBJECTS_AT_A_TIME) {
    const slice = digests.slice(from, from + OBJECTS_AT_A_TIME)
    const values = await store.get(slice.map(objectKey))
    for (const [index, digest] of slice.entries()) {
      const bytes = values[index]
      const standing = bytes && standingOf(new StoredObject(bytes).header)
      if (standing) standings.set(digest, standing)
    }
  }
  return standings
}

/** Returns what an object says of an article; undefined if it is of another type. */
export function standingOf({ type, facts, parts }: ObjectHeader): Standing | undefined {
  if (type === 'retraction') return { type, facts: facts as RetractionFacts }
  const text = parts.find(({ name }) => name === FEED_TYPES.json.name)?.digest
  return type === 'article' && text ? { type, facts: facts as ArticleFacts, text } : undefined
}

type KnownStanding = Standing | 'unknown' | undefined

function changeKindOf(before: KnownStanding, after: KnownStanding): ChangeKind {
  if (after === undefined) return 'removed'
  if (before === undefined) return typeOf(after) === 'retraction' ? 'retracted' : 'added'
  if (before === 'unknown' || after === 'unknown') return 'edited'
  if (after.type === 'retraction') return sayTheSame(before, after) ? 'remade' : 'retracted'
  if (before.type === 'retraction') return 'returned'
  if (after.facts.updated > before.facts.updated) return 'corrected'
  return after.text === before.text ? 'remade' : 'edited'
}

/** Tells whether two retractions are told in the same words, in whatever feeds. */
export function sayTheSame(before: Standing, after: Standing): boolean {
  if (before.type !== 'retraction' || after.type !== 'retraction') return false
  const wordsOf = ({ feeds: _, ...words }: RetractionFacts): string => canonicalJson(words)
  return wordsOf(before.facts) === wordsOf(after.facts)
}

function typeOf(standing: Exclude<KnownStanding, undefined>): string {
  return standing === 'unknown' ? standing : standing.type
}
