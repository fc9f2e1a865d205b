import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { createApp } from '../../src/worker/app.ts'
import { hash } from '../../src/worker/proof.ts'
import { isolate } from '../../src/worker/this-isolate.ts'
import { anArticle, NOW } from '../support/corpus.ts'
import { emptyKv, newIsolate, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const DATE = 'Sun, 01 Mar 2026 00:00:00 GMT'
/** More than an isolate remembers of one thing. */
const LARGE = 5 * 1024 * 1024 + 7

/** Bytes of which no two neighbourhoods are alike. */
function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).map((_, n) => (n * 2_654_435_761) >>> 13)
}

const FILES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'small.mp3': bytesOf(10),
  'large.wav': bytesOf(LARGE),
  'empty.csv': new Uint8Array(),
}

const paths = new Map<string, string>()
/** What is asked of KV beside `head`: the type of what is asked for. */
const reads: string[] = []
/** What becomes of the values that KV gives. */
let given: (value: unknown) => unknown = (value) => value

const bindings = {
  EDGEWIRE: new Proxy(env.EDGEWIRE, {
    get: (kv, name) =>
      name === 'get'
        ? async (key: string, options: { type: 'stream' }) => {
            if (key !== 'head') reads.push(options.type)
            return given(await env.EDGEWIRE.get(key, options))
          }
        : Reflect.get(kv, name),
  }),
}

type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
}

function open(
  name: string,
  headers: Record<string, string>,
  method = 'GET',
): { readonly response: Promise<Response>; readonly done: () => Promise<void> } {
  const context = createExecutionContext()
  const request = new Request(SITE + (paths.get(name) ?? name), { headers, method })
  const response = Promise.resolve(createApp(isolate).fetch(request, bindings, context))
  return { response, done: () => waitOnExecutionContext(context) }
}

async function ask(
  name: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { response, done } = open(name, headers, method)
  const answer = await response
  const bytes = new Uint8Array(await answer.arrayBuffer())
  await done()
  return { status: answer.status, headers: answer.headers, bytes }
}

/** The keys under which the cache of the location has objects. */
let cacheKeys: string[] = []

/** Empties the location: neither the isolate nor its cache has anything. */
async function newLocation(): Promise<void> {
  newIsolate()
  await Promise.all(cacheKeys.map((key) => caches.default.delete(key)))
}

/** Tells whether bytes are the same, of which there may be millions. */
async function same(one: Uint8Array, other: Uint8Array): Promise<boolean> {
  return one.length === other.length && (await hash(one)) === (await hash(other))
}

beforeAll(async () => {
  vi.setSystemTime(NOW * 1000)
  const attachments = Object.keys(FILES).map((name) => `{ src: ${name}, title: ${name} }`)
  await publishFiles({
    ...FILES,
    'a.md': anArticle({ attachments: `[${attachments.join(', ')}]` }),
  })
  const { keys } = await env.EDGEWIRE.list()
  cacheKeys = keys.map(({ name }) => `${SITE}/__object/${NOW}/${name.slice(2)}`)
  const { bytes } = await ask('/articles/a')
  const page = new TextDecoder().decode(bytes)
  for (const [path, name = ''] of page.matchAll(/\/media\/[\w-]{43}\/([\w.]+)/g))
    paths.set(name, path)
})

beforeEach(async () => {
  await newLocation()
  reads.length = 0
})
afterEach(() => {
  given = (value) => value
  vi.restoreAllMocks()
})
afterAll(async () => {
  vi.useRealTimers()
  await emptyKv()
})

type Expected = 'whole' | 'none' | readonly [first: number, last: number]

/** RFC 9110 §14, of a file of so many bytes: what is asked for, and what it comes to. */
const ofAll = (n: number): readonly (readonly [range: string, expected: Expected])[] => [
  ['bytes=2-4', [2, 4]],
  ['bytes=5-', [5, n - 1]],
  ['bytes=0-', [0, n - 1]],
  ['bytes=-4', [n - 4, n - 1]],
  [`bytes=${n}-`, 'none'],
  ['bytes=0-1, 3-4', 'whole'],
]

