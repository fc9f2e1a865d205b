import { describe, it } from 'vitest'
import { throughCache } from '../../src/compile/compile-cache.ts'
import { loadEdition } from '../../src/edition/edition.ts'
import { parseHead } from '../../src/edition/head.ts'
import { objectKey, type TidyStore } from '../../src/edition/store.ts'
import { fail } from '../../src/markup/result.ts'
import { planPrune } from '../../src/publish/prune.ts'
import { type Rollback, type RollbackOptions, rollback } from '../../src/publish/rollback.ts'
import { readStatus } from '../../src/publish/status.ts'
import { aCache, anArticle, NOW, platform } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aPublisher, publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const HOUR = 3600
const DAY = 86_400

/** Three editions, an hour apart, and the time after them. */
async function threeEditions(): Promise<{ store: MemoryStore; now: number }> {
  const store = aStore()
  for (const [index, title] of ['One', 'Two', 'Three'].entries())
    await publishTo(store, { 'a.md': anArticle({ title }) }, NOW + index * HOUR)
  store.written.length = 0
  return { store, now: NOW + 3 * HOUR }
}

async function back(
  store: MemoryStore,
  now: number,
  options: RollbackOptions = {},
): Promise<Rollback> {
  return must(await rollback(aPublisher(store, now), options))
}

const refused = async (store: MemoryStore, now: number, options: RollbackOptions = {}) =>
  rollback(aPublisher(store, now), options)

describe('rolling back', () => {
  it('takes two writes: the earlier edition with the next number and a floor, and head', async ({
    expect,
  }) => {
    const { store, now } = await threeEditions()
    const { edition, target, changes } = await back(store, now)
    expect(store.written).toEqual([objectKey(edition.digest), 'head'])
    expect(target).toBe(2)
    expect(changes.map(({ name }) => name)).toEqual(['a'])
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    const old = edition.facts.history.find(({ number }) => number === 2)
    const before = must(await loadEdition(store, old?.digest ?? ''))
    expect(edition.facts).toMatchObject({
      number: 4,
      at: now,
      floor: now,
      articles: before.facts.articles,
      documents: before.facts.documents,
    })
    expect(head?.timeline.at(-1)).toEqual({ at: now, number: 4, edition: edition.digest })
  })

  it('goes to any edition in the history, and asks which one after an earlier rollback', async ({
    expect,
  }) => {
    const { store, now } = await threeEditions()
    await back(store, now)
    expect(await refused(store, now + 60)).toEqual(
      fail({ reason: 'is-rollback', number: 4, replaced: 3 }),
    )
    expect(await refused(store, now + 60, { target: 4 })).toEqual(
      fail({ reason: 'is-current', target: 4 }),
    )
    expect(await refused(store, now + 60, { target: 9 })).toEqual(
      fail({ reason: 'no-edition', target: 9, known: [3, 2, 1] }),
    )
    const { edition } = await back(store, now + 60, { target: 1 })
    expect(edition.facts).toMatchObject({ number: 5, floor: now + 60 })
  })

  it('is followed by a publish that restores content/ and keeps the floor', async ({ expect }) => {
    const { store, now } = await threeEditions()
    await back(store, now)
    const { current } = await publishTo(store, { 'a.md': anArticle({ title: 'Three' }) }, now + 60)
    const edition = must(await loadEdition(store, current.edition))
    expect(edition.facts).toMatchObject({ number: 5, floor: now })
    expect(edition.articles.get('a')?.changed).toBe(now + 60)
  })

  it('is refused while editions are due, unless they are given up', async ({ expect }) => {
    const { store, now } = await threeEditions()
    const due = { 'b.md': anArticle({ published: '2026-03-02T00:00:00Z' }) }
    await publishTo(store, { 'a.md': anArticle({ title: 'Three' }), ...due }, now)
    expect(await refused(store, now + 60)).toEqual(fail({ reason: 'due', at: [NOW + DAY] }))
    // The due edition is the fourth; what was current before it is the third.
    const { edition } = await back(store, now + 60, { target: 2, dropScheduled: true })
    expect(edition.facts.number).toBe(5)
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    expect(head?.timeline.at(-1)?.number).toBe(5)
  })

  it('says so if nothing is published, or the edition is gone', async ({ expect }) => {
    expect(await refused(aStore(), NOW)).toEqual(fail({ reason: 'unpublished' }))
    const { store, now } = await threeEditions()
    const status = must(await readStatus(store, now, platform))
    if (!status) throw new Error('no status')
    store.values.delete(objectKey(status.current.facts.history[1]?.digest ?? ''))
    expect(await refused(store, now, { target: 1 })).toEqual(fail({ reason: 'pruned', target: 1 }))
  })
})

