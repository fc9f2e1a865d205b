import { describe, it } from 'vitest'
import { formatInstant } from '../../src/article/instant.ts'
import { openPress, soundPress } from '../../src/compile/open-press.ts'
import { loadEdition, reachedBy } from '../../src/edition/edition.ts'
import { parseHead } from '../../src/edition/head.ts'
import { StoredObject } from '../../src/edition/object.ts'
import { objectKey, type Store } from '../../src/edition/store.ts'
import { fail, ok } from '../../src/markup/result.ts'
import { publish } from '../../src/publish/publish.ts'
import { rollback } from '../../src/publish/rollback.ts'
import {
  aCache,
  aFolder,
  anArticle,
  type Files,
  NOW,
  platform,
  problemsOf,
} from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aJournal, aPublisher, publishTo, tryPublish } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const HOUR = 3600
const DAY = 86_400
const FILES: Files = { 'a.md': anArticle(), 'b.md': anArticle({ title: 'B' }) }
const due = (seconds: number): string => anArticle({ published: formatInstant(NOW + seconds) })

async function isWhole(store: MemoryStore, digest: string): Promise<boolean> {
  const edition = await loadEdition(store, digest)
  if (!edition.ok) return false
  return reachedBy(edition.value).every((one) => store.values.has(objectKey(one)))
}

describe('an object that the store has lost', () => {
  it('is written again by a repair, and so is a leaf', async ({ expect }) => {
    const store = aStore()
    const { current } = await publishTo(store, FILES)
    const edition = must(await loadEdition(store, current.edition))
    for (const lost of reachedBy(edition)) {
      store.values.delete(objectKey(lost))
      const repaired = must(
        await tryPublish(aPublisher(store, NOW + HOUR), FILES, { repair: true }),
      )
      const { digest } = repaired.plan.current
      expect(await isWhole(store, digest)).toBe(true)
    }
  })

  it('does not prevent a rollback to an edition that is whole', async ({ expect }) => {
    const store = aStore()
    const first = await publishTo(store, FILES)
    const second = await publishTo(store, { ...FILES, 'c.md': anArticle() }, NOW + HOUR)
    const edition = must(await loadEdition(store, second.current.edition))
    store.values.delete(objectKey(edition.facts.articles[0]?.object ?? ''))
    store.values.delete(objectKey(second.current.edition))
    const back = await rollback(aPublisher(store, NOW + 2 * HOUR), {})
    expect(back).toMatchObject({
      value: { target: first.current.number, edition: { facts: { number: 3 } } },
    })
  })
})

describe('the journal', () => {
  it('is believed for a week, which is less than the time for which prune spares objects', async ({
    expect,
  }) => {
    const store = aStore()
    const [cache, journal] = [aCache(), aJournal()]
    const failing: Store = {
      ...store,
      put: async (pairs, stored) => {
        if (pairs.some(([key]) => key === 'head')) throw new Error('stopped')
        await store.put(pairs, stored)
      },
    }
    const stopped = tryPublish(aPublisher(failing, NOW, cache, journal), FILES)
    await expect(stopped).rejects.toThrow('stopped')
    const keys = store.written.length
    const plan = async (now: number): Promise<number> => {
      const result = await tryPublish(aPublisher(failing, now, cache, journal), FILES, {
        writes: 0,
      })
      return !result.ok && result.failure.reason === 'quota' ? result.failure.keys : 0
    }
    // Leaves and edition are dated, and so are others by then.
    expect(await plan(NOW + DAY)).toBeLessThan(keys)
    expect(await plan(NOW + 8 * DAY)).toBe(keys + 1)
  })
})

describe('a file that is saved in the middle of a publish', () => {
  it('is reported, and no empty article is published in its place', async ({ expect }) => {
    const texts: Record<string, string> = {
      'a.md': anArticle({}, 'See [x](x.md) and [y](y.md).'),
      'x.md': due(HOUR),
      'y.md': due(2 * HOUR),
    }
    const folder = aFolder(texts)
    const saved = {
      ...folder,
      read: (file: string, most: number) =>
        file === 'a.md' && late ? ok(undefined) : folder.read(file, most),
    }
    let late = false
    const press = must(soundPress(openPress(saved, { now: NOW }, platform, aCache())))
    late = true
    expect(await publish(aPublisher(aStore()), press, {})).toEqual(fail({ reason: 'file-changed' }))
  })
})

