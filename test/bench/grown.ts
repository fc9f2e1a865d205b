/**
 * A large corpus without its articles: a published edition, and as many names more as it is to have.
 * The directories are cut, written and dated by edgewire's own writers; what the added names stand
 * for is not there, and is never read.
 */

import {
  type DirectoryEntry,
  type LeafReference,
  type Names,
  splitNames,
} from '../../src/edition/directory.ts'
import { type Edition, loadEdition } from '../../src/edition/edition.ts'
import type { EditionFacts } from '../../src/edition/facts.ts'
import { formatHead } from '../../src/edition/head.ts'
import { SCHEMA, writeObject } from '../../src/edition/object.ts'
import { HEAD_KEY, objectKey, type Store } from '../../src/edition/store.ts'
import { NOW, platform } from '../support/corpus.ts'
import { must } from '../support/results.ts'

/** Articles in a closed archive, at most. */
const ARCHIVED = 50

/** Directories, their leaves by digest, and the bytes of the edition that names them. */
export type Grown = {
  readonly edition: { readonly digest: string; readonly bytes: Uint8Array }
  readonly facts: EditionFacts
  readonly leaves: ReadonlyMap<string, Uint8Array>
}

/**
 * An edition with `count` names of articles and, for each fifty of them, one of an archive. Leaves of
 * `before` in which none of the `changed` names stands are taken from there.
 */
export function grow(
  { facts, articles, documents }: Edition,
  count: number,
  at: number,
  before?: Grown,
  changed: readonly string[] = [],
): Grown {
  const leaves = new Map<string, Uint8Array>()
  const write = (names: Names, known: readonly LeafReference[] = []): LeafReference[] => {
    const unchanged = new Map(known.map((reference) => [reference.prefix, reference]))
    return splitNames(names).map(({ prefix, facts: leaf }) => {
      const reference = unchanged.get(prefix)
      const bytes = reference && before?.leaves.get(reference.object)
      if (reference && bytes && !changed.some((name) => Object.hasOwn(leaf.names, name))) {
        leaves.set(reference.object, bytes)
        return reference
      }
      const written = writeObject('leaf', leaf, [], platform)
      leaves.set(written.digest, written.bytes)
      const dates = Object.values(leaf.names).map((entry) => entry.changed)
      return {
        prefix,
        object: written.digest,
        changed: dates.reduce((a, b) => Math.max(a, b), 0),
      }
    })
  }
  const archives = Math.floor(Math.max(0, count - articles.size) / ARCHIVED)
  const manyArticles = withMore(articles, count, (n) => `earlier-${n}`)
  const manyDocuments = withMore(documents, documents.size + archives, archive)
  const grown: EditionFacts = {
    ...facts,
    at,
    counts: { ...facts.counts, articles: manyArticles.size, documents: manyDocuments.size },
    articles: write(manyArticles, before?.facts.articles),
    documents: write(manyDocuments, before?.facts.documents),
  }
  return { edition: writeObject('edition', grown, [], platform), facts: grown, leaves }
}

function archive(n: number): string {
  return `/archive/earlier-${n}/`
}

function withMore(names: Names, count: number, name: (n: number) => string): Names {
  const all = new Map<string, DirectoryEntry>(names)
  for (let n = 0; all.size < count; n++)
    all.set(name(n), { object: `${n}`.padStart(43, '0'), changed: NOW - 1 })
  return all
}

/** Puts a grown edition into a store as the current one. */
export async function putGrown(store: Store, { edition, facts, leaves }: Grown): Promise<void> {
  const timeline = [{ at: NOW, number: 1, edition: edition.digest }]
  await store.put([
    ...Array.from(leaves, ([digest, bytes]) => [objectKey(digest), bytes] as const),
    [objectKey(edition.digest), edition.bytes],
    [
      HEAD_KEY,
      formatHead({ schema: SCHEMA, site: facts.site.tag, timeline, last: 1, written: NOW }),
    ],
  ])
}

/** An edition that has to be there. */
export async function editionAt(store: Store, digest: string): Promise<Edition> {
  const edition = must(await loadEdition(store, digest))
  return edition
}