const ofTen: typeof ofAll = (n) => [
  ...ofAll(n),
  ['bytes=0-0', [0, 0]],
  ['bytes=0-9', [0, 9]],
  ['bytes=9-', [9, 9]],
  ['bytes=-1', [9, 9]],
  ['bytes=-10', [0, 9]],
  // Of a suffix or an end beyond the file, what there is.
  ['bytes=-11', [0, 9]],
  ['bytes=3-100', [3, 9]],
  [`bytes=3-${'9'.repeat(400)}`, [3, 9]],
  // Units have no case, lists may have empty members.
  ['Bytes=2-4', [2, 4]],
  ['bytes=,2-4, ', [2, 4]],
  ['bytes=002-0004', [2, 4]],
  // Of several, those that there are.
  ['bytes=10-, 2-4', [2, 4]],
  ['bytes=0-1,-1', 'whole'],
  ['bytes=10-15', 'none'],
  [`bytes=${'9'.repeat(400)}-`, 'none'],
  ['bytes=-0', 'none'],
  ['bytes=10-, -0', 'none'],
  // What is not sound is not there.
  ['bytes=4-2', 'whole'],
  ['bytes=0-1, 4-2', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=', 'whole'],
  ['bytes', 'whole'],
  ['bytes=,', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes=1', 'whole'],
  ['bytes=1-2-3', 'whole'],
  ['bytes=--1', 'whole'],
  ['bytes=+1-2', 'whole'],
  ['bytes=0x1-2', 'whole'],
  ['bytes=1.0-2', 'whole'],
  ['bytes=1e0-2', 'whole'],
  ['bytes =0-1', 'whole'],
  ['bytes=0 - 1', 'whole'],
  ['items=0-1', 'whole'],
  ['seconds=1-2', 'whole'],
  [`bytes=${'0'.repeat(5000)}-1`, 'whole'],
]

const FILES_AND_RANGES = [
  ['small.mp3', ofTen],
  ['large.wav', ofAll],
] as const

describe.for(FILES_AND_RANGES)('Range of %s', ([name, ranges]) => {
  const file = FILES[name] ?? new Uint8Array()
  const n = file.length

  /** Asks twice: what KV gives, and what was kept of it. */
  async function askTwice(Range: string): Promise<readonly Answer[]> {
    return [await ask(name, { Range }), await ask(name, { Range })]
  }

  const isNone = ([, expected]: readonly [string, Expected]): boolean => expected === 'none'

  it.for(ranges(n).filter(isNone))('%s: %s', async ([range], { expect }) => {
    for (const { status, headers, bytes } of await askTwice(range)) {
      const { reason, length } = JSON.parse(new TextDecoder().decode(bytes))
      expect([status, reason, length]).toEqual([416, 'unsatisfiable-range', n])
      expect(headers.get('Content-Range')).toBe(`bytes */${n}`)
      expect(headers.get('Cache-Control')).toBe('no-store')
    }
  })

  it.for(ranges(n).filter((row) => !isNone(row)))('%s: %s', async ([range, part], { expect }) => {
    const isWhole = typeof part === 'string'
    const [first, last] = isWhole ? [0, n - 1] : part
    for (const { status, headers, bytes } of await askTwice(range)) {
      expect(status).toBe(isWhole ? 200 : 206)
      expect(Object.fromEntries(headers)).toMatchObject({
        'accept-ranges': 'bytes',
        'content-length': String(last - first + 1),
        etag: expect.stringMatching(/^"[\w-]{43}"$/),
        'last-modified': DATE,
      })
      expect(headers.get('Vary')).toBeNull()
      expect(headers.get('Content-Range')).toBe(isWhole ? null : `bytes ${first}-${last}/${n}`)
      expect(await same(bytes, file.subarray(first, last + 1))).toBe(true)
    }
  })

  it('is described by HEAD, which has no parts', async ({ expect }) => {
    const [whole, described, part] = [
      await ask(name),
      await ask(name, {}, 'HEAD'),
      await ask(name, { Range: 'bytes=0-1' }, 'HEAD'),
    ]
    for (const { status, headers, bytes } of [described, part]) {
      expect(status).toBe(200)
      expect(bytes).toHaveLength(0)
      expect([...headers]).toEqual([...whole.headers])
    }
    expect(whole.headers.get('Content-Length')).toBe(String(n))
    expect(await same(whole.bytes, file)).toBe(true)
  })

  it('is never packed, whatever a client takes', async ({ expect }) => {
    for (const coding of ['gzip', 'gzip, br', 'identity;q=0, gzip', '*']) {
      const { headers, bytes } = await ask(name, { 'Accept-Encoding': coding, Range: 'bytes=1-3' })
      expect(headers.get('Content-Encoding')).toBeNull()
      expect(bytes).toEqual(file.slice(1, 4))
    }
  })
})

/** RFC 9110 §13: conditions of a request for the first two bytes; `T` stands for the tag. */
const CONDITIONS: readonly (readonly [Record<string, string>, number])[] = [
  [{ 'If-Range': '"T"' }, 206],
  [{ 'If-Range': ' "T" ' }, 206],
  [{ 'If-Range': 'W/"T"' }, 200],
  [{ 'If-Range': '"other"' }, 200],
  [{ 'If-Range': '"T", "other"' }, 200],
  [{ 'If-Range': '*' }, 200],
  [{ 'If-Range': 'T' }, 200],
  [{ 'If-Range': '' }, 200],
  [{ 'If-Range': DATE }, 206],
  [{ 'If-Range': 'Sunday, 01-Mar-26 00:00:00 GMT' }, 206],
  [{ 'If-Range': 'Sat, 28 Feb 2026 23:59:59 GMT' }, 200],
  // Later is not the same: the date has to match exactly.
  [{ 'If-Range': 'Sun, 01 Mar 2026 00:00:01 GMT' }, 200],
  [{ 'If-Range': 'yesterday' }, 200],
  [{ 'If-None-Match': '"T"' }, 304],
  [{ 'If-None-Match': 'W/"T"' }, 304],
  [{ 'If-None-Match': '*' }, 304],
  [{ 'If-None-Match': '"other"' }, 206],
  [{ 'If-None-Match': '"T"', 'If-Range': '"other"' }, 304],
  [{ 'If-None-Match': '"other"', 'If-Range': '"other"' }, 200],
  [{ 'If-Modified-Since': DATE }, 304],
  [{ 'If-Match': '"T"' }, 206],
  [{ 'If-Match': 'W/"T"' }, 412],
  [{ 'If-Match': '"other"' }, 412],
  [{ 'If-Match': '*' }, 206],
  [{ 'If-Unmodified-Since': DATE }, 206],
  [{ 'If-Unmodified-Since': 'Sat, 28 Feb 2026 00:00:00 GMT' }, 412],
]

describe('a range on a condition', () => {
  it.for(CONDITIONS)('%o: %i', async ([condition, expected], { expect }) => {
    const tag = (await ask('small.mp3')).headers.get('ETag') ?? ''
    const fields = Object.entries(condition).map(([name, value]) => [
      name,
      value.replace('"T"', tag).replace(/^T$/, tag.slice(1, -1)),
    ])
    const headers = Object.fromEntries([['Range', 'bytes=0-1'], ...fields])
    expect((await ask('small.mp3', headers)).status).toBe(expected)
  })

  it('means nothing without a range', async ({ expect }) => {
    expect((await ask('small.mp3', { 'If-Range': '"other"' })).status).toBe(200)
  })

  it('is no part of a document, whose bytes another edition may change', async ({ expect }) => {
    const { status, headers } = await ask('/rss.xml', { Range: 'bytes=0-1' })
    expect(status).toBe(200)
    expect(headers.has('Accept-Ranges')).toBe(false)
  })

  it.for(['bytes=0-', 'bytes=-5', 'bytes=5-'])(
    'of an empty file is all of it: %s',
    async (Range, { expect }) => {
      const { status, headers, bytes } = await ask('empty.csv', { Range })
      expect([status, headers.get('Content-Length'), bytes.length]).toEqual([200, '0', 0])
    },
  )
})

describe('a file that is larger than what is remembered', () => {
  const file = FILES['large.wav'] ?? new Uint8Array()
  const LAST = { Range: 'bytes=-3' }

  it('is read once from KV, as a stream, and then lies in the cache', async ({ expect }) => {
    await ask('/articles/a')
    reads.length = 0
    expect((await ask('large.wav', LAST)).bytes).toEqual(file.slice(-3))
    const others = reads.filter((type) => type === 'arrayBuffer').length
    expect(reads.filter((type) => type === 'stream')).toHaveLength(1)
    expect(others).toBeLessThanOrEqual(1)
    newIsolate()
    for (const Range of ['bytes=-3', 'bytes=0-', 'bytes=100-200']) {
      const { bytes } = await ask('large.wav', { Range })
      expect(bytes.length).toBeGreaterThan(0)
    }
    expect(reads.filter((type) => type === 'stream')).toHaveLength(1)
  })

  it('is not read for an answer that says nothing of its bytes', async ({ expect }) => {
    const { headers } = await ask('large.wav', LAST)
    const tag = headers.get('ETag') ?? ''
    const match = vi.spyOn(caches.default, 'match')
    reads.length = 0
    expect((await ask('large.wav', { 'If-None-Match': tag })).status).toBe(304)
    expect((await ask('large.wav', { Range: `bytes=${LARGE}-` })).status).toBe(416)
    expect((await ask('large.wav', {}, 'HEAD')).status).toBe(200)
    expect([reads.length, match.mock.calls.length]).toEqual([0, 0])
  })

  it('is read from KV again, where the cache forgot it', async ({ expect }) => {
    await ask('large.wav', LAST)
    await Promise.all(cacheKeys.map((key) => caches.default.delete(key)))
    const { status, bytes } = await ask('large.wav', { Range: 'bytes=4000000-4000009' })
    expect([status, bytes]).toEqual([206, file.slice(4_000_000, 4_000_010)])
  })

  it('reaches the cache, though its reader goes away, or is slow', async ({ expect }) => {
    const { response, done } = open('large.wav', {})
    await (await response).body?.cancel()
    await done()
    newIsolate()
    reads.length = 0
    expect(await same((await ask('large.wav')).bytes, file)).toBe(true)
    expect(reads).not.toContain('stream')
  })

  it('reaches its reader, though no cache takes it', async ({ expect }) => {
    // One that refuses, and one that does nothing, as where a Worker has none.
    for (const put of [() => Promise.reject(new Error('no cache')), () => Promise.resolve()]) {
      await newLocation()
      vi.spyOn(console, 'error').mockReturnValue()
      vi.spyOn(caches.default, 'put').mockImplementation(put)
      expect(await same((await ask('large.wav')).bytes, file)).toBe(true)
      expect((await ask('large.wav', LAST)).bytes).toEqual(file.slice(-3))
    }
  })

  it('breaks off, and is not kept, where KV breaks off', async ({ expect }) => {
    vi.spyOn(console, 'error').mockReturnValue()
    given = (value) =>
      value instanceof ReadableStream ? cutAfter(value as ReadableStream, 3_000_000) : value
    const { response, done } = open('large.wav', {})
    await expect((await response).arrayBuffer()).rejects.toThrow('ends before it should')
    await done()
    given = (value) => value
    newIsolate()
    expect(await same((await ask('large.wav')).bytes, file)).toBe(true)
  })

  it('is thrown out of the cache, where that has another', async ({ expect }) => {
    await ask('large.wav', LAST)
    const damage: Promise<void>[] = []
    for (const key of cacheKeys) {
      const bytes = await (await caches.default.match(key))?.arrayBuffer()
      const headers = { 'Cache-Control': 'public, max-age=1000' }
      if (bytes && bytes.byteLength > LARGE)
        damage.push(caches.default.put(key, new Response(bytes.slice(0, -1), { headers })))
    }
    expect(damage).toHaveLength(1)
    await Promise.all(damage)
    for (const isNew of [false, true, true]) {
      if (isNew) newIsolate()
      expect((await ask('large.wav', LAST)).bytes).toEqual(file.slice(-3))
    }
  })
})

/** A stream that ends before it should. */
function cutAfter(stream: ReadableStream, most: number): ReadableStream {
  const reader = stream.getReader()
  let sent = 0
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      const { value, done } = await reader.read()
      if (done || sent + value.length > most) {
        await reader.cancel()
        controller.close()
        controller.byobRequest?.respond(0)
        return
      }
      sent += value.length
      controller.enqueue(value)
    },
  })
}
