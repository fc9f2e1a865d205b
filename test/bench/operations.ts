/**
 * Operations: what a request reads, and what a publish writes, from ten articles to a million. They
 * are counted on the real code, so they are the same on every machine.
 */

import { diffNames } from '../../src/changes/diff.ts'
import type { Edition } from '../../src/edition/edition.ts'
import { aCache, NOW } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aJournal, aPublisher, publishTo } from '../support/publishing.ts'
import { articleText, filesOf } from './corpus.ts'
import { CountedLocation } from './counted.ts'
import { editionAt, grow, putGrown } from './grown.ts'
import { linePlot } from './plot.ts'
import type { Cell, Section } from './table.ts'

/** Corpora that are published whole, and those that are names and headers beyond a thousand. */
const LARGE = [100_000, 1_000_000]
const SIZES = [10, 1000, ...LARGE]
const GZIP = { 'Accept-Encoding': 'gzip' }

/** Kinds of requests: their names and paths; one is asked with the entity-tag that it answered. */
const KINDS: readonly (readonly [name: string, path: string, conditional?: boolean])[] = [
  ['a feed', '/rss.xml'],
  ['a feed, unchanged', '/rss.xml', true],
  ['a tag’s feed', '/tags/tag-1/feed.json'],
  ['the front page', '/'],
  ['an article’s page', '/articles/s-7'],
  ['an article, JSON', '/articles/s-7.json'],
  ['changes', '/changes.json'],
  ['nothing there', '/articles/nothing'],
]

type Corpus = {
  readonly size: number
  readonly store: MemoryStore
  /** Of publishing one article more. */
  readonly writes: number
  readonly bytes: number
}

type Published = Corpus & { readonly before: Edition; readonly after: Edition }

