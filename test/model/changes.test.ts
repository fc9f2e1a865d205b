import fc from 'fast-check'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { parseCursor } from '../../src/changes/cursor.ts'
import { loadEdition, loadObject } from '../../src/edition/edition.ts'
import type { ArticleFacts, RetractionFacts } from '../../src/edition/facts.ts'
import { parseHead, positionAt } from '../../src/edition/head.ts'
import { HEAD_KEY, type Store } from '../../src/edition/store.ts'
import { anArticle, NOW } from '../support/corpus.ts'
import { DECLARE, History, location, STEPS, type Step, some } from '../support/history.ts'
import { type Centre, type OpenIsolate, WORST_DELAY } from '../support/model-kv.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'
import { textOf } from '../support/unpacked.ts'

const HISTORIES = Number(process.env['PARTNERS'] ?? 300)

const FEEDS = ['/', '/tags/osce/', '/feeds/picked/']

/** A partner asks for one page, of whatever location. */
type Poll = {
  readonly do: 'poll'
  readonly partner: number
  readonly location: number
  readonly isolate: number
}

const step: fc.Arbitrary<Step | Poll> = fc.oneof(
  ...STEPS,
  DECLARE,
  some<Poll>('poll', 12, {
    partner: fc.nat({ max: FEEDS.length - 1 }),
    location,
    isolate: fc.nat({ max: 1 }),
  }),
)

type Item = { readonly id: string }
type Page = {
  readonly next_url?: string
  readonly items: readonly Item[]
  readonly _edgewire: {
    readonly cursor?: string
    readonly caught_up?: boolean
    readonly retracted?: readonly Item[]
    readonly removed?: readonly Item[]
    readonly left?: readonly Item[]
  }
}

/** A copy of a feed, kept as the README says. */
class Partner {
  readonly items = new Map<string, string>()
  readonly retracted = new Set<string>()
  /** While everything is walked again: what has not been seen yet. */
  unseen: Set<string> | undefined
  next: string
  /** The edition of which it has everything. */
  has: string | undefined
  readonly #start: string

  constructor(folder: string) {
    this.#start = `${folder}changes.json?since=0`
    this.next = this.#start
  }

  /** Asks once, and takes in what comes; whether it has caught up with what that location knows. */
  async poll(isolate: OpenIsolate, fixed: Map<string, string>): Promise<boolean> {
    const response = await isolate.get(this.next)
    const text = await textOf(response)
    if (response.status === 503) return false
    if (response.status === 410) return this.#startAgain(text)
    if (response.status !== 200) throw new Error(`${this.next} answers ${response.status}`)
    if (this.next.includes('&to=')) {
      if ((fixed.get(this.next) ?? text) !== text) throw new Error(`${this.next} changed`)
      fixed.set(this.next, text)
    }
    this.#apply(JSON.parse(text) as Page)
    return this.has !== undefined
  }

  #startAgain(text: string): false {
    const { reason, changes } = JSON.parse(text)
    if (reason !== 'unknown-cursor') throw new Error(text)
    this.next = this.#start
    if (!this.next.startsWith(new URL(changes).pathname)) throw new Error(changes)
    this.unseen = new Set([...this.items.keys(), ...this.retracted])
    this.has = undefined
    return false
  }

  #apply({ items, next_url: next, _edgewire: extension }: Page): void {
    for (const item of items) {
      const text = JSON.stringify(item)
      if (!this.unseen && this.items.get(item.id) === text)
        throw new Error(`${item.id} was sent again, and is the same`)
      this.items.set(item.id, text)
      this.retracted.delete(item.id)
      this.unseen?.delete(item.id)
    }
    const { retracted = [], removed = [], left = [], cursor } = extension
    for (const { id } of [...retracted, ...removed, ...left]) {
      this.items.delete(id)
      this.retracted.delete(id)
    }
    for (const { id } of retracted) {
      this.retracted.add(id)
      this.unseen?.delete(id)
    }
    if (extension.caught_up !== (next === undefined)) throw new Error('neither page nor end')
    this.has = cursor
    if (next) {
      const { pathname, search } = new URL(next)
      this.next = pathname + search
      return
    }
    for (const id of this.unseen ?? []) {
      this.items.delete(id)
      this.retracted.delete(id)
    }
    this.unseen = undefined
    this.next = this.next.replace(/\?.*/, `?since=${cursor}`)
  }
}

/** What an edition holds, read where nothing is ever missing. */
async function corpusOf(
  centre: Centre,
  cursor: string,
): Promise<{ facts: ArticleFacts | RetractionFacts; json: string | undefined }[]> {
  const { number, digest = '' } = parseCursor(cursor) ?? {}
  const known = corpora.get(digest)
  if (known) return known
  const store: Store = {
    get: async (keys) => keys.map((key) => centre.archive.get(key)),
    put: async () => {},
  }
  const edition = must(await loadEdition(store, digest))
  if (edition.facts.number !== number) throw new Error(`no ${cursor}`)
  const corpus = []
  for (const { object: name } of edition.articles.values()) {
    const object = await loadObject<ArticleFacts | RetractionFacts>(store, name)
    if (!object) throw new Error(name)
    // A retraction's object has items, too: notices, which are no articles.
    const isArticle = object.header.type === 'article'
    corpus.push({ facts: object.facts, json: isArticle ? object.text('json') : undefined })
  }
  corpora.set(digest, corpus)
  return corpus
}

const corpora = new Map<
  string,
  { facts: ArticleFacts | RetractionFacts; json: string | undefined }[]
>()

