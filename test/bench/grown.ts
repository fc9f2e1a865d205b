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

/** Articles in a closed archive, at most. */
const ARCHIVED = 50

/** Directories, their leaves by digest, and the bytes of the edition that names them. */
export type Grown = {
  readonly edition: { readonly digest: string; readonly bytes: Uint8Array }
  readonly leaves: ReadonlyMap<string, Uint8Array>
  readonly site: string
}

/** An edition with `count` names of articles and, for each fifty of them, one of an archive. */
export function grow({ facts, articles, documents }: Edition, count: number, at: number): Grown {
  const leaves = new Map<string, Uint8Array>()
  const write = (names: Names): LeafReference[] =>
    splitNames(names).map(({ prefix, facts: leaf }) => {
      const { digest, bytes } = writeObject('leaf', leaf, [], platform)
      leaves.set(digest, bytes)
      const dates = Object.values(leaf.names).map(({ changed }) => changed)
      return { prefix, object: digest, changed: dates.reduce((a, b) => Math.max(a, b), 0) }
    })
  const archives = Math.floor(Math.max(0, count - articles.size) / ARCHIVED)
  const counts = { ...facts.counts, articles: Math.max(count, articles.size) }
  const grown: EditionFacts = {
    ...facts,
    at,
    counts,
    articles: write(withMore(articles, count, (n) => `earlier-${n}`)),
    documents: write(withMore(documents, documents.size + archives, archive)),
  }
  return { edition: writeObject('edition', grown, [], platform), leaves, site: facts.site.tag }
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
export async function putGrown(store: Store, { edition, leaves, site }: Grown): Promise<void> {
  const timeline = [{ at: NOW, number: 1, edition: edition.digest }]
  await store.put([
    ...Array.from(leaves, ([digest, bytes]) => [objectKey(digest), bytes] as const),
    [objectKey(edition.digest), edition.bytes],
    [HEAD_KEY, formatHead({ schema: SCHEMA, site, timeline, last: 1, written: NOW })],
  ])
}

/** An edition that has to be there. */
export async function editionAt(store: Store, digest: string): Promise<Edition> {
  const edition = await loadEdition(store, digest)
  if ('missing' in edition) throw new Error(`${edition.missing} is not there.`)
  return edition
}
