/**
 * Serving, in workerd on loopback: edgewire against a Worker that only returns constants, and
 * against the usual ways to serve a feed from KV.
 */

import { Agent, get } from 'node:http'
import { join } from 'node:path'
import type { Publisher } from '../../src/publish/plan.ts'
import { aCache } from '../support/corpus.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'
import { NEWEST, storyKey } from './competitors/stories.ts'
import { articleText, filesOf } from './corpus.ts'
import { answersPerSecond, LOADER } from './load.ts'
import { alternately, ratioOf, spreadOf } from './measuring.ts'
import { barPlot } from './plot.ts'
import { storiesOf } from './stories-of.ts'
import { type Cell, ratioCell, type Section, type Table } from './table.ts'
import { bundle, ROOT, type RunningWorker, startWorker } from './workerd.ts'

const ARTICLES = 50
const SIZES = [5, 20]
const ROUNDS = 4
const SECONDS = 1
/** New editions in the row of cold requests. */
const EDITIONS = 24
const GZIP = { 'Accept-Encoding': 'gzip' }

const CONTESTANTS = ['edgewire', 'ceiling', 'usual', 'cached'] as const
type Contestant = (typeof CONTESTANTS)[number]
type Workers = Readonly<Record<Contestant, RunningWorker>>

/** A kind of request: where edgewire and the others answer it, and where the ceiling does. */
type Kind = {
  readonly name: string
  readonly constant: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** How many times the ceiling, and the usual Worker, it has to be. */
  readonly goals?: readonly [ceiling: number, usual: number | undefined]
  readonly others?: readonly Contestant[]
}

export async function serving(): Promise<Section> {
  const scripts = new Map(
    CONTESTANTS.map((name) => [name, bundle(join(ROOT, `test/bench/competitors/${name}.ts`))]),
  )
  const tables: Table[] = []
  const groups: { label: string; values: (number | undefined)[] }[] = []
  for (const kilobytes of SIZES) {
    const workers = await startAll(scripts)
    try {
      const { table, rates } = await measure(workers, kilobytes)
      tables.push(table)
      for (const [label, values] of rates)
        groups.push({ label: `${label}, ${kilobytes} KB`, values })
    } finally {
      await Promise.all(Object.values(workers).map(({ stop }) => stop()))
    }
  }
  const svg = barPlot({
    title: `A feed of ${ARTICLES} articles in workerd`,
    unit: 'answers a second',
    series: ['edgewire', 'constants (ceiling)', 'usual Worker', 'with hono/cache and hono/etag'],
    groups,
    logarithmic: true,
  })
  return {
    name: 'serving',
    title: 'Serving',
    reading:
      `Answers a second in workerd, on loopback, with 8 connections of ${LOADER} on the same two cores; medians of ${ROUNDS} rounds in turn, ` +
      'quartiles of the ratios in brackets. *Ceiling*: a bare Hono Worker that returns the same bytes and headers as constants. *Usual*: Hono, the ' +
      'articles read from KV in one call, rendered with `feed`. *Cached*: the same behind `hono/cache` and `hono/etag`. KV and the Cache API are ' +
      'Miniflare’s, and slower than Cloudflare’s: rows in which somebody reads them say what is read, and not how long that takes at the edge; the CPU alone is in the next table.',
    tables,
    plots: [{ file: 'serving.svg', alt: 'Answers a second by kind of request', svg }],
  }
}

async function startAll(scripts: ReadonlyMap<Contestant, string>): Promise<Workers> {
  const started = await Promise.all(
    CONTESTANTS.map(async (name) => [name, await startWorker(scripts.get(name) ?? '')] as const),
  )
  return Object.fromEntries(started) as Record<Contestant, RunningWorker>
}

type Measured = { readonly table: Table; readonly rates: readonly (readonly [string, number[]])[] }

async function measure(workers: Workers, kilobytes: number): Promise<Measured> {
  const now = Math.floor(Date.now() / 1000)
  const files = filesOf(ARTICLES, kilobytes, now)
  const publisher = publisherOf(workers.edgewire)
  await publishTo(workers.edgewire.store, files, now, publisher(now))
  await storeStories(workers, files)
  const rates: (readonly [string, number[]])[] = []
  const rows: Cell[][] = []
  for (const kind of await kindsOf(workers)) {
    const row = await measureKind(kind, workers)
    if (!row) {
      const nothing = CONTESTANTS.map(() => undefined)
      rows.push([
        `${kind.name}: not served by this build`,
        ...nothing,
        undefined,
        undefined,
        undefined,
      ])
      continue
    }
    rates.push([kind.name, row.medians])
    rows.push(row.cells)
  }
  const publishEdition = async (edition: number): Promise<void> => {
    const at = now + edition
    const text = articleText(ARTICLES + edition, kilobytes, now, `Edition ${edition}. `)
    const next = { ...files, 'new.md': text }
    await publishTo(workers.edgewire.store, next, at, publisher(at))
  }
  rows.push(await measureCold(workers, publishEdition, kilobytes === 20 ? 5 : undefined))
  return {
    table: {
      caption: `${ARTICLES} articles of ${kilobytes} KB, answers a second`,
      columns: ['', 'edgewire', 'ceiling', 'usual', 'cached', '× ceiling', '× usual', '× cached'],
      rows,
    },
    rates,
  }
}