export async function operations(): Promise<Section> {
  const [ten, thousand] = [await published(10), await published(1000)]
  const corpora: Corpus[] = [ten, thousand]
  for (const size of LARGE) corpora.push(await grown(thousand, size))
  const reads: Cell[][] = []
  const series: { name: string; values: number[] }[] = []
  for (const [name, path, conditional] of KINDS) {
    const asked: (Counted | undefined)[] = []
    // One after the other: the clock is everybody's.
    for (const { store } of corpora)
      asked.push(await countRequest(store, path, conditional === true))
    const [first] = asked
    if (!first) {
      reads.push([
        `${name}: not served by this build`,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      continue
    }
    const ranges = (['cold', 'matches', 'puts', 'nearby', 'warm'] as const).map((count) =>
      rangeOf(asked.map((counts) => counts?.[count] ?? Number.NaN)),
    )
    reads.push([name, ...ranges])
    if (path !== '/' && !path.startsWith('/articles/nothing'))
      series.push({ name, values: asked.map((counts) => counts?.cold ?? 0) })
  }
  const writing = corpora.map(({ size, writes, bytes }): Cell[] => [
    `${size.toLocaleString('en')} articles`,
    writes,
    Math.round(bytes / 1024),
  ])
  return {
    name: 'operations',
    title: 'Operations',
    reading:
      `Counted on the real code, for corpora of ${SIZES.map((size) => size.toLocaleString('en')).join(', ')} articles; a range stands where they differ. ` +
      'Every KV read is billed, one that finds nothing too; Cache API calls are not. *Cold*: neither the isolate nor the location has anything. *New isolate*: the ' +
      'location has the objects. *Warm*: nothing is read but `head`, every three seconds. Corpora above 1,000 are names in directories, cut and ' +
      'written by edgewire’s own writers: what the names stand for is not read by these requests. What does grow is the edition’s own object, with the number of its leaves.',
    tables: [
      {
        caption: 'Operations of a request',
        columns: [
          '',
          'KV reads, cold',
          'cache look-ups',
          'cache writes',
          'KV reads, new isolate',
          'KV reads, warm',
        ],
        rows: reads,
      },
      {
        caption:
          'Publishing one article more, the first of a month, in the feeds of everything, a section, two tags and two authors',
        columns: ['', 'KV writes', 'KiB written'],
        rows: writing,
      },
    ],
    plots: [
      {
        file: 'operations.svg',
        alt: 'KV reads and writes by the number of articles',
        svg: linePlot({
          title: 'Billed KV operations',
          unit: 'reads of a cold request, writes of a publish',
          across: 'articles',
          at: SIZES,
          series: [
            ...series.filter(({ name }) =>
              ['a feed', 'a feed, unchanged', 'an article, JSON'].includes(name),
            ),
            { name: 'publishing an article (writes)', values: corpora.map(({ writes }) => writes) },
          ],
        }),
      },
    ],
  }
}

/** A corpus that is published whole, and then with an article more. */
async function published(size: number): Promise<Published> {
  const [store, cache, journal] = [aStore(), aCache(), aJournal()]
  const files = filesOf(size, 1)
  const first = await publishTo(store, files, NOW, aPublisher(store, NOW, cache, journal))
  const values = new Map(store.values)
  const next = { ...files, 'new.md': articleText(size, 1, NOW) }
  const second = aPublisher(store, NOW + 60, cache, journal)
  const { written, current } = await publishTo(store, next, NOW + 60, second)
  const [before, after] = [
    await editionAt(store, first.current.edition),
    await editionAt(store, current.edition),
  ]
  store.values.clear()
  for (const [key, value] of values) store.values.set(key, value)
  return { size, store, writes: written.keys, bytes: written.bytes, before, after }
}

/**
 * The corpus of a thousand with names up to a size. Of publishing an article into it, the objects
 * are those of the thousand; its directories are cut anew, before and after, and compared.
 */
async function grown(thousand: Published, size: number): Promise<Corpus> {
  const store = aStore()
  for (const [key, value] of thousand.store.values) store.values.set(key, value)
  const { before: old, after: next } = thousand
  const changed = (['articles', 'documents'] as const).flatMap((directory) =>
    diffNames(old[directory], next[directory]).map(({ name }) => name),
  )
  const [small, large] = [thousand.size, size].map((count) => {
    const before = grow(old, count, NOW)
    const after = grow(next, count + 1, NOW + 60, before, changed)
    const leaves = [...after.leaves].filter(([digest]) => !before.leaves.has(digest))
    const lengths = leaves.map(([, { length }]) => length)
    const bytes = lengths.reduce((a, b) => a + b, after.edition.bytes.length)
    return { before, keys: leaves.length, bytes }
  })
  if (!small || !large) throw new Error('Nothing was cut.')
  await putGrown(store, large.before)
  return {
    size,
    store,
    writes: thousand.writes - small.keys + large.keys,
    bytes: thousand.bytes - small.bytes + large.bytes,
  }
}

type Counted = Record<'cold' | 'matches' | 'puts' | 'nearby' | 'warm', number>

/** What a request costs a location that has nothing, then a new isolate, and then the same one. */
async function countRequest(
  store: MemoryStore,
  path: string,
  conditional: boolean,
): Promise<Counted | undefined> {
  const read = (key: string): Uint8Array | undefined => store.values.get(key)
  const headers: Record<string, string> = { ...GZIP }
  const now = NOW + 5
  const answer = await new CountedLocation(read).ask(path, headers, now)
  if (answer.status === 404 && path === '/changes.json') return undefined
  if (conditional) headers['If-None-Match'] = answer.headers.get('ETag') ?? ''
  const location = new CountedLocation(read)
  const { counts } = location
  const ask = async (): Promise<number> => {
    const before = counts.reads
    const { status } = await location.ask(path, headers, now)
    const wanted = conditional ? 304 : path.endsWith('nothing') ? 404 : 200
    if (status !== wanted) throw new Error(`${path} is ${status}`)
    return counts.reads - before
  }
  const cold = await ask()
  const { matches, puts } = { ...counts }
  location.newIsolate()
  return { cold, matches, puts, nearby: await ask(), warm: await ask() }
}

function rangeOf(values: readonly number[]): Cell {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? least : `${least}–${most}`
}