/** A partner holds what the edition of its cursor holds, and nothing else. */
async function check(partner: Partner, folder: string, centre: Centre): Promise<void> {
  const corpus = await corpusOf(centre, partner.has ?? '')
  const inFeed = corpus.filter(({ facts }) => facts.feeds.includes(folder))
  const items = inFeed.flatMap(({ facts, json }) => (json ? [`${facts.guid} ${json}`] : []))
  const held = Array.from(partner.items, ([id, text]) => `${id} ${text}`)
  const differ = symmetric(items, held)
  if (differ.length > 0) throw new Error(`${folder} holds not what ${partner.has} does: ${differ}`)
  if (folder !== '/') return
  const retracted = inFeed.flatMap(({ facts, json }) => (json ? [] : [facts.guid]))
  const tombstones = symmetric(retracted, [...partner.retracted])
  if (tombstones.length > 0) throw new Error(`tombstones of ${partner.has}: ${tombstones}`)
}

function symmetric(one: readonly string[], other: readonly string[]): string[] {
  return [
    ...one.filter((text) => !other.includes(text)),
    ...other.filter((text) => !one.includes(text)),
  ]
}

/** Plays a history; throws where a partner who has caught up holds anything else. */
async function play(seed: number, steps: readonly (Step | Poll)[]): Promise<void> {
  // Pages of two names: most walks take several, and something happens in between.
  const history = new History(seed, { leaves: 32, names: 2 })
  history.declare({ do: 'declare', filter: 0 })
  const partners = FEEDS.map((folder) => new Partner(folder))
  const fixed = new Map<string, string>()
  const poll = async (which: number, place: number, isolate: number): Promise<boolean> => {
    const [partner, { isolates }] = [partners[which], history.locations[place] ?? { isolates: [] }]
    const door = isolates[isolate % isolates.length]
    if (!partner || !door) return false
    vi.setSystemTime(history.centre.now * 1000)
    const caughtUp = await partner.poll(door, fixed)
    if (caughtUp) await check(partner, FEEDS[which] ?? '/', history.centre)
    return caughtUp
  }
  await history.publish(0)
  history.centre.now += WORST_DELAY
  for (const [index, one] of steps.entries()) {
    const taken =
      one.do === 'poll' ? poll(one.partner, one.location, one.isolate) : history.take(one)
    await taken.catch((error: unknown) => {
      throw new Error(
        `step ${index} (${JSON.stringify(one)}) at ${history.centre.now - NOW}: ${error}`,
      )
    })
  }
  await catchUp(history, partners, poll)
}

/**
 * When everything is visible everywhere, everybody catches up with the newest edition. Of new
 * isolates: one that showed an edition which was given up does not return to a lower number.
 */
async function catchUp(
  { centre, locations }: History,
  partners: readonly Partner[],
  poll: (which: number, place: number, isolate: number) => Promise<boolean>,
): Promise<void> {
  centre.now += 2 * WORST_DELAY
  for (const place of locations) place.isolates.length = 0
  for (const place of locations) place.newIsolate()
  const newest = (): string | undefined => {
    const head = parseHead(centre.archive.get(HEAD_KEY) ?? new Uint8Array())
    return head && positionAt(head, centre.now)?.current.edition
  }
  for (const [which, partner] of partners.entries()) {
    for (let polls = 0; ; polls++) {
      const caughtUp = await poll(which, polls % 2, 0)
      if (caughtUp && partner.has?.endsWith(`-${newest()}`)) break
      if (polls > 40) throw new Error(`${FEEDS[which]} never caught up: ${partner.next}`)
      centre.now += 31
    }
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('partners who poll for changes', () => {
  it(`hold exactly the published corpus each time they have caught up, in ${HISTORIES} histories`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 15, maxLength: 70 }), play),
      { seed: 33, numRuns: HISTORIES },
    )
  }, 3_600_000)

  it('walk from one edition to another in a corpus of any size', async ({ expect }) => {
    const history = new History(1)
    const { centre, locations } = history
    const files = Object.fromEntries(
      Array.from({ length: 250 }, (_, n) => [`s-${n}.md`, anArticle({ summary: 'x' }, 'x')]),
    )
    await publishTo(centre.store, files, centre.now)
    centre.now += WORST_DELAY
    const isolate = locations[0]?.isolates[0]
    const ask = async (path: string): Promise<Page & { headers: Headers; status: number }> => {
      vi.setSystemTime(centre.now * 1000)
      const response = (await isolate?.get(path)) ?? Response.error()
      const { headers, status } = response
      return { ...(JSON.parse(await textOf(response)) as Page), headers, status }
    }
    const local = (address = ''): string => address.replace('https://wire.example.org', '')
    const first = await ask('/changes.json?since=0')
    expect(first.items).toHaveLength(100)
    expect(first._edgewire).not.toHaveProperty('cursor')
    expect(first._edgewire.caught_up).toBe(false)
    expect(first.headers.get('Cache-Control')).toContain('max-age=300')
    await publishTo(centre.store, { ...files, 'late.md': anArticle() }, centre.now)
    centre.now += WORST_DELAY
    const second = await ask(local(first.next_url))
    // What is retracted meanwhile is to be had for minutes, and not for a day.
    expect(second.headers.get('Cache-Control')).toContain('max-age=300, stale-while')
    const third = await ask(local(second.next_url))
    expect(third.next_url).toBeUndefined()
    const all = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id))
    expect(new Set(all).size).toBe(250)
    expect(all).toHaveLength(250)
    // A walk takes a day at most: what is retracted is not to be had for longer.
    const status = async (): Promise<number | undefined> =>
      (await ask(local(second.next_url))).status
    centre.now += 80_000
    expect(await status()).toBe(200)
    centre.now += 8000
    expect(await status()).toBe(410)
    const rest = await ask(`/changes.json?since=${third._edgewire.cursor}`)
    expect(rest.items.map(({ id }) => id)).toEqual(['tag:example.org,2026:late'])
  })
})
