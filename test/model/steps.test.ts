import { afterAll, afterEach, beforeAll, beforeEach, describe, it, vi } from 'vitest'
import { splitNames } from '../../src/edition/directory.ts'
import { loadEdition } from '../../src/edition/edition.ts'
import { REGISTER } from '../../src/edition/names.ts'
import { writeObject } from '../../src/edition/object.ts'
import { HEAD_KEY, objectKey } from '../../src/edition/store.ts'
import { createApp } from '../../src/worker/app.ts'
import { Isolate } from '../../src/worker/isolate.ts'
import { bindingsOver } from '../support/bindings.ts'
import { anArticle, NOW, platform } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { edgeCache } from '../support/model-kv.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'
import { type Counter, countSteps } from '../support/steps.ts'

/** The greatest that Cloudflare lets through: of an address, and of all fields together. */
const ADDRESS = 16 * 1024
const FIELDS = 128 * 1024
const NAMES = 10_000

/** No request may take more: some milliseconds. What is quadratic takes thirty times as many. */
const MOST_STEPS = 2_000_000

const store = aStore()
let counter: Counter

/** Names of a hundred letters that people could mistake for one another. */
function labelOf(n: number): string {
  return `topic-${n}-of-the-long-labels-that-people-really-use-and-that-differ-in-a-number`.padEnd(
    100,
    'x',
  )
}

beforeAll(async () => {
  await publishTo(store, { 'hello.md': anArticle({ tags: '[osce]', aliases: '[old]' }) }, NOW)
  const head = JSON.parse(new TextDecoder().decode(store.values.get(HEAD_KEY)))
  const edition = must(await loadEdition(store, head.timeline[0].edition))
  const labels = Array.from({ length: NAMES }, (_, n) => labelOf(n))
  const facts = {
    feeds: labels.map((label) => ({
      name: `/tags/${label}/`,
      kind: 'tags',
      label,
      title: label,
      aliases: [],
    })),
    words: { tags: Object.fromEntries(labels.map((label) => [label, `/tags/${label}/`])) },
  }
  const register = writeObject('register', facts, [], platform)
  const names = new Map(edition.documents).set(REGISTER, { object: register.digest, changed: NOW })
  const leaves = splitNames(names).map(({ prefix, facts: leaf }) => ({
    prefix,
    object: writeObject('leaf', leaf, [], platform),
  }))
  const documents = leaves.map(({ prefix, object }) => ({
    prefix,
    object: object.digest,
    changed: NOW,
  }))
  const changed = writeObject('edition', { ...edition.facts, documents }, [], platform)
  head.timeline[0].edition = changed.digest
  await store.put([
    ...[register, changed, ...leaves.map(({ object }) => object)].map(
      ({ digest, bytes }) => [objectKey(digest), bytes] as const,
    ),
    [HEAD_KEY, new TextEncoder().encode(JSON.stringify(head))],
  ])
})

