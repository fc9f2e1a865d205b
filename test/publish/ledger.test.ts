import { describe, it } from 'vitest'
import { fail } from '../../src/markup/result.ts'
import type { Breach } from '../../src/publish/ledger.ts'
import type { PublishOptions } from '../../src/publish/publish.ts'
import { anArticle, type Files, NOW } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { aPublisher, publishTo, tryPublish } from '../support/publishing.ts'

const FIRST: Files = {
  'a.md': anArticle({ title: 'The story of A' }),
  'b.md': anArticle({ title: 'The story of B', published: '2026-02-02T00:00:00Z' }),
}

/** Publishes `FIRST`, and then something else as strictly as the command line does. */
async function then(
  files: Files,
  options: PublishOptions = {},
): Promise<{ breaches: readonly Breach[]; store: MemoryStore }> {
  const store = aStore()
  await publishTo(store, FIRST)
  const before = new Map(store.values)
  const allow = new Set<string>()
  const result = await tryPublish(aPublisher(store, NOW + 60), files, { allow, ...options })
  if (result.ok) return { breaches: [], store }
  if (result.failure.reason !== 'ledger') throw new Error(result.failure.reason)
  if (store.values.size !== before.size) throw new Error('Something was written.')
  return { breaches: result.failure.breaches, store }
}

describe('the ledger', () => {
  it('refuses that an article vanishes, unless that is allowed', async ({ expect }) => {
    const { 'b.md': _, ...rest } = FIRST
    expect((await then(rest)).breaches).toEqual([{ id: 'b', breach: 'vanished', near: [] }])
    expect((await then(rest, { allow: new Set(['a']) })).breaches).toHaveLength(1)
    expect((await then(rest, { allow: new Set(['b']) })).breaches).toEqual([])
  })

  it('names the article that a renamed file has become', async ({ expect }) => {
    const { 'b.md': text = '', ...rest } = FIRST
    const { breaches } = await then({ ...rest, 'b-as-in-beta.md': text })
    expect(breaches).toEqual([{ id: 'b', breach: 'vanished', near: ['b-as-in-beta'] }])
  })

  it('refuses that a publish date moves, also into an embargo', async ({ expect }) => {
    for (const published of ['2026-02-03T00:00:00Z', '2026-03-02T00:00:00Z']) {
      const moved = anArticle({ title: 'The story of B', published })
      const { breaches } = await then({ ...FIRST, 'b.md': moved })
      expect(breaches).toMatchObject([
        { id: 'b', breach: 'moved', was: 1_769_990_400, now: Date.parse(published) / 1000 },
      ])
    }
  })

  it('refuses that a permanent id changes, and that a draft is made of what is out', async ({
    expect,
  }) => {
    const renamed = anArticle({ title: 'The story of A', guid: 'urn:a' })
    expect((await then({ ...FIRST, 'a.md': renamed })).breaches).toEqual([
      { id: 'a', breach: 'renamed', was: 'tag:example.org,2026:a', now: 'urn:a' },
    ])
    const draft = anArticle({ title: 'The story of A', status: 'draft' })
    expect((await then({ ...FIRST, 'a.md': draft })).breaches).toMatchObject([
      { id: 'a', breach: 'vanished' },
    ])
  })

  it('takes corrections, edits, retractions and news, and refuses to take a retraction back', async ({
    expect,
  }) => {
    const next: Files = {
      'a.md': anArticle({ title: 'A, again', updated: '2026-02-20T00:00:00Z' }, 'Other words'),
      'b.md': anArticle({ published: '2026-02-02T00:00:00Z', status: 'retracted' }),
      'c.md': anArticle({ title: 'C' }),
    }
    const { breaches, store } = await then(next)
    expect(breaches).toEqual([])
    const again = await tryPublish(
      aPublisher(store, NOW + 120),
      { ...next, ...FIRST, 'a.md': next['a.md'] ?? '' },
      { allow: new Set() },
    )
    expect(again).toEqual(fail({ reason: 'ledger', breaches: [{ id: 'b', breach: 'returned' }] }))
  })

  it('says what happened to each article', async ({ expect }) => {
    const store = aStore()
    await publishTo(store, {
      ...FIRST,
      'c.md': anArticle(),
      'd.md': anArticle(),
      'e.md': anArticle(),
    })
    const { changes } = await publishTo(
      store,
      {
        'a.md': anArticle({ title: 'The story of A', updated: '2026-02-20T00:00:00Z' }, 'More'),
        'b.md': anArticle({ title: 'The story of B', published: '2026-02-02T00:00:00Z' }, 'Less'),
        'c.md': anArticle({ status: 'retracted' }),
        'd.md': anArticle(),
        'f.md': anArticle(),
      },
      NOW + 60,
    )
    expect(changes.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'a corrected',
      'b edited',
      'c retracted',
      'e removed',
      'f added',
    ])
  })
})
