/** Random histories: what a publisher does, and what becomes of it in several places. */

import fc from 'fast-check'
import { formatInstant } from '../../src/article/instant.ts'
import { PAGE_LIMITS, type PageLimits } from '../../src/changes/walk.ts'
import { throughCache } from '../../src/compile/compile-cache.ts'
import type { Milestone } from '../../src/edition/head.ts'
import { planPrune } from '../../src/publish/prune.ts'
import { milestoneOf } from '../../src/publish/published.ts'
import { rollback } from '../../src/publish/rollback.ts'
import { aCache, anArticle, type Files, NOW, platform, SITE } from './corpus.ts'
import { Centre, Location } from './model-kv.ts'
import { aJournal, aPublisher, tryPublish } from './publishing.ts'
import { must } from './results.ts'

const LOCATIONS = 2
const DAY = 86_400

/** Rendered once for all histories: they are about what is read, not about what is written. */
const cache = aCache()

/** What a publisher does, and time. */
export type Step =
  | { readonly do: 'publish'; readonly slowness: number }
  | {
      readonly do: 'change'
      readonly article: number
      readonly how: number
      readonly ahead: number
    }
  | { readonly do: 'declare'; readonly filter: number }
  | { readonly do: 'roll back'; readonly editions: number }
  | { readonly do: 'prune' }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'isolate'; readonly location: number }
  | { readonly do: 'die'; readonly location: number; readonly isolate: number }
  | { readonly do: 'outage'; readonly location: number; readonly seconds: number }
  | { readonly do: 'rot'; readonly location: number }

export const location: fc.Arbitrary<number> = fc.nat({ max: LOCATIONS - 1 })

/** What a declared feed takes: only what is tagged, or everything. */
const FILTERS = ['{ tags: [osce] }', '{ language: en }']

type Weighted<Kind> = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Kind> }

/** A kind of step, and how often it is taken. */
export function some<Kind extends { readonly do: string }>(
  kind: Kind['do'],
  weight: number,
  fields: { [Key in Exclude<keyof Kind, 'do'>]: fc.Arbitrary<number> },
): Weighted<Kind> {
  const arbitrary = fc.record(fields as Record<string, fc.Arbitrary<number>>)
  return { weight, arbitrary: arbitrary.map((values) => ({ do: kind, ...values }) as never) }
}

type Of<Kind extends Step['do']> = Extract<Step, { do: Kind }>

export const STEPS: readonly Weighted<Step>[] = [
  some<Of<'publish'>>('publish', 3, { slowness: fc.constantFrom(0, 0, 1, 45, 400) }),
  some<Of<'change'>>('change', 4, {
    article: fc.nat({ max: 3 }),
    how: fc.nat({ max: 5 }),
    ahead: fc.constantFrom(5, 60, 500, 4000),
  }),
  some<Of<'roll back'>>('roll back', 1, { editions: fc.integer({ min: 1, max: 3 }) }),
  some<Of<'prune'>>('prune', 1, {}),
  some<Of<'wait'>>('wait', 4, {
    seconds: fc.constantFrom(1, 4, 29, 61, 400, 2000, 2 * DAY, 20 * DAY),
  }),
  some<Of<'isolate'>>('isolate', 1, { location }),
]

/** What breaks: isolates die, KV fails at a location, and values in its cache are damaged. */
export const FAULTS: readonly Weighted<Step>[] = [
  some<Of<'die'>>('die', 4, { location, isolate: fc.nat({ max: 1 }) }),
  some<Of<'outage'>>('outage', 3, { location, seconds: fc.constantFrom(90, 3600, DAY, DAY) }),
]

export const ROT: Weighted<Step> = some<Of<'rot'>>('rot', 1, { location })

export const DECLARE: Weighted<Step> = some<Of<'declare'>>('declare', 1, {
  filter: fc.nat({ max: FILTERS.length - 1 }),
})

/** One history: a publisher, what they write, and the places in which it is read. */
export class History {
  readonly centre = new Centre(NOW)
  readonly journal = aJournal()
  readonly editions: Milestone[] = []
  readonly locations: Location[]
  readonly files: Record<string, string> = {
    's-0.md': anArticle({ aliases: '[old]', tags: '[osce]' }),
  }
  texts = 0

  constructor(seed: number, page: PageLimits = PAGE_LIMITS) {
    let state = seed
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    this.locations = Array.from(
      { length: LOCATIONS },
      () => new Location(this.centre, random, { page }),
    )
    for (const place of this.locations) place.newIsolate()
  }

  /** Takes a step. */
  async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'publish':
        return this.publish(one.slowness)
      case 'change':
        return this.change(one)
      case 'declare':
        return this.declare(one)
      case 'roll back':
        return this.rollBack(one.editions)
      case 'prune':
        return this.prune()
      case 'wait':
        this.centre.now += one.seconds
        return
      case 'isolate':
        return this.locations[one.location]?.newIsolate()
      case 'die':
        return this.locations[one.location]?.die(one.isolate)
      case 'outage':
        return this.locations[one.location]?.fail(one.seconds)
      case 'rot':
        return this.locations[one.location]?.rot()
    }
  }

  get publisher(): ReturnType<typeof aPublisher> {
    return aPublisher(this.centre.store, () => this.centre.now, cache, this.journal)
  }

  async publish(slowness: number): Promise<void> {
    this.centre.slowness = slowness
    const result = await tryPublish(this.publisher, this.files as Files)
    this.centre.slowness = 0
    const { current, scheduled } = must(result).plan
    this.enter([current, ...scheduled.map(({ edition }) => edition)].map(milestoneOf))
  }

  change({ article: n, how, ahead }: Extract<Step, { do: 'change' }>): void {
    const file = `s-${n}.md`
    this.texts += 1
    const published = formatInstant(this.centre.now + ahead)
    const due = how === 1 || !this.files[file]
    const front = due && how !== 2 ? { published } : {}
    const tags = how === 5 ? { tags: '[osce]' } : {}
    const alias = n === 0 ? { aliases: '[old]' } : {}
    const others = Object.keys(this.files).filter((name) => /\.md$/.test(name) && name !== file)
    // A site without an article is not published.
    if (how === 4 && others.length > 0) delete this.files[file]
    else if (how === 3)
      this.files[file] = anArticle({ ...alias, status: 'retracted', reason: 'Wrong.' })
    else this.files[file] = anArticle({ ...alias, ...front, ...tags }, `Text ${this.texts % 3}.`)
  }

  /** What the feed `/feeds/picked/` takes. */
  declare({ filter }: Extract<Step, { do: 'declare' }>): void {
    const feed = `{ title: Picked, filter: ${FILTERS[filter]} }`
    this.files['site.yaml'] = `${SITE}feeds:\n  picked: ${feed}\n`
  }

  async rollBack(editions: number): Promise<void> {
    const numbers = [...new Set(this.editions.map(({ number }) => number))]
    const target = numbers.at(-1 - editions)
    const result = await rollback(this.publisher, { target, dropScheduled: true })
    if (result.ok) this.enter([milestoneOf(result.value.edition)])
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
    const found = must(await planPrune({ store, reader, platform }, { seconds: DAY }, now))
    await store.remove(found.keys)
  }
}