describe('two clocks', () => {
  it('lose nothing if they differ a little: each publish follows the last one', async ({
    expect,
  }) => {
    const store = aStore()
    await publishTo(store, FILES, NOW)
    await publishTo(store, { ...FILES, 'x.md': anArticle() }, NOW + 30)
    const strict = { allow: new Set<string>() }
    const behind = await tryPublish(aPublisher(store, NOW + 20), FILES, strict)
    expect(behind).toMatchObject({ failure: { reason: 'ledger', breaches: [{ id: 'x' }] } })
    const edited = { ...FILES, 'x.md': anArticle(), 'a.md': anArticle({}, 'Other') }
    const { current } = await publishTo(store, edited, NOW + 20)
    expect(current).toMatchObject({ number: 3, at: NOW + 31 })
  })

  it('are refused if they differ much', async ({ expect }) => {
    const store = aStore()
    await publishTo(store, FILES, NOW + 300)
    expect(await tryPublish(aPublisher(store, NOW), FILES)).toEqual(
      fail({ reason: 'clock-behind', seconds: 300 }),
    )
  })
})

const YEAR = 365 * DAY

/** The latest instant that anything which is published is dated by, and the timeline. */
async function latestIn(store: MemoryStore): Promise<{ dated: number; at: number[] }> {
  const head = parseHead(store.values.get('head') ?? new Uint8Array())
  const last = head?.timeline.at(-1)
  if (!head || !last) throw new Error('missing')
  const { facts, articles, documents } = must(await loadEdition(store, last.edition))
  const instants = [...articles.values(), ...documents.values()].map(({ changed }) => changed)
  const leaves = [...facts.articles, ...facts.documents].map(({ changed }) => changed)
  const dates = [facts.at, facts.floor, head.written, ...facts.history.map(({ at }) => at)]
  return {
    dated: Math.max(...instants, ...leaves, ...dates),
    at: head.timeline.map(({ at }) => at),
  }
}

