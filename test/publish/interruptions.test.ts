import { describe, it } from 'vitest'
import { loadEdition, reachedBy } from '../../src/edition/edition.ts'
import { parseHead, positionAt } from '../../src/edition/head.ts'
import { objectKey, type Pair, type Store } from '../../src/edition/store.ts'
import { fail } from '../../src/markup/result.ts'
import { milestoneOf } from '../../src/publish/published.ts'
import { aCache, anArticle, type Files, NOW } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aJournal, aPublisher, publishTo, tryPublish } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const HOUR = 3600
const at = (instant: number): string => new Date(instant * 1000).toISOString().replace('.000', '')

/** A store whose owner is told before it writes. */
function watched(store: MemoryStore, before: (pairs: readonly Pair[]) => Promise<void>): Store {
  return {
    ...store,
    async put(pairs, stored) {
      await before(pairs)
      await store.put(pairs, stored)
    },
  }
}

async function idsAt(store: MemoryStore, now: number): Promise<string[]> {
  const head = parseHead(store.values.get('head') ?? new Uint8Array())
  const position = head && positionAt(head, now)
  if (!position) throw new Error('Nothing is published.')
  const edition = must(await loadEdition(store, position.current.edition))
  for (const digest of reachedBy(edition))
    if (!store.values.has(objectKey(digest))) throw new Error(`${digest} is not there`)
  return [...edition.articles.keys()].sort()
}

describe('a publish that takes long', () => {
  it('keeps the article and the order of an edition that comes due meanwhile', async ({
    expect,
  }) => {
    const store = aStore()
    const due = { 'due.md': anArticle({ published: at(NOW + HOUR) }) }
    const first = await publishTo(store, { 'a.md': anArticle(), ...due })
    let now = NOW + HOUR - 60
    const slow = watched(store, async () => {
      now += 100
    })
    const files: Files = { 'a.md': anArticle(), 'b.md': anArticle(), ...due }
    const result = must(
      await tryPublish(
        aPublisher(slow, () => now),
        files,
      ),
    )
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    expect(head?.timeline.map(({ at: instant }) => instant)).toEqual([
      NOW,
      NOW + HOUR,
      result.plan.current.facts.at,
    ])
    expect(head?.timeline[1]?.edition).toBe(first.scheduled[0]?.edition)
    expect(result.plan.current.facts.at).toBeGreaterThan(NOW + HOUR)
    expect(result.plan.current.facts.history[0]?.digest).toBe(first.scheduled[0]?.edition)
    expect(await idsAt(store, NOW + HOUR + 1)).toEqual(['a', 'due'])
    expect(await idsAt(store, now)).toEqual(['a', 'b', 'due'])
  })

  it('dates an edition by the instant at which its objects are stored', async ({ expect }) => {
    const store = aStore()
    let now = NOW
    const slow = watched(store, async (pairs) => {
      if (pairs.length > 500) now += 90
    })
    const files = Object.fromEntries(
      Array.from({ length: 1200 }, (_, n) => [`s-${n}.md`, anArticle({}, 'Short')]),
    )
    const result = must(
      await tryPublish(
        aPublisher(slow, () => now),
        files,
      ),
    )
    expect(result.plan.current.facts.at).toBe(NOW + 90)
    expect(new Set(store.written).size).toBe(store.written.length)
  })
})

describe('two publishers at once', () => {
  it('lose no edition: the later one sees that head moved, and compiles again', async ({
    expect,
  }) => {
    const store = aStore()
    await publishTo(store, { 'a.md': anArticle() })
    let others = 0
    const contended = watched(store, async () => {
      // The other one is faster, once.
      others += 1
      if (others === 1) await publishTo(store, { 'a.md': anArticle({ title: 'Theirs' }) }, NOW + 10)
    })
    const ours = { 'a.md': anArticle({ title: 'Ours' }) }
    const result = must(await tryPublish(aPublisher(contended, NOW + 10), ours))
    const { number, history } = result.plan.current.facts
    expect(number).toBe(3)
    expect(history.map((edition) => edition.number)).toEqual([2, 1])
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    expect(head?.timeline.map((milestone) => milestone.number)).toEqual([1, 2, 3])
  })

  it('give up if others are always first, and leave what those published', async ({ expect }) => {
    const store = aStore()
    let others = 0
    const contended = watched(store, async () => {
      others += 1
      await publishTo(store, { 'a.md': anArticle({ title: `Theirs ${others}` }) }, NOW + others)
    })
    const result = await tryPublish(aPublisher(contended, NOW), {
      'a.md': anArticle({ title: 'Ours' }),
    })
    expect(result).toEqual(fail({ reason: 'contended' }))
    expect(await idsAt(store, NOW + HOUR)).toEqual(['a'])
  })
})

