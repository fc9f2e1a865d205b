import fc from 'fast-check'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { formatHead, type Milestone } from '../../src/edition/head.ts'
import { SCHEMA } from '../../src/edition/object.ts'
import { NOW } from '../support/corpus.ts'
import { History, location, STEPS, type Step, some } from '../support/history.ts'
import { type Centre, edgeCache, openIsolate, WORST_DELAY } from '../support/model-kv.ts'

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

const step: fc.Arbitrary<Step | Read> = fc.oneof(
  ...STEPS,
  // Every other look is at the edition's number: there no two editions say the same.
  some<Read>('read', 10, {
    location,
    isolate: fc.nat({ max: 1 }),
    path: fc.oneof(fc.constant(PATHS.indexOf('/health')), fc.nat({ max: PATHS.length - 1 })),
  }),
)

/** What a path says in an edition, read where nothing is ever missing. */
async function expected(centre: Centre, edition: Milestone, path: string): Promise<string> {
  const key = `${edition.edition}${edition.at}${path}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const head = formatHead({ schema: SCHEMA, site: 'example.org,2026', timeline: [edition] })
  const get = async (name: string) =>
    (name === 'head' ? head : centre.archive.get(name))?.slice().buffer ?? null
  const bindings = { EDGEWIRE: { get } as unknown as KVNamespace }
  const answer = await tellOf(await openIsolate(bindings, edgeCache(new Map())).get(path))
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
  { location: place, isolate: which, path: index }: Read,
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
    if ((await expected(history.centre, edition, path)) === said) numbers.push(edition.number)
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