/** The requests of the table; what an answer of edgewire says is asked of it first. */
async function kindsOf({ edgewire }: Workers): Promise<Kind[]> {
  const { headers } = await ask(`${edgewire.url}/rss.xml`, GZIP)
  const unchanged = { ...GZIP, 'If-None-Match': String(headers['etag']) }
  return [
    {
      name: 'unchanged (304)',
      constant: '/unchanged',
      path: '/rss.xml',
      headers: unchanged,
      goals: [0.85, undefined],
    },
    { name: 'full, gzip', constant: '/gzip', path: '/rss.xml', headers: GZIP, goals: [0.8, 10] },
    { name: 'full, no gzip', constant: '/identity', path: '/rss.xml', headers: {} },
    { name: 'an article, JSON', constant: '/item', path: '/articles/s-7.json', headers: GZIP },
    { name: 'changes', constant: '/changes', path: '/changes.json', headers: GZIP, others: [] },
  ]
}

/** One row of rates; undefined if edgewire does not know the address. */
async function measureKind(
  { name, constant, path, headers, goals, others = ['usual', 'cached'] }: Kind,
  workers: Workers,
): Promise<{ cells: Cell[]; medians: number[] } | undefined> {
  const answer = await ask(workers.edgewire.url + path, headers)
  if (answer.status === 404) return undefined
  await storeConstant(workers.ceiling, constant, answer)
  const urls: Partial<Record<Contestant, string>> = {
    edgewire: workers.edgewire.url + path,
    ceiling: workers.ceiling.url + constant,
    ...Object.fromEntries(others.map((other) => [other, workers[other].url + path])),
  }
  const own = new Map<string, Record<string, string>>()
  for (const [contestant, url] of Object.entries(urls))
    own.set(contestant, await conditional(url, headers))
  const values = await alternately(
    Object.fromEntries(
      Object.entries(urls).map(([contestant, url]) => [
        contestant,
        () => answersPerSecond(url, own.get(contestant) ?? headers, SECONDS),
      ]),
    ),
    ROUNDS,
  )
  const of = (contestant: Contestant): number[] | undefined => values[contestant]
  const ratio = (contestant: Contestant, least?: number): Cell => {
    const theirs = of(contestant)
    return theirs && ratioCell(ratioOf(of('edgewire') ?? [], theirs), least)
  }
  const medians = CONTESTANTS.map((contestant) => {
    const found = of(contestant)
    return found && Math.round(spreadOf(found).median)
  })
  return {
    cells: [
      name,
      ...medians,
      ratio('ceiling', goals?.[0]),
      ratio('usual', goals?.[1]),
      ratio('cached'),
    ],
    medians: medians as number[],
  }
}

/** The headers with the entity-tag of the one who is asked. */
async function conditional(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { 'If-None-Match': tag, ...others } = headers
  if (tag === undefined) return others
  const own = (await ask(url, others)).headers['etag']
  return { ...others, 'If-None-Match': String(own ?? tag) }
}

/**
 * The first look at a new edition, by an isolate and a location that have nothing of it; the others
 * are shown the same change. One request at a time, and its time.
 */
async function measureCold(
  { edgewire, usual }: Workers,
  publishEdition: (edition: number) => Promise<void>,
  least: number | undefined,
): Promise<Cell[]> {
  let edition = 0
  const values = await alternately(
    {
      edgewire: async () => {
        edition += 1
        await publishEdition(edition)
        await ask(`${edgewire.url}/forget`, {})
        return milliseconds(`${edgewire.url}/rss.xml`)
      },
      usual: () => milliseconds(`${usual.url}/rss.xml`),
    },
    EDITIONS,
  )
  const rate = (times: readonly number[]): number => Math.round(1000 / spreadOf(times).median)
  return [
    'cold: a new edition',
    rate(values.edgewire),
    undefined,
    rate(values.usual),
    undefined,
    undefined,
    ratioCell(ratioOf(values.usual, values.edgewire), least),
    undefined,
  ]
}

/** Renders what did not change once, for all editions. */
function publisherOf({ store }: RunningWorker): (now: number) => Publisher {
  const cache = aCache()
  return (now) => aPublisher(store, now, cache)
}

async function milliseconds(url: string): Promise<number> {
  const begun = performance.now()
  const { status } = await ask(url, GZIP)
  if (status !== 200) throw new Error(`${url}: ${status}`)
  return performance.now() - begun
}

type Asked = {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

const agent = new Agent({ keepAlive: true })

/** A request whose answer nothing unpacks. */
function ask(url: string, headers: Readonly<Record<string, string>>): Promise<Asked> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: Buffer.concat(pieces) })
      })
    }).on('error', reject)
  })
}

async function storeConstant(
  { store }: RunningWorker,
  path: string,
  { status, headers, body }: Asked,
): Promise<void> {
  const kept = Object.entries(headers).filter(
    ([name]) => !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name),
  )
  const text = JSON.stringify({ status, headers: Object.fromEntries(kept) })
  await store.put([
    [path, Buffer.from(text)],
    [`${path}:body`, body],
  ])
}

async function storeStories(
  { usual, cached }: Workers,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const stories = storiesOf(files)
  const pairs = [
    [NEWEST, Buffer.from(JSON.stringify(stories.map(({ id }) => id)))] as const,
    ...stories.map((story) => [storyKey(story.id), Buffer.from(JSON.stringify(story))] as const),
  ]
  for (const { store } of [usual, cached]) await store.put(pairs)
}