describe('a day’s quota', () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`s-${n}.md`, anArticle({}, `Text ${n}`)]),
  )

  it('refuses a larger publish before anything is written', async ({ expect }) => {
    const store = aStore()
    const result = await tryPublish(aPublisher(store), files, { writes: 10 })
    expect(result).toEqual(fail({ reason: 'quota', keys: 37, left: 10 }))
    expect(store.written).toEqual([])
  })

  it('is spent day by day with `--spread`, and head moves on the last day', async ({ expect }) => {
    const store = aStore()
    const [cache, journal] = [aCache(), aJournal()]
    const day = (n: number): ReturnType<typeof tryPublish> =>
      tryPublish(aPublisher(store, NOW + n * 24 * HOUR, cache, journal), files, {
        writes: 13,
        spread: true,
      })
    const unfinished = { failure: { reason: 'unfinished', written: 13 } }
    expect(await day(0)).toMatchObject(unfinished)
    expect(await day(1)).toMatchObject(unfinished)
    expect(store.values.has('head')).toBe(false)
    const last = await day(2)
    expect(last).toMatchObject({ value: { written: { keys: 11 } } })
    expect(new Set(store.written).size).toBe(37)
    expect(await idsAt(store, NOW + 3 * 24 * HOUR)).toHaveLength(20)
  })
})

describe('the journal', () => {
  it('is not believed if the store was made anew', async ({ expect }) => {
    const store = aStore()
    const [cache, journal] = [aCache(), aJournal()]
    const files = { 'a.md': anArticle(), 'b.md': anArticle({}, 'B') }
    const failing = watched(store, async (pairs) => {
      if (pairs.some(([key]) => key === 'head')) throw new Error('stopped')
    })
    await expect(tryPublish(aPublisher(failing, NOW, cache, journal), files)).rejects.toThrow()
    store.values.clear()
    const result = must(await tryPublish(aPublisher(store, NOW + 1, cache, journal), files))
    expect(milestoneOf(result.plan.current).number).toBe(1)
    expect(await idsAt(store, NOW + 1)).toEqual(['a', 'b'])
  })

  it('is believed for each object that the store lists, and for no other', async ({ expect }) => {
    const files = { 'a.md': anArticle(), 'b.md': anArticle({}, 'B') }
    const first = aStore()
    const { written } = await publishTo(first, files)
    for (let lost = 1; lost < written.keys; lost++) {
      const store = aStore()
      const [cache, journal] = [aCache(), aJournal()]
      const failing = watched(store, async (pairs) => {
        if (pairs.some(([key]) => key === 'head')) throw new Error('stopped')
      })
      await expect(tryPublish(aPublisher(failing, NOW, cache, journal), files)).rejects.toThrow()
      const gone = store.written.slice(-lost)
      for (const key of gone) store.values.delete(key)
      store.written.length = 0
      store.reads.length = 0
      await publishTo(store, files, NOW, aPublisher(store, NOW, cache, journal))
      expect(store.written).toEqual([...gone, 'head'])
      // It is asked for its list, and for no key: KV would remember that it is not there.
      expect({ reads: store.reads, lists: store.lists }).toEqual({
        reads: ['head', 'head'],
        lists: 1,
      })
      expect(await idsAt(store, NOW)).toEqual(['a', 'b'])
    }
  })

  it('costs nothing if every publish was finished', async ({ expect }) => {
    const store = aStore()
    const [cache, journal] = [aCache(), aJournal()]
    const files = { 'a.md': anArticle() }
    await publishTo(store, files, NOW, aPublisher(store, NOW, cache, journal))
    await publishTo(
      store,
      { ...files, 'b.md': anArticle() },
      NOW + 1,
      aPublisher(store, NOW + 1, cache, journal),
    )
    expect(store.lists).toBe(0)
  })
})
