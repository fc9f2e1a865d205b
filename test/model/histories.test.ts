import fc from 'fast-check'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { throughCache } from '../../src/edition/compile-cache.ts'
import { formatHead, type Milestone } from '../../src/edition/head.ts'
import { SCHEMA } from '../../src/edition/object.ts'
import { planPrune } from '../../src/edition/prune.ts'
import { milestoneOf } from '../../src/edition/published.ts'
import { rollback } from '../../src/edition/rollback.ts'
import { aCache, anArticle, type Files, NOW, platform } from '../support/corpus.ts'
import { Centre, edgeCache, Location, openIsolate, WORST_DELAY } from '../support/model-kv.ts'
import { aJournal, aPublisher, tryPublish } from '../support/publishing.ts'

const HISTORIES = Number(process.env['HISTORIES'] ?? 300)
const LOCATIONS = 2
const DAY = 86_400

/** Rendered once for all histories: they are about what is read, not about what is written. */
const cache = aCache()

type Step =
  | { readonly do: 'publish'; readonly slowness: number }
  | {
      readonly do: 'change'
      readonly article: number
      readonly how: number
      readonly ahead: number
    }
  | { readonly do: 'roll back'; readonly editions: number }
  | { readonly do: 'prune' }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'isolate'; readonly location: number }
  | {
      readonly do: 'read'
      readonly location: number
      readonly isolate: number
      readonly path: number
    }

/** Paths that a reader may ask for. */
const PATHS = [
  '/',
  '/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/health',
  ...[0, 1, 2, 3].flatMap((n) => [`/articles/s-${n}`, `/articles/s-${n}.json`]),
  '/articles/s-0.atom',
  '/articles/old',
  '/nothing',
]

const location = fc.nat({ max: LOCATIONS - 1 })

function some<Kind extends Step['do']>(
  kind: Kind,
  weight: number,
  fields: { [Key in Exclude<keyof Extract<Step, { do: Kind }>, 'do'>]: fc.Arbitrary<number> },
): { weight: number; arbitrary: fc.Arbitrary<Step> } {
  const arbitrary = fc.record(fields as Record<string, fc.Arbitrary<number>>)
  return { weight, arbitrary: arbitrary.map((values) => ({ do: kind, ...values }) as Step) }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  some('publish', 3, { slowness: fc.constantFrom(0, 0, 1, 45, 400) }),
  some('change', 3, {
    article: fc.nat({ max: 3 }),
    how: fc.nat({ max: 4 }),
    ahead: fc.constantFrom(5, 60, 500, 4000),
  }),
  some('roll back', 1, { editions: fc.integer({ min: 1, max: 3 }) }),
  some('prune', 1, {}),
  some('wait', 4, { seconds: fc.constantFrom(1, 4, 29, 61, 400, 2000, 2 * DAY, 20 * DAY) }),
  some('isolate', 1, { location }),
  // Every other look is at the edition's number: there no two editions say the same.
  some('read', 10, {
    location,
    isolate: fc.nat({ max: 1 }),
    path: fc.oneof(fc.constant(PATHS.indexOf('/health')), fc.nat({ max: PATHS.length - 1 })),
  }),
)

/** One history: a publisher, what they write, and readers who look at it in several places. */
class History {
  readonly centre = new Centre(NOW)
  readonly journal = aJournal()
  readonly editions: Milestone[] = []
  readonly locations: Location[]
  readonly files: Record<string, string> = { 's-0.md': anArticle({ aliases: '[old]' }) }
  texts = 0

  constructor(seed: number) {
    let state = seed
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    this.locations = Array.from({ length: LOCATIONS }, () => new Location(this.centre, random))
    for (const place of this.locations) place.newIsolate()
  }

  get publisher(): ReturnType<typeof aPublisher> {
    return aPublisher(this.centre.store, () => this.centre.now, cache, this.journal)
  }

  async publish(slowness: number): Promise<void> {
    this.centre.slowness = slowness
    const result = await tryPublish(this.publisher, this.files as Files)
    this.centre.slowness = 0
    if ('failure' in result) throw new Error(JSON.stringify(result.failure))
    const { current, scheduled } = result.plan
    this.enter([current, ...scheduled.map(({ edition }) => edition)].map(milestoneOf))
  }