describe('a clock that was a year ahead', () => {
  const again = { clockWasWrong: true }
  const retracted = anArticle({ status: 'retracted', reason: 'Wrong.' })

  it('shuts nobody out: the editions that it dated are given up, and readers lose nothing', async ({
    expect,
  }) => {
    const store = aStore()
    await publishTo(store, FILES, NOW)
    const early = { ...FILES, 'x.md': due(DAY * 100) }
    await publishTo(store, early, NOW + YEAR)
    expect(await tryPublish(aPublisher(store, NOW + HOUR), early)).toMatchObject({
      failure: { reason: 'clock-behind' },
    })
    const mended = must(await tryPublish(aPublisher(store, NOW + HOUR), early, again))
    // What readers see is what content/ says, but for what is due: only head is written.
    expect(mended.written.keys).toBe(1)
    expect([...mended.plan.current.articles.keys()]).toEqual(['a', 'b'])
    expect(await latestIn(store)).toEqual({ dated: NOW + HOUR, at: [NOW] })
    const { current } = await publishTo(store, { ...early, 'c.md': anArticle() }, NOW + 2 * HOUR)
    expect(current).toMatchObject({ number: 3, at: NOW + 2 * HOUR })
  })

  it('is corrected even if every published edition was dated by it', async ({ expect }) => {
    const store = aStore()
    const before = { ...FILES, 'r.md': anArticle() }
    await publishTo(store, before, NOW + YEAR)
    await publishTo(store, { ...before, 'r.md': retracted }, NOW + YEAR + DAY)
    const back = await rollback(aPublisher(store, NOW + YEAR + 2 * DAY), {})
    expect(back.ok).toBe(true)
    await publishTo(store, { ...before, 'r.md': retracted }, NOW + YEAR + 3 * DAY)
    // Old editions leave the timeline: nothing is left that is not in the future.
    expect((await latestIn(store)).at.every((at) => at > NOW + YEAR)).toBe(true)

    const now = NOW + HOUR
    const files = { ...before, 'r.md': retracted }
    const mended = must(await tryPublish(aPublisher(store, now), files, again))
    expect(mended.plan.current.facts.number).toBe(5)
    // What readers saw stays for who cannot read the new one yet, and is dated before it.
    expect(await latestIn(store)).toEqual({ dated: now, at: [now - 1, now] })
    const [, stone] = [...mended.plan.current.articles].find(([id]) => id === 'r') ?? []
    const [bytes] = await store.get([objectKey(stone?.object ?? '')])
    const { facts } = new StoredObject<{ retracted_at: number }>(bytes ?? new Uint8Array())
    expect(facts.retracted_at).toBeLessThanOrEqual(now)
    const next = await publishTo(store, files, now + 60)
    expect(next.written.keys).toBe(0)
  })

  it('is corrected by a rollback too, which follows what readers see', async ({ expect }) => {
    const store = aStore()
    const at = { One: NOW - DAY, Two: NOW - HOUR, Three: NOW + YEAR }
    for (const [title, now] of Object.entries(at))
      await publishTo(store, { 'a.md': anArticle({ title }) }, now)
    const refused = await rollback(aPublisher(store, NOW), {})
    expect(refused).toMatchObject({ failure: { reason: 'clock-behind' } })
    const back = await rollback(aPublisher(store, NOW), again)
    expect(back).toMatchObject({
      value: { target: 1, edition: { facts: { number: 4, at: NOW } } },
    })
    const head = parseHead(store.values.get('head') ?? new Uint8Array())
    expect(head).toMatchObject({ written: NOW, last: 4 })
  })

  it('is corrected even if it dated an older edition anew: readers get that one, dated now', async ({
    expect,
  }) => {
    const store = aStore()
    await publishTo(store, FILES, NOW - DAY)
    await publishTo(store, { ...FILES, 'c.md': anArticle() }, NOW - HOUR)
    expect(must(await rollback(aPublisher(store, NOW + YEAR), {})).target).toBe(1)
    for (const days of [1, 2])
      await publishTo(store, { ...FILES, [`d-${days}.md`]: anArticle() }, NOW + YEAR + days * DAY)
    const mended = await tryPublish(aPublisher(store, NOW), FILES, again)
    expect(mended).toMatchObject({
      value: { plan: { current: { facts: { number: 6, at: NOW } } } },
    })
    expect(await latestIn(store)).toEqual({ dated: NOW, at: [NOW - 1, NOW] })
  })

  it('changes nothing if no clock was wrong', async ({ expect }) => {
    const store = aStore()
    const files = { ...FILES, 'x.md': due(HOUR) }
    await publishTo(store, files, NOW)
    store.written.length = 0
    const same = await tryPublish(aPublisher(store, NOW + 60), files, again)
    expect(same).toMatchObject({
      value: { plan: { scheduled: [{ edition: { facts: { at: NOW + HOUR } } }] } },
    })
  })
})

describe('a scheduled edition', () => {
  it('is named when it is given up, and its number is never given again', async ({ expect }) => {
    const store = aStore()
    await publishTo(store, { ...FILES, 'x.md': due(HOUR) })
    const withdrawn = await tryPublish(aPublisher(store, NOW + 60), FILES)
    expect(withdrawn).toMatchObject({ value: { plan: { unscheduled: ['x'], scheduled: [] } } })
    const next = { ...FILES, 'a.md': anArticle({}, 'Other') }
    expect((await publishTo(store, next, NOW + 120)).current.number).toBe(3)
  })

  it('tells nobody of an article that was retracted before anybody saw it', async ({ expect }) => {
    const store = aStore()
    await publishTo(store, { ...FILES, 'x.md': due(HOUR) })
    const front = { published: formatInstant(NOW + HOUR), status: 'retracted', reason: 'Secret.' }
    const files = { ...FILES, 'x.md': anArticle(front) }
    await publishTo(store, files, NOW + 60)
    const { counts, changes } = await publishTo(store, files, NOW + 2 * HOUR)
    expect({ counts, changes }).toEqual({ counts: { articles: 2, retractions: 0 }, changes: [] })
    const old = anArticle({ status: 'retracted', retracted_at: '2026-02-10T00:00:00Z' })
    const imported = await publishTo(store, { ...files, 'old.md': old }, NOW + 3 * HOUR)
    expect(imported.counts.retractions).toBe(1)
  })
})

describe('a file in front matter', () => {
  it('is a file, and not another article', ({ expect }) => {
    const attachments = '[{ src: b.md, type: text/html }]'
    const problems = problemsOf({ 'a.md': anArticle({ attachments }), 'b.md': due(HOUR) })
    expect(problems).toMatchObject([{ file: 'a.md', line: 4, reason: 'missing-file' }])
  })
})
