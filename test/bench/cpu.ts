/**
 * The processor's part of a cold document: from stored bytes to the bytes of the answer, finished,
 * joined from articles, and rendered. In Node, whose engine is that of workerd: a Worker's own clock
 * stands still while it computes.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { generateRssFeed } from 'feedsmith'
import { loadEdition } from '../../src/edition/edition.ts'
import type { FeedFacts } from '../../src/edition/facts.ts'
import { joinBytes, StoredObject } from '../../src/edition/object.ts'
import { objectKey } from '../../src/edition/store.ts'
import { NOW, platform } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'
import { BASE, feedOf, type Story } from './competitors/stories.ts'
import { filesOf } from './corpus.ts'
import { alternately, ratioOf, spreadOf } from './measuring.ts'
import { linePlot } from './plot.ts'
import { storiesOf } from './stories-of.ts'
import { ratioCell, type Section } from './table.ts'

const ARTICLES = 50
const SIZES = [1, 5, 20, 50]
/** The size for which it has to be decided. */
const DECIDED = 20
const ROUNDS = 11
/** Each measurement lasts at least so many milliseconds. */
const LEAST = 20

type Ways = Readonly<Record<'finished' | 'joined' | 'feed' | 'feedsmith', () => unknown>>

export async function cpu(): Promise<Section> {
  const rows = []
  const medians: number[][] = [[], [], [], []]
  for (const kilobytes of SIZES) {
    const { finished, joined, feed, feedsmith } = await measure(await waysFor(kilobytes))
    const all = [finished, joined, feed, feedsmith]
    for (const [index, values] of all.entries()) medians[index]?.push(spreadOf(values).median)
    const least = kilobytes === DECIDED ? 30 : undefined
    rows.push([
      `${ARTICLES} × ${kilobytes} KB`,
      ...all.map((values) => spreadOf(values).median),
      ratioCell(ratioOf(joined, finished)),
      ratioCell(ratioOf(feed, finished), least),
      ratioCell(ratioOf(feedsmith, finished)),
    ])
  }
  const names = ['finished', 'joined from articles', 'feed', 'feedsmith']
  const svg = linePlot({
    title: `CPU of a cold document of ${ARTICLES} articles`,
    unit: 'microseconds',
    across: 'kilobytes an article',
    at: SIZES,
    series: names.map((name, index) => ({ name, values: medians[index] ?? [] })),
    logarithmic: true,
  })
  return {
    name: 'cpu',
    title: 'CPU of a cold document',
    reading:
      'From stored bytes to the bytes of the answer. *Finished*: the object is read and hashed, and the part cut out, gzip and all. *Joined*: fifty article ' +
      'objects are read and hashed, and their fragments copied between head and tail; nothing is compressed. *feed*, *feedsmith*: fifty articles are read from JSON, ' +
      'rendered as RSS with whole texts, and encoded; nothing is compressed. Collecting the garbage that a way makes is included, waiting for KV is not. The free plan allows 10,000 microseconds a request.',
    tables: [
      {
        caption: 'Microseconds of CPU',
        columns: ['', ...names, '× joined', '× feed', '× feedsmith'],
        rows,
      },
    ],
    decision: {
      caption: 'The CPU is measured by `npm run bench`; reads and writes are what is stored apart:',
      columns: [
        '',
        'finished at publish',
        'joined at the edge from articles',
        'rendered at the edge with `feed`',
      ],
      rows: [
        [
          `CPU of a cold document, ${ARTICLES} × ${DECIDED} KB, in ms`,
          ...medians.slice(0, 3).map((values) => (values[SIZES.indexOf(DECIDED)] ?? 0) / 1000),
        ],
        // `head`, the edition, a leaf, and the object; or as many articles beside its envelope.
        ['billed KV reads of a cold document', 4, 4 + ARTICLES, 1 + ARTICLES],
        ['KV writes to publish an article that is in 8 feeds', '≤ 30', '~5', '2'],
      ],
    },
    plots: [{ file: 'cpu.svg', alt: 'CPU of a cold document by the size of its articles', svg }],
  }
}

async function measure(ways: Ways): Promise<Record<keyof Ways, number[]>> {
  const timed = (way: () => unknown) => (): number => microseconds(way)
  return alternately(
    {
      finished: timed(ways.finished),
      joined: timed(ways.joined),
      feed: timed(ways.feed),
      feedsmith: timed(ways.feedsmith),
    },
    ROUNDS,
  )
}

/** Microseconds of one run, from as many as fill the time: of the processor, not of the clock. */
function microseconds(way: () => unknown): number {
  // What another way left behind is not collected at the expense of this one.
  collectGarbage()
  const begun = performance.now()
  const before = process.cpuUsage()
  let runs = 0
  let bytes = 0
  while (performance.now() - begun < LEAST) {
    bytes += (way() as Uint8Array).length
    runs += 1
  }
  if (bytes === 0) throw new Error('A document is empty.')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / runs
}

async function waysFor(kilobytes: number): Promise<Ways> {
  const files = filesOf(ARTICLES, kilobytes)
  const store = aStore()
  const { current } = await publishTo(store, files)
  const edition = must(await loadEdition(store, current.edition))
  const stored = (digest: string): Uint8Array =>
    store.values.get(objectKey(digest)) ?? new Uint8Array()
  const address = edition.documents.get('/')?.object ?? ''
  const document = stored(address)
  const { facts } = new StoredObject<FeedFacts>(document)
  const articles = facts.entries.map(({ object }) => [stored(object), object] as const)
  const stories = storiesOf(files).map((story) => Buffer.from(JSON.stringify(story)))
  return {
    finished: () => proven(document, address).part('rss')?.bytes,
    joined: () => {
      const envelope = proven(document, address)
      const fragments = articles.map(([bytes, digest]) => partOf(proven(bytes, digest), 'rss'))
      return joinBytes([partOf(envelope, 'rss-head'), ...fragments, partOf(envelope, 'rss-tail')])
    },
    feed: () => encoder.encode(feedOf(stories.map(storyOf)).rss2()),
    feedsmith: () => encoder.encode(withFeedsmith(stories.map(storyOf))),
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function storyOf(bytes: Uint8Array): Story {
  return JSON.parse(decoder.decode(bytes)) as Story
}

/** An object, read as the Worker does: its bytes are hashed before it is believed. */
function proven(bytes: Uint8Array, address: string): StoredObject {
  const object = new StoredObject(bytes)
  const isWhole = object.proofs(address).every(([of, digest]) => platform.digest(of) === digest)
  if (!isWhole) throw new Error(`${address} is damaged.`)
  return object
}

function partOf(object: StoredObject, name: string): Uint8Array {
  return object.part(name)?.bytes ?? new Uint8Array()
}

function withFeedsmith(stories: readonly Story[]): string {
  return generateRssFeed({
    title: 'The Wire',
    description: 'News of a test',
    link: `${BASE}/`,
    language: 'en',
    lastBuildDate: new Date((stories[0]?.updated ?? NOW) * 1000),
    items: stories.map(({ title, url, guid, published, summary, html, authors, tags }) => ({
      title,
      link: url,
      guid: { value: guid, isPermaLink: false },
      pubDate: new Date(published * 1000),
      description: summary,
      content: { encoded: html },
      dc: { creators: authors.map(({ name }) => name) },
      categories: tags.map((name) => ({ name })),
    })),
  })
}