  change({ article: n, how, ahead }: Extract<Step, { do: 'change' }>): void {
    const file = `s-${n}.md`
    this.texts += 1
    const published = formatInstant(this.centre.now + ahead)
    const due = how === 1 || !this.files[file]
    const front = due && how !== 2 ? { published } : {}
    const alias = n === 0 ? { aliases: '[old]' } : {}
    if (how === 4) delete this.files[file]
    else if (how === 3)
      this.files[file] = anArticle({ ...alias, status: 'retracted', reason: 'Wrong.' })
    else this.files[file] = anArticle({ ...alias, ...front }, `Text ${this.texts % 3}.`)
  }

  async rollBack(editions: number): Promise<void> {
    const numbers = [...new Set(this.editions.map(({ number }) => number))]
    const target = numbers.at(-1 - editions)
    const result = await rollback(this.publisher, { target, dropScheduled: true })
    if (!('failure' in result)) this.enter([milestoneOf(result.edition)])
  }

  /** No number ever stands for two editions. */
  enter(editions: readonly Milestone[]): void {
    for (const one of editions) {
      const other = this.editions.find(({ number }) => number === one.number)
      if (other && other.edition !== one.edition) throw new Error(`two editions ${one.number}`)
      this.editions.push(one)
    }
  }

  async prune(): Promise<void> {
    const { store, now } = this.centre
    const reader = throughCache(store, cache, platform)
    const found = await planPrune(store, reader, { seconds: DAY }, now, platform)
    if ('failure' in found) throw new Error(found.failure.reason)
    await store.remove(found.keys)
  }

  /** What a path says in an edition, read where nothing is ever missing. */
  async expected(edition: Milestone, path: string): Promise<string> {
    const key = `${edition.edition}${edition.at}${path}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const head = formatHead({ schema: SCHEMA, site: 'example.org,2026', timeline: [edition] })
    const get = async (name: string) =>
      (name === 'head' ? head : this.centre.archive.get(name))?.slice().buffer ?? null
    const bindings = { EDGEWIRE: { get } as unknown as KVNamespace }
    const answer = await tellOf(await openIsolate(bindings, edgeCache(new Map())).get(path))
    answers.set(key, answer)
    return answer
  }
}

const answers = new Map<string, string>()

/** All of a response that does not depend on the instant at which it was asked for. */
async function tellOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const body = bytes.toString('latin1').replace(/"age":\d+/, '')
  const { status, headers } = response
  return [
    status,
    headers.get('ETag'),
    headers.get('Last-Modified'),
    headers.get('Location'),
    body,
  ].join('\n')
}

/** Plays a history; throws where a response is not what one edition says. */
async function play(seed: number, steps: readonly Step[]): Promise<void> {
  const history = new History(seed)
  await history.publish(0)
  history.centre.now += WORST_DELAY
  for (const [index, one] of steps.entries()) {
    vi.setSystemTime(history.centre.now * 1000)
    await take(history, one).catch((error: unknown) => {
      throw new Error(
        `step ${index} (${JSON.stringify(one)}) at ${history.centre.now - NOW}: ${error}`,
      )
    })
  }
}

async function take(history: History, one: Step): Promise<void> {
  switch (one.do) {
    case 'publish':
      return history.publish(one.slowness)
    case 'change':
      return history.change(one)
    case 'roll back':
      return history.rollBack(one.editions)
    case 'prune':
      return history.prune()
    case 'wait':
      history.centre.now += one.seconds
      return
    case 'isolate':
      return history.locations[one.location]?.newIsolate()
    case 'read':
      return look(history, one)
  }
}

async function look(
  history: History,
  { location: place, isolate: which, path: index }: Extract<Step, { do: 'read' }>,
): Promise<void> {
  const { isolates } = history.locations[place] ?? { isolates: [] }
  const isolate = isolates[which % isolates.length]
  const path = PATHS[index % PATHS.length] ?? '/'
  if (!isolate) return
  const response = await isolate.get(path)
  if (response.status >= 500) throw new Error(`${path} answers ${response.status}`)
  const said = await tellOf(response)
  const numbers: number[] = []
  for (const edition of history.editions) {
    if (edition.at > history.centre.now) continue
    if ((await history.expected(edition, path)) === said) numbers.push(edition.number)
  }
  if (numbers.length === 0) throw new Error(`${path} says what no edition says:\n${said}`)
  const last = isolate.shown.get(path) ?? 0
  const number = numbers.toSorted((a, b) => a - b).find((one) => one >= last)
  if (number === undefined) throw new Error(`${path} went back from ${last} to ${numbers.join()}`)
  isolate.shown.set(path, number)
}

describe('an eventually consistent KV', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  it(`answers every request from exactly one edition, in ${HISTORIES} histories`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 10, maxLength: 60 }), play),
      { seed: 91, numRuns: HISTORIES },
    )
  }, 3_600_000)
})
