/**
 * A day of polls: a thousand subscribers of five kinds and twelve publishes, on the real code. Nothing
 * in it depends on the machine: the clock is simulated, and the dice are seeded.
 */

import { gzipSync } from 'node:zlib'
import { aCache, type Files, NOW } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { aJournal, aPublisher, publishTo } from '../support/publishing.ts'
import { feedOf } from './competitors/stories.ts'
import { articleText, filesOf } from './corpus.ts'
import { CountedLocation, type ReadKey } from './counted.ts'
import { seeded } from './measuring.ts'
import { barPlot } from './plot.ts'
import { storiesOf } from './stories-of.ts'
import type { Cell, Section } from './table.ts'

const DAY = 86_400
const PUBLISHES = 12
const LOCATIONS = 10
const ARTICLES = 50
const KILOBYTES = 5
/** List prices in dollars for a million, beyond what a plan includes. */
const PRICE = { requests: 0.3, reads: 0.5, writes: 5 }
/** KV reads of the usual Worker for a feed: the list, and the articles; each key of a call is billed. */
const USUAL_READS = 1 + ARTICLES

/** Kinds that send no validators. */
const FORGETFUL: ReadonlySet<string> = new Set(['plain', 'badly behaved'])

type Headers = Record<string, string>

/** A subscriber's next request, and what becomes of its answer. */
type Subscriber = {
  readonly kind: string
  readonly location: number
  readonly every: number
  due: number
  next: () => { readonly path: string; readonly headers: Headers }
  readonly heard: (response: Response) => Promise<void>
}

type Totals = { requests: number; full: number; bytes: number }

export async function day(): Promise<Section> {
  const edgewire = await simulate()
  const rivals = rivalsOf(edgewire)
  const servers: readonly Server[] = [edgewire.server, ...rivals]
  const kinds = [...edgewire.byKind].map(([kind, { requests, full, bytes }]): Cell[] => [
    kind,
    requests,
    full,
    Math.round(bytes / 1e6),
    Math.round((requests * edgewire.plain) / 1e6),
  ])
  return {
    name: 'day',
    title: 'A day of polls',
    reading:
      `1,000 subscribers of a feed of ${ARTICLES} articles of ${KILOBYTES} KB, at ${LOCATIONS} locations, and ${PUBLISHES} publishes: 300 *plain* ones (hourly, without validators), ` +
      '500 *conditional* (every half hour), 140 with *A-IM* (every quarter), 50 *partners* with a cursor (every five minutes) and 10 that *behave badly* (every minute, without ' +
      'validators, under an address that is new each time). Bytes are header and body as they leave, gzip where it was asked for; edgewire’s documents are larger than those of `feed`, because they carry the Markdown too. The bill is for thirty such days at ' +
      'Cloudflare’s list prices ($0.30 a million requests, $0.50 a million reads, $5 a million writes), without what a plan includes, and without CPU.',
    tables: [
      {
        caption: 'What the day costs',
        columns: [
          '',
          'requests',
          'MB out',
          'KV reads',
          'KV writes',
          '$ a month',
          '× edgewire’s bytes',
          '× its bill',
        ],
        rows: servers.map(({ name, requests, bytes, reads, writes }) => [
          name,
          requests,
          Math.round(bytes / 1e6),
          reads,
          writes,
          billOf({ requests, reads, writes }).toFixed(2),
          bytes / edgewire.server.bytes,
          billOf({ requests, reads, writes }) / billOf(edgewire.server),
        ]),
      },
      {
        caption: 'edgewire’s answers by kind of subscriber',
        columns: ['', 'requests', 'with a body', 'MB out', 'MB without validators'],
        rows: kinds,
      },
    ],
    plots: [
      {
        file: 'day.svg',
        alt: 'Bytes and bill of a day of polls',
        svg: barPlot({
          title: 'A day of 1,000 subscribers',
          unit: 'MB out, and $ for thirty such days',
          series: servers.map(({ name }) => name),
          groups: [
            { label: 'MB out', values: servers.map(({ bytes }) => Math.round(bytes / 1e6)) },
            {
              label: '$ a month',
              values: servers.map((server) => Number(billOf(server).toFixed(2))),
            },
          ],
          logarithmic: true,
        }),
      },
    ],
  }
}