beforeAll(async () => {
  counter = await countSteps()
})
afterAll(() => counter.close())

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(NOW * 1000)
  // Of the Workers' runtime.
  vi.stubGlobal('FixedLengthStream', function passing() {
    return new TransformStream()
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A Worker of its own; what a request costs before it gets there is not ours. */
class Worker {
  readonly #app = createApp(new Isolate(edgeCache(new Map())))
  reads = 0

  /** Asks, and says what the answer was and how many steps it took. */
  async ask(
    path: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; steps: number }> {
    const request = new Request(`https://wire.example.org${path}`, { headers })
    const bindings = bindingsOver((key) => {
      this.reads += 1
      return store.values.get(key)
    })
    const context = { waitUntil: () => {} } as unknown as ExecutionContext
    let status = 0
    const steps = await counter.of(async () => {
      const response = await this.#app.fetch(request, bindings, context)
      status = response.status
    })
    return { status, steps }
  }
}

type Row = readonly [what: string, path: string, headers: Record<string, string>]

/** A text as long as may be. */
const filled = (text: string, most: number): string =>
  text.repeat(Math.floor(most / text.length)).slice(0, most)

const near = (letters: string): string => `/tags/${letters}`.slice(0, ADDRESS)

const PATHS: readonly Row[] = [
  ['one letter', near(filled('a', ADDRESS)), {}],
  ['a name that is near all', near(labelOf(99_999)), {}],
  ['a name that is near none', near(filled('q', 100)), {}],
  ['half a name', near(filled('topic-1', 50)), {}],
  ['encoded letters', near(filled('%61', 300)), {}],
  ['letters with many marks', near(`a${filled('%CC%81%CC%96', ADDRESS)}`), {}],
  ['signs that encode nothing', filled('/%', ADDRESS), {}],
  ['bytes that are no text', filled('/%ff', ADDRESS), {}],
  ['slashes', filled('/', ADDRESS), {}],
  ['dots', filled('/.a', ADDRESS), {}],
  ['endings', `/articles/${filled('.json', ADDRESS - 20)}`, {}],
  ['endings, elsewhere', filled('/a.atom', ADDRESS), {}],
  ['documents', filled('/rss.xml', ADDRESS), {}],
  ['a feed in a feed', `/tags/OSCE/${filled('tags/osce/', ADDRESS - 20)}rss.xml`, {}],
  ['months', `/feeds/${filled('a', ADDRESS - 20)}/archive/`, {}],
  ['a file', `/media/${filled('a/', ADDRESS - 20)}`, {}],
  ['a sitemap', `/sitemap-${filled('a-', ADDRESS - 20)}.xml`, {}],
]

const QUERIES: readonly Row[] = ['&', 'a&', 'since=0&', 'since=%', '=', '+', '?', 'to=1-%61&'].map(
  (text) => [text, `/changes.json?${filled(text, ADDRESS - 20)}`, {}] as const,
)

/** Each field that is read, with the worst that may stand in it. */
const WORST: Readonly<Record<string, readonly string[]>> = {
  Accept: [',', 'text/html,', 'a;q=1;', ';', 'text/html;q=0.', ' '],
  'Accept-Encoding': [',', 'gzip;q=0,', ';', 'gzip '],
  'A-IM': [',', 'feed,', 'feed;q=0,', ';', 'edgewire '],
  'If-None-Match': ['"', 'W/"', '"a",', 'W/"a" ', 'W/', ' ', '*'],
  'If-Match': ['"', 'W/"', '"a",', 'W/"a" ', 'W/', ' ', '*'],
  'If-Modified-Since': ['Sun, ', '1', ' ', 'Sunday, 06-Nov-94 '],
  'If-Unmodified-Since': ['Sun, ', '1', ' ', 'Sunday, 06-Nov-94 '],
  'Sec-Fetch-Mode': ['navigate', ' '],
  'Sec-Fetch-Dest': ['document', ' '],
  'User-Agent': ['newsboat/', 'Liferea', ' '],
  Via: ['1.1 a,', ' '],
}

const PLACES = ['/rss.xml', '/articles/hello', '/changes.json?since=0', '/nothing', '/']

const FIELD_ROWS: readonly Row[] = Object.entries(WORST).flatMap(([name, texts]) =>
  texts.flatMap((text) =>
    ['/rss.xml', '/nothing'].map((path): Row => {
      // The fields without which it is not looked at.
      const others = { 'A-IM': 'feed', 'User-Agent': 'newsboat/2', 'If-None-Match': '"x"' }
      // A space at an end would not be sent.
      const value = `${filled(text, FIELDS - 300)}x`
      return [`${name}: ${text} at ${path}`, path, { ...others, [name]: value }]
    }),
  ),
)

describe('the steps of the largest requests', () => {
  it.for<readonly [what: string, rows: readonly Row[]]>([
    ['paths', PATHS],
    ['queries', QUERIES],
    ['fields', FIELD_ROWS],
  ])('are few: %s', async ([, rows], { expect }) => {
    const worker = new Worker()
    for (const path of [...PLACES, near('osc')]) await worker.ask(path, {})
    const many: string[] = []
    for (const [what, path, headers] of rows) {
      worker.reads = 0
      const { status, steps } = await worker.ask(path, headers)
      if (process.env['FIGURES']) console.log(what, status, steps, worker.reads)
      // It is the edition that is read, of which all is known, and nothing that the request names.
      if (steps > MOST_STEPS || status >= 500 || worker.reads > 0)
        many.push(`${what}: ${status}, ${steps} steps, ${worker.reads} reads`)
    }
    expect(many).toEqual([])
  })

  it('include every letter that a search looks at', async ({ expect }) => {
    const text = 'a&'.repeat(2000)
    const looks = await counter.of(async () => {
      for (let at = 0; at >= 0; at = text.indexOf('&', at + 1)) text.indexOf('=', at)
    })
    expect(looks).toBeGreaterThan(text.length ** 2 / 4)
  })
})
