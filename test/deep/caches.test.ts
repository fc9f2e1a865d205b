import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { assert, asyncProperty, constantFrom, record, subarray } from 'fast-check'
import { describe, it } from 'vitest'
import { type StartCache, startNginx, startVarnish } from '../support/caches.ts'
import { anArticle, SITE } from '../support/corpus.ts'
import { type ServedSite, serveSite } from '../support/served-site.ts'

const EDITIONS = 5
/** Of each cache, whatever is published meanwhile. */
const REQUESTS = Number(process.env['REQUESTS'] ?? 2500)

const CACHES: readonly {
  readonly name: string
  readonly test: readonly [string, string]
  readonly startCache: StartCache
}[] = [
  { name: 'nginx', test: ['/usr/sbin/nginx', '-v'], startCache: startNginx },
  { name: 'Varnish', test: ['/usr/sbin/varnishd', '-V'], startCache: startVarnish },
]
const PRESENT = CACHES.filter(({ name, test: [command, arg] }) => {
  const isThere = spawnSync(command, [arg]).status === 0
  if (!isThere) console.warn(`${name} is not installed: what it hands on is NOT proved (Debian).`)
  return isThere
})

type Asked = {
  readonly method: 'GET' | 'HEAD'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}
type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Asks as written: `fetch` adds fields of its own, and unpacks. */
function ask(base: string, { method, path, headers }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${base}${path}`, { method, headers }, (incoming) => {
      const pieces: Buffer[] = []
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const { statusCode: status = 0, headers: answered } = incoming
        try {
          const body = unpack(Buffer.concat(pieces), answered['content-encoding'])
          resolve({ status, headers: answered, body })
        } catch (error) {
          reject(error)
        }
      })
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

function unpack(bytes: Buffer, coding: string | undefined): string {
  if (bytes.length === 0) return ''
  if (coding === 'gzip') return gunzipSync(bytes).toString('latin1')
  if (coding === 'br') return brotliDecompressSync(bytes).toString('latin1')
  return bytes.toString('latin1')
}

const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/snow/rss.xml', '/tags/snow/atom.xml']
const PATHS = [
  ...FEEDS,
  '/',
  '/tags/snow/',
  '/articles/story-1',
  '/articles/story-1.json',
  '/articles/story-1.atom',
  '/articles/gone',
  '/articles/nobody',
  '/changes.json?since=0',
  '/feeds.opml',
  '/feeds/',
  '/sitemap.xml',
  '/robots.txt',
  '/old/address',
  '/nothing/here',
]
const CODINGS = [undefined, 'identity', 'gzip', 'gzip, deflate, br', 'gzip;q=0, *;q=0.1']
const CLIENTS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'User-Agent': 'newsboat/2.32', 'A-IM': 'feed' },
  { 'A-IM': 'feed, edgewire' },
  { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', Accept: 'text/html,*/*;q=0.8' },
  { Range: 'bytes=0-99' },
]
/** What a client says that it has: of the edition now, of that before, of none. */
const HAVE = ['nothing', 'now', 'before', 'other', 'since'] as const

type Draw = {
  readonly method: Asked['method']
  readonly path: string
  readonly coding: string | undefined
  readonly client: Readonly<Record<string, string>>
  readonly have: (typeof HAVE)[number]
}

const draws = record<Draw>({
  method: constantFrom('GET', 'GET', 'GET', 'HEAD'),
  path: constantFrom(...PATHS, ...FEEDS, ...FEEDS),
  coding: constantFrom(...CODINGS),
  client: constantFrom(...CLIENTS),
  have: constantFrom(...HAVE),
})

/** Fields by which an answer may differ for one address. */
const selects = ({ path, client }: Draw): string =>
  `${path} ${client['Sec-Fetch-Mode'] ?? ''} ${client['Accept'] ?? ''}`

/** Whatever the site itself has answered so far: the only source of what is right. */
class Witness {
  /** The tags of each address, the newest last. */
  private readonly tags = new Map<string, string[]>()
  private readonly bodies = new Map<string, Set<string>>()
  private readonly said = new Map<string, Set<string>>()

  private readonly site: ServedSite

  constructor(site: ServedSite) {
    this.site = site
  }

  requestOf(draw: Draw): Asked {
    const { method, path, coding, client, have } = draw
    const tags = this.tags.get(selects(draw)) ?? []
    const tag = { now: tags.at(-1), before: tags.at(-2), other: '"other"' }[have as 'now']
    return {
      method,
      path,
      headers: {
        ...client,
        // A part of what a cache has packed itself could be compared with nothing.
        ...('Range' in client || coding === undefined ? {} : { 'Accept-Encoding': coding }),
        ...(tag === undefined ? {} : { 'If-None-Match': tag }),
        ...(have === 'since' ? { 'If-Modified-Since': new Date().toUTCString() } : {}),
      },
    }
  }

  /** Asks the site what a cache was asked, and for the whole of it. */
  async see(draw: Draw): Promise<void> {
    const whole = { method: 'GET', path: draw.path, headers: wholeFor(draw.client) } as const
    const full = await ask(this.site.base, whole)
    this.note(this.bodies, selects(draw), sign(full))
    const tag = plain(full.headers.etag)
    const tags = this.tags.get(selects(draw)) ?? []
    if (tag !== undefined && tags.at(-1) !== tag) this.tags.set(selects(draw), [...tags, tag])
    const asked = this.requestOf(draw)
    this.note(this.said, JSON.stringify(asked), sign(await ask(this.site.base, asked)))
  }

  private note(to: Map<string, Set<string>>, key: string, value: string): void {
    to.set(key, (to.get(key) ?? new Set()).add(value))
  }

  /** Says what is wrong with the answer of a cache, if anything. */
  wrong(draw: Draw, asked: Asked, answer: Answer): string | undefined {
    if (this.said.get(JSON.stringify(asked))?.has(sign(answer))) return undefined
    const { status, headers } = answer
    if (status === 304) return this.wrongly304(draw, asked)
    const coding = headers['content-encoding']
    if (!accepts(asked.headers['Accept-Encoding'], coding)) return `packed as ${coding} unasked`
    const isTheSame = asked.method === 'HEAD' ? sameHead : status === 206 ? samePart : sameWhole
    const bodies = [...(this.bodies.get(selects(draw)) ?? [])]
    return bodies.some((each) => isTheSame(each, answer)) ? undefined : 'never said by the site'
  }

  private wrongly304(draw: Draw, { headers }: Asked): string | undefined {
    const tag = plain(headers['If-None-Match'])
    if (tag !== undefined)
      return this.tags.get(selects(draw))?.includes(tag) ? undefined : '304 for a tag that is none'
    return headers['If-Modified-Since'] ? undefined : '304 for who has nothing'
  }
}

const plain = (tag: string | undefined): string | undefined => tag?.replace(/^W\//, '')

/** What a client asks that has nothing, and takes no part and no delta. */
function wholeFor(client: Draw['client']): Readonly<Record<string, string>> {
  const kept = Object.entries(client).filter(([name]) => name !== 'A-IM' && name !== 'Range')
  return Object.fromEntries(kept)
}

function sign({ status, headers, body }: Answer): string {
  return JSON.stringify([status, headers['content-type'] ?? '', body, headers.location ?? ''])
}

const sameWhole = (signed: string, answer: Answer): boolean => signed === sign(answer)

const samePart = (signed: string, { body }: Answer): boolean =>
  body !== '' && (JSON.parse(signed)[2] as string).startsWith(body)

function sameHead(signed: string, { status, headers, body }: Answer): boolean {
  const [ofStatus, type] = JSON.parse(signed)
  // Varnish says of a part what it would be.
  const isOf = ofStatus === status || (ofStatus === 200 && status === 206)
  return isOf && type === (headers['content-type'] ?? '') && body === ''
}

function accepts(asked: string | undefined, coding: string | undefined): boolean {
  if (coding === undefined || coding === 'identity') return true
  return (asked ?? '').split(',').some((range) => {
    const [name, weight] = range.trim().split(';')
    return name === coding && weight !== 'q=0'
  })
}

const word = (n: number): string =>
  Array.from({ length: 120 }, (_, m) => `w${n * 7919 + m * 104_729}`).join(' ')

const FILES = {
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [
      `content/story-${n}.md`,
      anArticle({ title: `Story ${n}`, tags: '[Snow]' }, word(n)),
    ]),
  ),
  'content/moved.md': anArticle({ title: 'Moved', aliases: '[/old/address]' }),
  'content/gone.md': anArticle({ title: 'Gone', status: 'retracted', reason: 'Not so.' }, ''),
  'content/site.yaml': `${SITE}ttl: 1\n`,
}

/** Asks for one thing as several clients, one after the other: a cache mixes them up, or not. */
async function askInTurn(
  { witness, base, counts }: { witness: Witness; base: string; counts: Map<string, number> },
  clients: readonly Draw['client'][],
  drawn: Draw,
): Promise<void> {
  for (const client of clients) {
    const draw = { ...drawn, client }
    await witness.see(draw)
    const asked = witness.requestOf(draw)
    const answer = await ask(base, asked)
    const wrong = witness.wrong(draw, asked, answer)
    if (wrong !== undefined)
      throw new Error(`${wrong}: ${JSON.stringify({ asked, answer }).slice(0, 3000)}`)
    const kind = `${answer.status} ${answer.headers['x-cache'] ?? ''}`
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
}

function sumOf(counts: ReadonlyMap<string, number>, kind: RegExp): number {
  return [...counts].reduce((sum, [name, count]) => sum + (kind.test(name) ? count : 0), 0)
}

describe('a cache in front of the site', () => {
  it.for(PRESENT)(
    '$name hands on what the site said, to whom it may be said',
    { timeout: 600_000 },
    async ({ startCache }, { expect }) => {
      const site = await serveSite(FILES)
      const home = mkdtempSync(join(tmpdir(), 'edgewire-cache-'))
      const cache = await startCache(home, site.port)
      const counts = new Map<string, number>()
      const place = { witness: new Witness(site), base: cache.base, counts }
      const property = asyncProperty(subarray([...CLIENTS], { minLength: 2 }), draws, (...drawn) =>
        askInTurn(place, ...drawn),
      )
      try {
        for (let edition = 1; edition <= EDITIONS; edition += 1) {
          const title = `News ${edition}`
          await site.change(
            { 'content/story-1.md': anArticle({ title, tags: '[Snow]' }, word(edition + 50)) },
            '/rss.xml',
            (text) => text.includes(title),
          )
          await assert(property, { numRuns: REQUESTS / EDITIONS / 3, endOnFailure: true })
        }
        // Nothing stays old: whoever asks again gets the newest.
        for (const path of FEEDS) {
          const whole = { method: 'GET', path, headers: {} } as const
          const newest = (await ask(site.base, whole)).body
          const poll = async (): Promise<string> => (await ask(cache.base, whole)).body
          await expect.poll(poll, { timeout: 60_000 }).toBe(newest)
        }
        console.info(Object.fromEntries(counts))
        expect(sumOf(counts, /./)).toBeGreaterThan(REQUESTS * 0.9)
        expect(sumOf(counts, /HIT/)).toBeGreaterThan(0)
      } finally {
        await cache.close()
        await site.close()
        rmSync(home, { recursive: true, force: true })
      }
    },
  )
})