type Server = {
  readonly name: string
  readonly requests: number
  readonly bytes: number
  readonly reads: number
  readonly writes: number
}

function billOf({ requests, reads, writes }: Omit<Server, 'name' | 'bytes'>): number {
  return (30 * (requests * PRICE.requests + reads * PRICE.reads + writes * PRICE.writes)) / 1e6
}

type Simulated = {
  readonly server: Server
  readonly byKind: ReadonlyMap<string, Totals>
  /** Bytes of a full answer, about. */
  readonly plain: number
  /** Requests of those who send validators, and how many of them found something new. */
  readonly validated: { readonly requests: number; readonly full: number }
  /** Looks at a feed that no location had kept for five minutes. */
  readonly misses: number
  readonly files: Files
}

/** The day on edgewire. */
async function simulate(): Promise<Simulated> {
  const [store, cache, journal] = [aStore(), aCache(), aJournal()]
  const files: Record<string, string | Uint8Array> = { ...filesOf(ARTICLES, KILOBYTES) }
  const publishAt = async (now: number): Promise<number> => {
    const { written } = await publishTo(store, files, now, aPublisher(store, now, cache, journal))
    return written.keys
  }
  // The first edition was there before the day.
  await publishAt(NOW)
  const polls = new Polls((key) => store.values.get(key))
  let writes = 0
  let published = 0
  for (let now = NOW; now < NOW + DAY; now++) {
    if (now - NOW === Math.floor(((published + 0.5) * DAY) / PUBLISHES)) {
      published += 1
      files[`day-${published}.md`] = articleText(ARTICLES + published, KILOBYTES, now)
      writes += await publishAt(now)
    }
    await polls.at(now)
  }
  const { byKind, misses, reads } = polls
  const all = [...byKind.values()]
  const sum = (key: keyof Totals, of = all): number =>
    of.reduce((total, one) => total + one[key], 0)
  const polite = [...byKind].filter(([kind]) => !FORGETFUL.has(kind)).map(([, totals]) => totals)
  const plain = byKind.get('plain')
  return {
    server: { name: 'edgewire', requests: sum('requests'), bytes: sum('bytes'), reads, writes },
    byKind,
    plain: (plain?.bytes ?? 0) / (plain?.full ?? 1),
    validated: { requests: sum('requests', polite), full: sum('full', polite) },
    misses,
    files,
  }
}

/** All subscribers, the locations that they ask, and what came of it. */
class Polls {
  readonly byKind = new Map<string, Totals>()
  /** Requests that a cache of five minutes at their location would not have answered. */
  misses = 0
  readonly #kept = new Map<string, number>()
  readonly #subscribers = subscribersOf()
  readonly #locations: readonly CountedLocation[]

  constructor(read: ReadKey) {
    this.#locations = Array.from({ length: LOCATIONS }, () => new CountedLocation(read))
  }

  get reads(): number {
    return this.#locations.reduce((total, { counts }) => total + counts.reads, 0)
  }

  /** Everybody whose turn it is. */
  async at(now: number): Promise<void> {
    for (const subscriber of this.#subscribers) {
      if (subscriber.due > now) continue
      subscriber.due = now + subscriber.every
      await this.#poll(subscriber, now)
    }
  }

  async #poll({ kind, location, next, heard }: Subscriber, now: number): Promise<void> {
    const { path, headers } = next()
    const response = await this.#locations[location]?.ask(path, headers, now)
    if (!response) return
    const totals = this.byKind.get(kind) ?? { requests: 0, full: 0, bytes: 0 }
    this.byKind.set(kind, totals)
    totals.requests += 1
    totals.full += response.status === 200 || response.status === 226 ? 1 : 0
    totals.bytes += sizeOf(response)
    const address = `${location} ${path}`
    if ((this.#kept.get(address) ?? 0) <= now) {
      this.#kept.set(address, now + 300)
      this.misses += 1
    }
    await heard(response)
  }
}