describe('pruning', () => {
  /** A store of which everything was written at the instants of its editions. */
  async function tidy(): Promise<{ store: TidyStore; memory: MemoryStore }> {
    const memory = aStore()
    const written = new Map<string, number>()
    for (const [index, title] of ['One', 'Two', 'Three', 'Four'].entries()) {
      const now = NOW + index * 30 * DAY
      memory.written.length = 0
      await publishTo(memory, { 'a.md': anArticle({ title }) }, now)
      for (const key of memory.written) written.set(key, now)
    }
    const store: TidyStore = {
      ...memory,
      list: async () =>
        [...memory.values.keys()].map((key) => ({ key, written: written.get(key) })),
      remove: async (keys) => {
        for (const key of keys) memory.values.delete(key)
      },
    }
    return { store, memory }
  }

  const plan = async (store: TidyStore, days: number, now: number) => {
    const reader = throughCache(store, aCache(), platform)
    const found = must(await planPrune({ store, reader, platform }, { seconds: days * DAY }, now))
    return found
  }

  it('keeps what the editions of the last days reach, and removes the rest', async ({ expect }) => {
    const { store, memory } = await tidy()
    const now = NOW + 91 * DAY
    // The first one was current until its successor came, 61 days ago.
    expect((await plan(store, 70, now)).kept).toEqual([4, 3, 2, 1])
    // The second one is still in the timeline: a reader may fall back to it.
    const found = await plan(store, 20, now)
    expect(found.kept).toEqual([4, 3, 2])
    expect(found.objects.removed).toBe(found.keys.length)
    expect(found.keys).not.toContain('head')
    await store.remove(found.keys)
    const left = await loadEdition(memory, (await statusOf(memory, now)).current.digest)
    expect(left).not.toHaveProperty('missing')
    expect((await plan(store, 20, now)).keys).toEqual([])
    expect(await refused(memory, now, { target: 1 })).toMatchObject({
      failure: { reason: 'pruned' },
    })
    expect(await back(memory, now, { target: 3 })).toMatchObject({ target: 3 })
  })

  it('keeps objects younger than two weeks, since an unfinished publish may need them', async ({
    expect,
  }) => {
    const { store, memory } = await tidy()
    const now = NOW + 91 * DAY
    const orphan = { key: objectKey('x'.repeat(43)), written: now - HOUR }
    memory.values.set(orphan.key, new Uint8Array([1]))
    const young: TidyStore = {
      ...store,
      list: async () => [...(await store.list()).filter(({ key }) => key !== orphan.key), orphan],
    }
    expect(await plan(young, 90, now)).toMatchObject({ keys: [], objects: { young: 1 } })
    expect((await plan(young, 90, now + 15 * DAY)).keys).toContain(orphan.key)
  })

  it('touches no other key, and removes nothing if an edition cannot be read', async ({
    expect,
  }) => {
    const { store, memory } = await tidy()
    const now = NOW + 91 * DAY
    memory.values.set('somebody-elses', new Uint8Array([1]))
    expect((await plan(store, 1, now)).keys).not.toContain('somebody-elses')
    const { current } = await statusOf(memory, now)
    memory.values.delete(objectKey(current.facts.documents[0]?.object ?? ''))
    const reader = throughCache(store, aCache(), platform)
    expect(await planPrune({ store, reader, platform }, { seconds: DAY }, now)).toMatchObject({
      failure: { reason: 'missing-object' },
    })
  })

  async function statusOf(store: MemoryStore, now: number) {
    const status = must(await readStatus(store, now, platform))
    if (!status) throw new Error('no status')
    return status
  }
})
