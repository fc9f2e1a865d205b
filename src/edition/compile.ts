/**
 * Compiling: a corpus as it stands at an instant becomes an edition.
 *
 * Pure but for reading, from the store, the few objects that an article replaces. The same corpus,
 * the same edition before, and the same instant give the same digests.
 */

import type { Corpus } from '../article/corpus.ts'
import type { Instant } from '../article/instant.ts'
import type { Digest, Platform } from '../article/platform.ts'
import type { Tombstone } from '../feed/format.ts'
import { type DirectoryEntry, type LeafReference, type Names, splitNames } from './directory.ts'
import { writeDocuments } from './documents.ts'
import type { Edition } from './edition.ts'
import type { EditionFacts, RetractionFacts, SiteFacts } from './facts.ts'
import { StoredObject, type WrittenObject, writeObject } from './object.ts'
import { type Malformed, type Rendered, writeRetraction } from './render.ts'

const HISTORY = 100

export type Compilation = {
  readonly corpus: Corpus
  readonly rendered: ReadonlyMap<string, Rendered>
  /** The edition that this one follows. */
  readonly before: Edition | undefined
  readonly number: number
  readonly at: Instant
  readonly platform: Platform
  /** An object that was written already; undefined if there is none. */
  readonly read: (digest: Digest) => Promise<StoredObject | undefined>
  readonly report: (malformed: Malformed) => void
}

export type Compiled = {
  readonly edition: Edition
  readonly objects: ReadonlyMap<Digest, Uint8Array>
}

/** Compiles the edition of an instant: what is due by then, and nothing that is not. */
export async function compileEdition(compilation: Compilation): Promise<Compiled> {
  const { corpus, rendered, before, at, number, platform } = compilation
  const objects = new Map<Digest, Uint8Array>()
  const keep = ({ digest, bytes }: WrittenObject): Digest => {
    objects.set(digest, bytes)
    return digest
  }
  const due = [...rendered.values()].filter(({ article }) => article.published <= at)
  const tombstones = await tombstonesOf(compilation)
  const articles = new Map<string, Digest>()
  for (const { article, object } of due) articles.set(article.id, keep(object))
  for (const tombstone of tombstones)
    articles.set(tombstone.id, keep(writeRetraction(tombstone, platform)))
  const documents = writeDocuments({ ...compilation, due, tombstones, articles, keep })
  const articleNames = await datedArticles(articles, compilation, objects)
  const documentNames = dated(documents, before?.documents, at)
  const facts: EditionFacts = {
    number,
    at,
    floor: before?.facts.floor ?? 0,
    site: siteFacts(corpus),
    history: historyOf(before),
    counts: { articles: due.length, retractions: tombstones.length, documents: documents.size },
    articles: writeLeaves(articleNames, platform, keep),
    documents: writeLeaves(documentNames, platform, keep),
  }
  const digest = keep(writeObject('edition', facts, [], platform))
  return { edition: { digest, facts, articles: articleNames, documents: documentNames }, objects }
}

/** Retractions, each with its instant: what the article says, or the edition that first saw it. */
async function tombstonesOf({ corpus, before, at, read }: Compilation): Promise<Tombstone[]> {
  const tombstones: Tombstone[] = []
  for (const { id, guid, published, retraction } of corpus.articles) {
    // What was never shown needs no tombstone, and an embargo holds for its end too.
    if (!retraction || published > at) continue
    const known = retraction.at === undefined ? before?.articles.get(id) : undefined
    const object = known && (await read(known.object))
    const seen =
      object?.header.type === 'retraction' ? (object.facts as RetractionFacts).retracted_at : at
    const { reason, replacedBy } = retraction
    const replacement = replacedBy && `${corpus.site.base}/articles/${replacedBy}`
    tombstones.push({ id, guid, at: retraction.at ?? seen, reason, replacedBy, replacement })
  }
  return tombstones
}

/** `changed` of articles moves with what their JSON says, not with their markup for pages. */
async function datedArticles(
  articles: ReadonlyMap<string, Digest>,
  { before, at, read }: Compilation,
  objects: ReadonlyMap<Digest, Uint8Array>,
): Promise<Names> {
  const names = new Map<string, DirectoryEntry>()
  for (const [id, object] of articles) {
    const old = before?.articles.get(id)
    if (!old || old.object === object) names.set(id, { object, changed: old?.changed ?? at })
    else {
      const written = objects.get(object)
      const same =
        contentOf(await read(old.object)) === contentOf(written && new StoredObject(written))
      names.set(id, { object, changed: same ? old.changed : at })
    }
  }
  return names
}

/** What an object says to a partner: its type, and its JSON if it has some. */
function contentOf(object: StoredObject | undefined): string | undefined {
  if (!object) return undefined
  const { type, facts } = object.header
  return type === 'article' ? object.part('json')?.digest : `${type} ${JSON.stringify(facts)}`
}

function dated(
  documents: ReadonlyMap<string, Digest>,
  before: Names | undefined,
  at: Instant,
): Names {
  return new Map(
    Array.from(documents, ([name, object]) => {
      const old = before?.get(name)
      return [name, { object, changed: old?.object === object ? old.changed : at }]
    }),
  )
}

function writeLeaves(
  names: Names,
  platform: Platform,
  keep: (object: WrittenObject) => Digest,
): LeafReference[] {
  return splitNames(names).map(({ prefix, facts }) => {
    const changed = Object.values(facts.names).reduce(
      (latest, entry) => Math.max(latest, entry.changed),
      0,
    )
    return { prefix, object: keep(writeObject('leaf', facts, [], platform)), changed }
  })
}

function siteFacts({ site }: Corpus): SiteFacts {
  const { tag, title, base, language, ttl, pages } = site
  return { tag, title, base, language, ttl, pages }
}

function historyOf(before: Edition | undefined): EditionFacts['history'] {
  if (!before) return []
  const { number, at, history } = before.facts
  return [{ number, at, digest: before.digest }, ...history].slice(0, HISTORY)
}
