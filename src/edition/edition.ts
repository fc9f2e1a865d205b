/**
 * An edition as the publisher holds it: its facts, and its two directories whole.
 * Loading one reads its object and its leaves.
 */

import type { Digest } from '../article/platform.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { canonicalJson } from './canonical.ts'
import type { DirectoryEntry, LeafFacts, LeafReference, Names } from './directory.ts'
import type { EditionFacts } from './facts.ts'
import { parseObject, type StoredObject } from './object.ts'
import { objectKey, type Store } from './store.ts'

export type Edition = {
  readonly digest: Digest
  readonly facts: EditionFacts
  readonly articles: Names
  readonly documents: Names
}

/** An object that an edition names and the store does not have. */
export type MissingObject = { readonly reason: 'missing-object'; readonly digest: Digest }

/**
 * Reads an object; undefined if the store does not have it, or not whole: both are repaired alike.
 */
export async function loadObject<Facts>(
  store: Store,
  digest: Digest,
): Promise<StoredObject<Facts> | undefined> {
  const [bytes] = await store.get([objectKey(digest)])
  return opened<Facts>(bytes)
}

function opened<Facts>(bytes: Uint8Array | undefined): StoredObject<Facts> | undefined {
  const object = bytes && parseObject<Facts>(bytes)
  return typeof object === 'string' ? undefined : object
}

/** The names of leaves that were read: editions share most of theirs. */
export type KnownLeaves = Map<Digest, readonly (readonly [string, DirectoryEntry])[]>

/** Reads an edition with both directories. */
export async function loadEdition(
  store: Store,
  digest: Digest,
  known: KnownLeaves = new Map(),
): Promise<Result<Edition, MissingObject>> {
  const object = await loadObject<EditionFacts>(store, digest)
  if (!object) return fail({ reason: 'missing-object', digest })
  const articles = await loadLeaves(store, object.facts.articles, known)
  if (!articles.ok) return articles
  const documents = await loadLeaves(store, object.facts.documents, known)
  if (!documents.ok) return documents
  return ok({
    digest,
    facts: object.facts,
    articles: articles.value,
    documents: documents.value,
  })
}

/** Loads the names in some leaves. */
export async function loadLeaves(
  store: Store,
  leaves: readonly LeafReference[],
  known: KnownLeaves = new Map(),
): Promise<Result<Names, MissingObject>> {
  const wanted = leaves.filter(({ object }) => !known.has(object))
  const values = await store.get(wanted.map(({ object }) => objectKey(object)))
  for (const [index, { object }] of wanted.entries()) {
    const leaf = opened<LeafFacts>(values[index])
    if (!leaf) return fail({ reason: 'missing-object', digest: object })
    known.set(object, Object.entries(leaf.facts.names))
  }
  return ok(new Map(leaves.flatMap(({ object }) => known.get(object) ?? [])))
}

/** Tells whether two editions say the same, apart from when and as which number. */
export function saysTheSame(a: EditionFacts, b: EditionFacts): boolean {
  const contentOf = ({ site, articles, documents, floor }: EditionFacts): string =>
    canonicalJson([
      site,
      floor,
      articles.map(({ object }) => object),
      documents.map(({ object }) => object),
    ])
  return contentOf(a) === contentOf(b)
}

/**
 * Lists the objects that an edition reaches: what its names stand for, its leaves, and itself last.
 */
export function reachedBy(edition: Edition): Digest[] {
  const named = [...edition.articles.values(), ...edition.documents.values()]
  return [...named.map(({ object }) => object), ...directoryOf(edition)]
}

const MOST_HISTORY = 100

/**
 * Makes the history of the edition that follows another one, newest first; what came before is not
 * later.
 */
export function historyAfter(
  before: EditionFacts['history'][number],
  history: EditionFacts['history'],
): EditionFacts['history'] {
  const { at } = before
  const earlier = history.map((edition) => (edition.at > at ? { ...edition, at } : edition))
  return [before, ...earlier].slice(0, MOST_HISTORY)
}

/** Makes the history of the edition that follows `before`. */
export function historyOf(before: Edition | undefined): EditionFacts['history'] {
  if (!before) return []
  const { number, at, history } = before.facts
  return historyAfter({ number, at, digest: before.digest }, history)
}

/** Lists the leaves and the edition itself: what has to be dated, and is written last. */
export function directoryOf({ digest, facts }: Edition): Digest[] {
  return [...[...facts.articles, ...facts.documents].map(({ object }) => object), digest]
}