/** Five kinds, spread over locations and over their intervals. */
function subscribersOf(): Subscriber[] {
  const random = seeded(11)
  const make = (
    kind: string,
    count: number,
    every: number,
    behave: () => Pick<Subscriber, 'next' | 'heard'>,
  ): Subscriber[] =>
    Array.from({ length: count }, () => ({
      kind,
      every,
      location: Math.floor(random() * LOCATIONS),
      due: NOW + 1 + Math.floor(random() * every),
      ...behave(),
    }))
  return [
    ...make('plain', 300, 3600, () => forgetful('/rss.xml', {})),
    ...make('conditional', 500, 1800, () => conditional('/rss.xml', {})),
    ...make('A-IM', 140, 900, () => conditional('/rss.xml', { 'A-IM': 'feed, edgewire' })),
    ...make('partner', 50, 300, partner),
    ...make('badly behaved', 10, 60, () => {
      let turn = 0
      return {
        next: () => {
          turn += 1
          return { path: `/rss.xml?nocache=${turn}`, headers: { 'Accept-Encoding': 'gzip' } }
        },
        heard: async () => undefined,
      }
    }),
  ]
}

function forgetful(path: string, more: Headers): Pick<Subscriber, 'next' | 'heard'> {
  return {
    next: () => ({ path, headers: { 'Accept-Encoding': 'gzip', ...more } }),
    heard: async () => undefined,
  }
}

/** Repeats the entity-tag that it was given last. */
function conditional(path: string, more: Headers): Pick<Subscriber, 'next' | 'heard'> {
  let tag: string | undefined
  return {
    next: () => {
      const known: Headers = tag ? { 'If-None-Match': tag } : {}
      return { path, headers: { 'Accept-Encoding': 'gzip', ...more, ...known } }
    },
    heard: async ({ headers }) => {
      tag = headers.get('ETag') ?? tag
    },
  }
}

/** Asks what changed since its cursor; while nothing does, with the entity-tag of that answer. */
function partner(): Pick<Subscriber, 'next' | 'heard'> {
  let path = '/changes.json'
  let tag: string | undefined
  return {
    next: () => {
      const known: Headers = tag ? { 'If-None-Match': tag } : {}
      return { path, headers: { 'Accept-Encoding': 'gzip', ...known } }
    },
    heard: async (response) => {
      // A build without cursors: the partner polls the feed.
      if (response.status === 404) path = '/feed.json'
      if (response.status !== 200) return
      const following = path.startsWith('/changes.json') ? await followingOf(response) : path
      tag = following === path ? (response.headers.get('ETag') ?? undefined) : undefined
      path = following ?? path
    },
  }
}

/** Where a partner goes on: the next page, or its new cursor. */
async function followingOf(response: Response): Promise<string | undefined> {
  const { _edgewire, next_url: next } = (await response.json()) as Page
  const { cursor } = _edgewire ?? {}
  const following = next ?? (cursor && `/changes.json?since=${encodeURIComponent(cursor)}`)
  return following?.replace(/^https?:\/\/[^/]+/, '')
}

type Page = { readonly _edgewire?: { readonly cursor?: string }; readonly next_url?: string }

/** Bytes of an answer as it leaves: its first line, its headers and its body. */
function sizeOf({ status, headers }: Response): number {
  let bytes = 'HTTP/1.1 200 OK\r\n\r\n'.length
  for (const [name, value] of headers) bytes += name.length + value.length + 4
  return bytes + (status === 304 ? 0 : Number(headers.get('Content-Length') ?? 0))
}

/** The same day elsewhere: the bytes are those of `feed`, rendered and compressed. */
function rivalsOf({ server, plain, validated, misses, files }: Simulated): Server[] {
  const { requests, writes } = server
  const body = gzipSync(feedOf(storiesOf(files).slice(0, ARTICLES)).rss2()).length + 300
  // Two keys a publish: the story, and the list of the newest.
  const own = 2 * PUBLISHES
  return [
    {
      name: 'usual Worker',
      requests,
      bytes: requests * body,
      reads: requests * USUAL_READS,
      writes: own,
    },
    {
      name: 'with hono/cache and hono/etag',
      requests,
      bytes:
        (requests - validated.requests + validated.full) * body +
        (validated.requests - validated.full) * 300,
      reads: misses * USUAL_READS,
      writes: own,
    },
    {
      name: 'finished, without validators',
      requests,
      bytes: Math.round(requests * plain),
      reads: requests,
      writes,
    },
  ]
}
