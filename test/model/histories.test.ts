import fc from 'fast-check'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { formatHead, type Milestone } from '../../src/edition/head.ts'
import { SCHEMA } from '../../src/edition/object.ts'
import { bindingsOver } from '../support/bindings.ts'
import { NOW } from '../support/corpus.ts'
import { FAULTS, History, location, ROT, STEPS, type Step, some } from '../support/history.ts'
import {
  type Centre,
  edgeCache,
  type Location,
  type OpenIsolate,
  openIsolate,
  WORST_DELAY,
} from '../support/model-kv.ts'

const HISTORIES = Number(process.env['HISTORIES'] ?? 300)

/** A reader looks at a path. */
type Read = {
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

// Every other look is at the edition's number: there no two editions say the same.
const READ = some<Read>('read', 10, {
  location,
  isolate: fc.nat({ max: 1 }),
  path: fc.oneof(fc.constant(PATHS.indexOf('/health')), fc.nat({ max: PATHS.length - 1 })),
})

/** Histories in which nothing fails, and in which everything does. */
const calm: fc.Arbitrary<Step | Read> = fc.oneof(...STEPS, READ)
const wild: fc.Arbitrary<Step | Read> = fc.oneof(...STEPS, ...FAULTS, ROT, { ...READ, weight: 20 })

/** What a path says in an edition, read where nothing is ever missing. */
async function expected(centre: Centre, edition: Milestone, path: string): Promise<string> {
  const key = `${edition.edition}${edition.at}${path}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const { number: last, at: written } = edition
  const site = 'example.org,2026'
  const head = formatHead({ schema: SCHEMA, site, timeline: [edition], last, written })
  const bindings = bindingsOver((name) => (name === 'head' ? head : centre.archive.get(name)))
  const answer = await tellOf(await openIsolate(bindings, edgeCache()).get(path))
  answers.set(key, answer)
  return answer
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
async function play(seed: number, steps: readonly (Step | Read)[]): Promise<void> {
  const history = new History(seed)
  await history.publish(0)
  history.centre.now += WORST_DELAY
  for (const [index, one] of steps.entries()) {
    vi.setSystemTime(history.centre.now * 1000)
    const taken = one.do === 'read' ? look(history, one) : history.take(one)
    await taken.catch((error: unknown) => {
      throw new Error(
        `step ${index} (${JSON.stringify(one)}) at ${history.centre.now - NOW}: ${error}`,
      )
    })
  }
}

async function look(
  history: History,
  { location: where, isolate: which, path: index }: Read,
): Promise<void> {
  const place = history.locations[where]
  const isolate = place?.isolates[which % place.isolates.length]
  const path = PATHS[index % PATHS.length] ?? '/'
  if (!place || !isolate) return
  const response = await isolate.get(path)
  if (response.status >= 500) return excuse(response, path, place)
  if (place.isDown) bridged += 1
  if (!place.isDown && response.status !== 404) served(place).set(path, history.centre.now)
  await compare(history, isolate, path, await tellOf(response))
}

/** Throws where an isolate says what no edition says, or goes back. */
async function compare(
  history: History,
  isolate: OpenIsolate,
  path: string,
  said: string,
): Promise<void> {
  const numbers: number[] = []
  for (const edition of history.editions) {
    if (edition.at > history.centre.now) continue
    if ((await expected(history.centre, edition, path)) === said) numbers.push(edition.number)
  }
  if (numbers.length === 0) throw new Error(`${path} says what no edition says:\n${said}`)
  const last = isolate.shown.get(path) ?? 0
  const number = numbers.toSorted((a, b) => a - b).find((one) => one >= last)
  if (number === undefined) throw new Error(`${path} went back from ${last} to ${numbers.join()}`)
  isolate.shown.set(path, number)
}

const DAY = 86_400
/** Answers that were given while KV failed. */
let bridged = 0
const servedAt = new WeakMap<Location, Map<string, number>>()

/** When a location last answered a path with something, while it had KV. */
function served(place: Location): Map<string, number> {
  const known = servedAt.get(place) ?? new Map<string, number>()
  servedAt.set(place, known)
  return known
}

/** Throws, unless KV fails here and nothing that was served in the day before was asked for. */
async function excuse(response: Response, path: string, place: Location): Promise<void> {
  const { reason } = (await response.json()) as { reason: string }
  const isKept = (served(place).get(path) ?? 0) >= place.outage.since - DAY && !place.isRotten
  if (response.status !== 503 || reason !== 'unavailable' || !place.isDown || isKept)
    throw new Error(`${path} answers ${response.status} ${reason}`)
}

describe('an eventually consistent KV', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  it(`answers every request from exactly one edition, in ${HISTORIES} histories`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(calm, { minLength: 10, maxLength: 60 }), play),
      { seed: 91, numRuns: HISTORIES },
    )
  }, 3_600_000)

  it(`keeps everything served that was served the day before, while it fails for up to a day, in ${HISTORIES} histories`, async ({
    expect,
  }) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(wild, { minLength: 20, maxLength: 60 }), play),
      { seed: 92, numRuns: HISTORIES },
    )
    expect(bridged).toBeGreaterThan(HISTORIES)
  }, 3_600_000)
})
