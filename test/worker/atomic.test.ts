import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import type { Pair, Store } from '../../src/edition/store.ts'
import { aCache, anArticle, type Files, NOW } from '../support/corpus.ts'
import { emptyKv, kvStore, newIsolate, publishFiles } from '../support/kv-store.ts'
import { aJournal, aPublisher, tryPublish } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const MINUTE = 60
const PICTURE = new Uint8Array([1, 2, 3])

const dozen = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [
    `s-${n}.md`,
    anArticle({ title: `Story ${n}` }, n === 0 ? '![A](a.png)' : `Text ${n}`),
  ]),
)
const OLD: Files = { ...dozen, 'a.png': PICTURE }
const NEW: Files = {
  ...dozen,
  'a.png': PICTURE,
  'b.png': new Uint8Array([4]),
  's-1.md': anArticle({ title: 'Story 1', updated: '2026-02-20T00:00:00Z' }, 'Corrected'),
  's-2.md': anArticle({ title: 'Story 2' }, 'Edited'),
  's-3.md': anArticle({ title: 'Story 3', status: 'retracted', reason: 'Wrong.' }),
  's-12.md': anArticle({ title: 'Story 12', aliases: '[old-name]' }, '![B](b.png)'),
  's-13.md': anArticle({ title: 'Story 13', published: '2026-03-01T02:00:00Z' }),
}

/** A KV that fails after some writes: its plug is pulled. */
function stopsAfter(writes: number): Store & { readonly written: string[] } {
  const written: string[] = []
  return {
    ...kvStore,
    written,
    async put(pairs: readonly Pair[], stored) {
      for (const pair of pairs) {
        if (written.length >= writes) throw new Error('stopped')
        await kvStore.put([pair])
        written.push(pair[0])
        stored?.([pair[0]])
      }
    },
  }
}

/** Every address of the site, from both editions, and what it answers. */
async function answers(paths: readonly string[]): Promise<Map<string, string>> {
  newIsolate()
  const found = new Map<string, string>()
  // As programs ask for everything, and as people ask for what is not there, or was withdrawn.
  const asked = paths.map((path) => [path, '*/*'] as const)
  const people = ['/nothing', '/articles/s-3'].map((path) => [path, 'text/html'] as const)
  for (const [path, accept] of [...asked, ...people]) {
    const response = await exports.default.fetch(`https://wire.example.org${path}`, {
      redirect: 'manual',
      headers: { Accept: accept },
    })
    const { status, headers } = response
    const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
    const age = path === '/health' ? body.replace(/"age":\d+/, '') : body
    found.set(path + accept, [status, headers.get('ETag'), headers.get('Location'), age].join('\n'))
  }
  return found
}

async function pathsOf(store: Store): Promise<string[]> {
  const cache = aCache()
  const result = must(await tryPublish(aPublisher(store, NOW, cache), NEW))
  const { articles, documents } = result.plan.current
  const pages = [...articles.keys()].flatMap((id) =>
    ['', '.json', '.atom'].map((form) => `/articles/${id}${form}`),
  )
  const files = [...documents.keys()].filter((name) => name.startsWith('/media/'))
  const folders = ['/', '/feeds/', '/archive/', '/archive/2026-01/', '/archive/2026-02/']
  const fixed = [...folders, '/rss.xml', '/atom.xml', '/feed.json', '/health', '/articles/old-name']
  return [...fixed, ...pages, ...files, '/articles/s-13', '/nothing']
}

beforeEach(() => void vi.setSystemTime((NOW + 2 * MINUTE) * 1000))
afterEach(async () => {
  vi.useRealTimers()
  await emptyKv()
})

describe('a publish that stops', () => {
  it('leaves exactly the old edition after any write, and is completed without writing twice', async ({
    expect,
  }) => {
    const paths = await pathsOf({
      get: async (keys) => keys.map(() => undefined),
      put: async () => {},
    })
    await publishFiles(OLD)
    const before = await answers(paths)
    const { keys } = await env.EDGEWIRE.list()
    const standing = new Map<string, ArrayBuffer | null>()
    for (const { name } of keys) standing.set(name, await env.EDGEWIRE.get(name, 'arrayBuffer'))

    const cache = aCache()
    const whole = stopsAfter(Number.POSITIVE_INFINITY)
    const done = await tryPublish(aPublisher(whole, NOW + MINUTE, cache), NEW)
    expect(done).toHaveProperty('ok', true)
    const after = await answers(paths)
    expect(after.get('/articles/s-3*/*')).toMatch(/^410/)
    const all = whole.written.length
    expect(all).toBeGreaterThan(12)

    for (let writes = 0; writes < all; writes++) {
      await emptyKv()
      for (const [key, value] of standing) await env.EDGEWIRE.put(key, value ?? '')
      const journal = aJournal()
      const first = stopsAfter(writes)
      const stopped = tryPublish(aPublisher(first, NOW + MINUTE, cache, journal), NEW)
      await expect(stopped).rejects.toThrow('stopped')
      expect(await answers(paths)).toEqual(before)

      const second = stopsAfter(Number.POSITIVE_INFINITY)
      await tryPublish(aPublisher(second, NOW + MINUTE, cache, journal), NEW)
      expect(new Set([...first.written, ...second.written]).size).toBe(all)
      expect(second.written).toHaveLength(all - writes)
      expect(second.written.at(-1)).toBe('head')
    }
    expect(await answers(paths)).toEqual(after)
  })
})
