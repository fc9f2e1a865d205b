import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { formatHead, type Head, parseHead } from '../../src/edition/head.ts'
import { bindingsOver } from '../support/bindings.ts'
import { aCache, anArticle, type Files, NOW, platform } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { type EdgeValues, edgeCache, type OpenIsolate, openIsolate } from '../support/model-kv.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const OLD: Files = {
  'kept.md': anArticle({ tags: '[osce]', section: 'news' }, '![A](a.png)'),
  'gone.md': anArticle(),
  'edited.md': anArticle({}, 'Before.'),
  'archived.md': anArticle({ published: '2025-11-01T00:00:00Z' }),
  'a.png': new Uint8Array([1, 2, 3]),
}
const NEW: Files = {
  ...OLD,
  'gone.md': anArticle({ status: 'retracted', reason: 'Wrong.' }),
  'edited.md': anArticle({}, 'After.'),
  'new.md': anArticle({ aliases: '[old-name]', tags: '[osce]' }, '![B](b.png)'),
  'b.png': new Uint8Array([4, 5, 6]),
}

/** Damages bytes; `other` is another object. */
type Damage = (bytes: Uint8Array, other: Uint8Array) => Uint8Array

/** An object whose line of that number says something else. */
function line(number: number, change: (said: Record<string, unknown>) => unknown): Damage {
  return (bytes) => {
    const lines = Buffer.from(bytes).toString('latin1').split('\n')
    const said = JSON.parse(Buffer.from(lines[number] ?? '', 'latin1').toString()) as Record<
      string,
      unknown
    >
    lines[number] = Buffer.from(JSON.stringify(change(said))).toString('latin1')
    return new Uint8Array(Buffer.from(lines.join('\n'), 'latin1'))
  }
}

const DAMAGES: Readonly<Record<string, Damage>> = {
  emptied: () => new Uint8Array(),
  'cut in its first line': (bytes) => bytes.slice(0, bytes.indexOf(10) / 2),
  'cut behind its first line': (bytes) => bytes.slice(0, bytes.indexOf(10) + 1),
  'cut at its end': (bytes) => bytes.slice(0, -1),
  'longer than it was': (bytes) => new Uint8Array([...bytes, 0]),
  'bytes of nothing': () => new Uint8Array(2000).map((_, index) => (index * 7919) % 256),
  'a text': () => encoder.encode('hello'),
  null: () => encoder.encode('null\n'),
  'a list': () => encoder.encode('[]\n[]\n[]\n'),
  'empty lines': () => encoder.encode('{}\n{}\n{}\n'),
  'without facts': line(0, ({ facts: _, ...said }) => said),
  'with empty facts': line(0, (said) => ({ ...said, facts: {} })),
  'with facts that are null': line(0, (said) => ({ ...said, facts: null })),
  'of another type': line(0, (said) => ({ ...said, type: 'zzz' })),
  'of another schema': line(2, (said) => ({ ...said, schema: 99 })),
  'with a first line without bounds': () => {
    const said = { type: 'feed', facts: { name: 'x'.repeat(2 ** 20) }, parts: [] }
    const below = '{"parts":[],"schema":1}\n'
    const digest = platform.digest(encoder.encode(below))
    return encoder.encode(`${JSON.stringify(said)}\n${digest}\n${below}`)
  },
  swapped: (_, other) => other,
  'with a flipped bit at its end': (bytes) =>
    bytes.map((byte, index) => (index === bytes.length - 2 ? byte ^ 4 : byte)),
}

const PATHS = [
  '/',
  '/rss.xml',
  '/feed.json',
  '/tags/osce/atom.xml',
  '/tags/osce/',
  '/feeds/',
  '/archive/',
  '/articles/new',
  '/articles/new.json',
  '/articles/old-name',
  '/articles/edited.atom',
  '/articles/gone',
  '/sitemap.xml',
  '/news-sitemap.xml',
  '/robots.txt',
  '/feeds.opml',
  '/openapi.json',
  '/changes.json?since=0',
  '/tags/OSCE/',
  '/tags/osc/rss.xml',
  '/archive/2025-11/rss.xml',
  '/nothing',
  '/health',
]

/** A location over values of KV. */
class Place {
  readonly edge: EdgeValues = new Map()
  readonly read = new Set<string>()
  readonly values: Map<string, Uint8Array>
  isolate: OpenIsolate

