/**
 * Compiling: a corpus as it stands at an instant becomes an edition.
 *
 * Pure but for reading, from the store, the few objects that an article replaces. The same corpus,
 * the same edition before, and the same instant give the same digests.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { Site } from '../article/site.ts'
import { type Change, changesOf } from '../changes/change.ts'
import type { Difference } from '../changes/diff.ts'
import { type LeafReference, type Names, splitNames } from '../edition/directory.ts'
import { type Edition, historyOf, loadObject } from '../edition/edition.ts'
import type { EditionFacts, RegisteredFeed, RegisterFacts, SiteFacts } from '../edition/facts.ts'
import { REGISTER } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import type { Store } from '../edition/store.ts'
import { hostsOfSite } from '../page/hosts.ts'
import { writeDocuments } from './documents.ts'
import { type Findings, gather } from './findings.ts'
import type { Member } from './member.ts'
import type { Press } from './press.ts'
import { retractedMembers } from './retractions.ts'

export type CompileInput = {
  readonly press: Press
  /** The edition that this one follows. */
  readonly before: Edition | undefined
  readonly number: number
  readonly at: Instant
  /** The store of the edition before. */
  readonly store: Store
}

/** An edition, what happened to articles since the one before, and what is wrong with it. */
export type Compilation = {
  readonly edition: Edition
  readonly changes: readonly Change[]
  readonly findings: Findings
}

/** Compiles the edition of an instant: what is due by then, and nothing that is not. */
export async function compileEdition(compilation: CompileInput): Promise<Compilation> {
  const { press, before, at, number, store } = compilation
  const { corpus, platform, cache } = press
  const members = [...dueMembers(press, at), ...(await retractedMembers(compilation))]
  const articles = new Map(members.map(({ article, object }) => [article.id, object]))
  const registered = await registeredIn(before, store)
  const documents = writeDocuments({ press, members, at, registered })
  const changes = await changesOf(store, differences(before?.articles, articles, at))
  // `changed` of an article moves with what its JSON says, not with its markup for pages.
  const silent = new Set(changes.filter(({ kind }) => kind === 'remade').map(({ id }) => id))
  const articleNames = dated(articles, before?.articles, at, silent)
  const documentNames = dated(documents.objects, before?.documents, at, new Set())
  const facts: EditionFacts = {
    number,
    at,
    floor: before?.facts.floor ?? 0,
    site: siteFacts(corpus.site),
    history: historyOf(before),
    counts: countsOf(members, documents.objects.size),
    articles: writeLeaves(articleNames, press),
    documents: writeLeaves(documentNames, press),
  }
  const object = writeObject('edition', facts, [], platform)
  cache.keep(object)
  const edition = {
    digest: object.digest,
    facts,
    articles: articleNames,
    documents: documentNames,
  }
  const findings = gather([...members.map((member) => member.findings), documents.findings])
  return { edition, changes, findings }
}

function dueMembers(press: Press, at: Instant): Member[] {
  return press.corpus.articles
    .filter(({ published, retraction }) => published <= at && !retraction)
    .map((listing) => {
      const rendered = press.render(listing, at)
      const { article, object, findings } = rendered
      return { article, object, rendered, tombstone: undefined, seenIn: [], findings }
    })
}

/** Reads the feeds of the edition before: one that lost its last article is not forgotten. */
async function registeredIn(
  before: Edition | undefined,
  store: Store,
): Promise<readonly RegisteredFeed[]> {
  const entry = before?.documents.get(REGISTER)
  const object = entry && (await loadObject<RegisterFacts>(store, entry.object))
  return object?.facts.feeds ?? []
}

function countsOf(members: readonly Member[], documents: number): EditionFacts['counts'] {
  const articles = members.filter(({ rendered }) => rendered).length
  return { articles, retractions: members.length - articles, documents }
}

/** Finds what differs from the edition before, not dated yet. */
function differences(
  before: Names | undefined,
  articles: ReadonlyMap<string, Digest>,
  at: Instant,
): Difference[] {
  const found: Difference[] = []
  for (const [name, object] of articles) {
    const old = before?.get(name)
    if (old?.object !== object) found.push({ name, before: old, after: { object, changed: at } })
  }
  for (const [name, old] of before ?? []) {
    if (!articles.has(name)) found.push({ name, before: old, after: undefined })
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Names with the instants at which they last changed; for the `silent` ones that is no news. */
function dated(
  objects: ReadonlyMap<string, Digest>,
  before: Names | undefined,
  at: Instant,
  silent: ReadonlySet<string>,
): Names {
  return new Map(
    Array.from(objects, ([name, object]) => {
      const old = before?.get(name)
      // The same entry where it is the same: an edition of 100,000 articles is one of nine.
      if (old?.object === object) return [name, old]
      return [name, { object, changed: old && silent.has(name) ? old.changed : at }]
    }),
  )
}

function writeLeaves(names: Names, { cache, platform }: Press): LeafReference[] {
  return splitNames(names).map(({ prefix, facts }) => {
    const changed = Object.values(facts.names).reduce(
      (latest, entry) => Math.max(latest, entry.changed),
      0,
    )
    const leaf = writeObject('leaf', facts, [], platform)
    cache.keep(leaf)
    return { prefix, object: leaf.digest, changed }
  })
}

function siteFacts(site: Site): SiteFacts {
  const { tag, title, base, language, ttl, pages, home } = site
  return { tag, title, base, language, ttl, pages, home, hosts: hostsOfSite(site) }
}