  constructor(values: ReadonlyMap<string, Uint8Array>) {
    this.values = new Map(values)
    this.isolate = this.newIsolate()
  }

  newIsolate(): OpenIsolate {
    const bindings = bindingsOver((key) => {
      this.read.add(key)
      return this.values.get(key)
    })
    this.isolate = openIsolate(bindings, edgeCache(this.edge))
    return this.isolate
  }

  async ask(path: string): Promise<string> {
    const response = await this.isolate.get(path, { Accept: 'text/html' })
    const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
    return `${response.status} ${response.headers.get('Location') ?? ''} ${body}`
  }
}

const store = aStore()
/** What paths answer in the edition before, and in the current one. */
let before: ReadonlyMap<string, string>
let after: ReadonlyMap<string, string>
/** The keys that the current edition added. */
let added: ReadonlySet<string>
let paths: readonly string[]

async function answers(): Promise<Map<string, string>> {
  const place = new Place(store.values)
  const all = new Map<string, string>()
  for (const path of paths) all.set(path, await place.ask(path))
  return all
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime((NOW + 60) * 1000)
  const cache = aCache()
  await publishTo(store, OLD, NOW, aPublisher(store, NOW, cache))
  const old = new Set(store.values.keys())
  paths = PATHS
  before = await answers()
  await publishTo(store, NEW, NOW + 60, aPublisher(store, NOW + 60, cache))
  added = new Set([...store.values.keys()].filter((key) => !old.has(key)))
  const media = /\/media\/[\w-]+\/b\.png/.exec((await answers()).get('/articles/new') ?? '')?.[0]
  paths = [...PATHS, media ?? '']
  before = new Map([...before, [media ?? '', '404']])
  after = await answers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** The objects that a path reads at a new location. */
async function objectsOf(path: string): Promise<string[]> {
  const place = new Place(store.values)
  await place.ask(path)
  return [...place.read].filter((key) => key !== 'head')
}

function damaged(key: string, damage: Damage): Uint8Array {
  const other = [...store.values.keys()].find((one) => one !== key && one !== 'head') ?? ''
  return damage(
    store.values.get(key) ?? new Uint8Array(),
    store.values.get(other) ?? new Uint8Array(),
  )
}

/** Every kind of object in every way would be 1,500 cases: each way gets one in four of them. */
async function somePairs(way: number): Promise<(readonly [path: string, key: string])[]> {
  const pairs: (readonly [string, string])[] = []
  for (const path of paths) for (const key of await objectsOf(path)) pairs.push([path, key])
  return pairs.filter((_, index) => index % 4 === way % 4)
}

/** What lies in a location's cache and is not what was stored. */
function wrongIn({ edge }: Place): string[] {
  const objects = [...edge].filter(([name]) => !name.endsWith('/__head'))
  const stored = (name: string): Uint8Array =>
    store.values.get(`o/${name.slice(-43)}`) ?? new Uint8Array()
  return objects.flatMap(([name, { bytes }]) =>
    Buffer.compare(bytes, stored(name)) === 0 ? [] : [name],
  )
}

describe.for(Object.entries(DAMAGES).map(([how, damage], way) => [how, damage, way] as const))(
  'an object that is %s',
  ([, damage, way]) => {
    it('falls back to the edition before, is kept nowhere, and is back as soon as it is mended', async ({
      expect,
    }) => {
      let fallen = 0
      for (const [path, key] of await somePairs(way)) {
        const place = new Place(store.values)
        place.values.set(key, damaged(key, damage))
        const said = await place.ask(path)
        const statuses = [after.get(path), before.get(path)].map((one) => one?.slice(0, 3))
        // What both editions name is whole in neither.
        expect(added.has(key) ? statuses : [...statuses, '503'], path).toContain(said.slice(0, 3))
        if (said === before.get(path) && said !== after.get(path)) fallen += 1
        expect(wrongIn(place), path).toEqual([])
        place.values.set(key, store.values.get(key) ?? new Uint8Array())
        expect(await place.ask(path), path).toBe(after.get(path))
      }
      expect(fallen).toBeGreaterThan(5)
    })

    it('is thrown out of the cache of a location, and read from KV', async ({ expect }) => {
      for (const [path, key] of await somePairs(way)) {
        const place = new Place(store.values)
        await place.ask(path)
        const [, kept] = [...place.edge].find(([name]) => name.endsWith(key.slice(2))) ?? []
        if (kept) kept.bytes = damaged(key, damage).slice()
        place.newIsolate()
        expect(await place.ask(path), `${path} ${key}`).toBe(after.get(path))
        expect(wrongIn(place), path).toEqual([])
      }
    })
  },
)

describe('a head that is damaged', () => {
  const change = (how: (head: Head, last: Head['timeline'][number]) => unknown): Damage => {
    return (bytes) => {
      const head = parseHead(bytes)
      const last = head?.timeline.at(-1)
      if (!head || !last) throw new Error('no head')
      return encoder.encode(JSON.stringify(how(head, last)))
    }
  }
  const heads: Readonly<Record<string, Damage>> = {
    emptied: () => new Uint8Array(),
    cut: (bytes) => bytes.slice(0, bytes.length / 2),
    garbled: () => new Uint8Array([0, 255, 10]),
    null: () => encoder.encode('null'),
    'of another schema': change((head) => ({ ...head, schema: 99 })),
    'without editions': change((head) => ({ ...head, timeline: [] })),
    'out of order': change((head) => ({ ...head, timeline: head.timeline.toReversed() })),
    'before all time': change((head, last) => ({ ...head, timeline: [{ ...last, at: -5 }] })),
    'of a number that nobody gave': change((head, last) => ({
      ...head,
      timeline: [{ ...last, number: 1e15 }],
    })),
    'of an edition that is no digest': change((head, last) => ({
      ...head,
      timeline: [{ ...last, edition: 'x' }],
    })),
    endless: change((head, last) => ({
      ...head,
      timeline: Array.from({ length: 200_000 }, (_, n) => ({ ...last, number: n + 1 })),
    })),
    'of a number without bounds': (bytes) =>
      encoder.encode(decoder.decode(bytes).replace(/"number":\d+/g, '"number":1e999')),
  }

  it.for(Object.entries(heads))('is not believed: %s', async ([, damage], { expect }) => {
    const head = damage(store.values.get('head') ?? new Uint8Array(), new Uint8Array())
    const fresh = new Place(store.values)
    fresh.values.set('head', head)
    const response = await fresh.isolate.get('/rss.xml')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ reason: 'unavailable', schema: 1 })

    const place = new Place(store.values)
    await place.ask('/rss.xml')
    place.values.set('head', head)
    place.newIsolate()
    expect(await place.ask('/rss.xml')).toBe(after.get('/rss.xml'))
    place.values.set('head', formatHead({ ...readHead(), last: 7 }))
    vi.setSystemTime(Date.now() + 5000)
    expect((await place.ask('/health')).slice(0, 3)).toBe('200')
    vi.setSystemTime((NOW + 60) * 1000)
  })

  it('is not believed if it names something that is no edition', async ({ expect }) => {
    const place = new Place(store.values)
    const { timeline } = readHead()
    const [leaf = ''] = (await objectsOf('/rss.xml')).slice(1).map((key) => key.slice(2))
    const last = timeline.at(-1)
    if (!last) throw new Error('no edition')
    for (const edition of [leaf, timeline[0]?.edition ?? '', 'y'.repeat(43)]) {
      const wrong = [...timeline.slice(0, -1), { ...last, edition }]
      place.values.set('head', formatHead({ ...readHead(), timeline: wrong }))
      place.newIsolate()
      expect(await place.ask('/rss.xml')).toBe(before.get('/rss.xml'))
    }
  })

  it('is thrown away by a location that keeps it, like any other object', async ({ expect }) => {
    const place = new Place(store.values)
    await place.ask('/rss.xml')
    const kept = [...place.edge].find(([name]) => name.endsWith('/__head'))?.[1]
    if (!kept) throw new Error('no head was kept')
    const whole = kept.bytes
    place.values.set('head', new Uint8Array())
    // A digit that is another one leaves it looking like a head.
    for (const at of whole.keys()) {
      kept.bytes = whole.slice()
      kept.bytes[at] = (kept.bytes[at] ?? 0) ^ 1
      expect((await place.newIsolate().get('/health')).status, String(at)).toBe(503)
      kept.bytes = whole.slice(0, at)
      expect((await place.newIsolate().get('/health')).status, String(at)).toBe(503)
    }
    place.values.set('head', store.values.get('head') ?? new Uint8Array())
    expect((await place.newIsolate().get('/rss.xml')).status).toBe(200)
  })
})

function readHead(): Head {
  const head = parseHead(store.values.get('head') ?? new Uint8Array())
  if (!head) throw new Error('no head')
  return head
}
