import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { createApp } from '../../src/worker/app.ts'
import type { Bindings } from '../../src/worker/kv.ts'
import { isolate } from '../../src/worker/this-isolate.ts'
import { anArticle, NOW } from '../support/corpus.ts'
import { emptyKv, newIsolate, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const HELLO = { 'hello.md': anArticle({}, '![A](a.png)'), 'a.png': new Uint8Array([1, 2, 3]) }

/** The real KV, with a list of what was asked of it, and keys that it does not show yet. */
function watched(hidden: (key: string) => boolean = () => false): {
  bindings: Bindings
  reads: string[]
} {
  const reads: string[] = []
  const get = (key: string, options: object): Promise<unknown> => {
    reads.push(key)
    return hidden(key)
      ? Promise.resolve(null)
      : env.EDGEWIRE.get(key, options as { type: 'arrayBuffer' })
  }
  return {
    bindings: {
      EDGEWIRE: new Proxy(env.EDGEWIRE, {
        get: (kv, name) => (name === 'get' ? get : Reflect.get(kv, name)),
      }),
    },
    reads,
  }
}

/** A KV that fails, whatever is asked of it, and how often it was asked. */
function failing(): { bindings: Bindings; reads: string[] } {
  const reads: string[] = []
  const get = (key: string): Promise<never> => {
    reads.push(key)
    return Promise.reject(new Error('KV GET failed: 503 Service Unavailable'))
  }
  return { bindings: { EDGEWIRE: new Proxy(env.EDGEWIRE, { get: () => get }) }, reads }
}

async function get(
  path: string,
  bindings: Bindings,
  headers: Record<string, string> = {},
): Promise<Response> {
  const context = createExecutionContext()
  const response = await createApp(isolate).fetch(
    new Request(`${SITE}${path}`, { headers }),
    bindings,
    context,
  )
  await waitOnExecutionContext(context)
  return response
}

/** A location that has nothing yet: neither the isolate nor its edge cache. */
async function newLocation(): Promise<void> {
  newIsolate()
  await caches.default.delete(`${SITE}/__head`)
  const { keys } = await env.EDGEWIRE.list()
  const objects = keys.map(({ name }) => name.slice(2))
  for (const at of [NOW, NOW + 60]) {
    for (const digest of objects) await caches.default.delete(`${SITE}/__object/${at}/${digest}`)
  }
}

beforeEach(async () => {
  vi.setSystemTime(NOW * 1000)
  await publishFiles(HELLO)
  await newLocation()
})

afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await emptyKv()
})

describe('KV reads', () => {
  it.for([
    ['/rss.xml', 4],
    ['/feed.json', 4],
    ['/', 4],
    ['/articles/hello', 6],
    ['/articles/hello.json', 6],
    ['/nothing', 3],
    ['/health', 2],
  ] as const)(
    'for a cold GET %s are %i, and none for the next one',
    async ([path, count], { expect }) => {
      const { bindings, reads } = watched()
      const cold = await get(path, bindings)
      await cold.arrayBuffer()
      expect(reads).toHaveLength(count)
      expect(reads.filter((key) => key === 'head')).toHaveLength(1)
      await (await get(path, bindings)).arrayBuffer()
      expect(reads).toHaveLength(count)
    },
  )

  it('for a query are none, but for one that an old address has', async ({ expect }) => {
    await publishFiles({ 'hello.md': anArticle({ aliases: '["/?p=42"]' }) }, NOW + 1)
    vi.setSystemTime((NOW + 2) * 1000)
    await newLocation()
    const { bindings, reads } = watched()
    const readsOf = async (path: string): Promise<number> => {
      const before = reads.length
      await (await get(path, bindings)).arrayBuffer()
      return reads.length - before
    }
    await readsOf('/')
    expect(await readsOf('/?utm_source=x&q=42')).toBe(0)
    expect(await readsOf('/?p=42')).toBeGreaterThan(0)
    await readsOf('/nothing')
    expect(await readsOf('/nothing?q=42')).toBe(0)
  })

  it('for a conditional request are three, without the object', async ({ expect }) => {
    const tag = (await get('/rss.xml', watched().bindings)).headers.get('ETag') ?? ''
    await newLocation()
    const { bindings, reads } = watched()
    expect((await get('/rss.xml', bindings, { 'If-None-Match': tag })).status).toBe(304)
    expect(reads).toHaveLength(3)
  })

  it('for a new isolate are one if the edge cache has the objects', async ({ expect }) => {
    await (await get('/rss.xml', watched().bindings)).arrayBuffer()
    newIsolate()
    const { bindings, reads } = watched()
    const response = await get('/rss.xml', bindings)
    expect(await response.text()).toContain('tag:example.org,2026:hello')
    expect(reads).toEqual(['head'])
  })

  it('are of head alone after a few seconds', async ({ expect }) => {
    const { bindings, reads } = watched()
    await (await get('/rss.xml', bindings)).arrayBuffer()
    vi.setSystemTime((NOW + 10) * 1000)
    await (await get('/rss.xml', bindings)).arrayBuffer()
    expect(reads.slice(4)).toEqual(['head'])
  })
})

describe('the edge cache', () => {
  it('holds objects under their publish instant and digest, for as long as they are true', async ({
    expect,
  }) => {
    const tag = (await get('/rss.xml', watched().bindings)).headers.get('ETag') ?? ''
    const digest = /"(.*)\.rss"/.exec(tag)?.[1]
    const cached = await caches.default.match(`${SITE}/__object/${NOW}/${digest}`)
    expect(cached?.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect((await cached?.arrayBuffer())?.byteLength).toBeGreaterThan(0)
  })
})

describe('a location where KV lags behind', () => {
  const NEXT = { ...HELLO, 'new.md': anArticle({ title: 'New' }) }

  /** The keys that the second edition added. */
  async function publishNext(): Promise<Set<string>> {
    const before = new Set((await env.EDGEWIRE.list()).keys.map(({ name }) => name))
    vi.setSystemTime((NOW + 60) * 1000)
    await publishFiles(NEXT, NOW + 60)
    await newLocation()
    return new Set(
      (await env.EDGEWIRE.list()).keys.map(({ name }) => name).filter((name) => !before.has(name)),
    )
  }

  it('serves the whole edition before, for 30 seconds, whatever object is missing', async ({
    expect,
  }) => {
    const old = new Map<string, string>()
    for (const path of ['/', '/rss.xml', '/atom.xml', '/feed.json'])
      old.set(path, await (await get(path, watched().bindings)).text())
    const added = await publishNext()
    expect(added.size).toBeGreaterThan(4)
    for (const missing of added) {
      for (const [path, text] of old) {
        await newLocation()
        const response = await get(path, watched((key) => key === missing).bindings)
        expect(response.status).toBe(200)
        const body = await response.text()
        if (body === text) expect(response.headers.get('Cache-Control')).toMatch(/max-age=30,/)
        else expect(body).toContain('New')
      }
    }
  })

  it('asks once more for a missing object, with the shortest cache time', async ({ expect }) => {
    const added = await publishNext()
    const all = watched()
    for (const path of ['/', '/rss.xml', '/articles/new'])
      await (await get(path, all.bindings)).arrayBuffer()
    const missing = all.reads.find((key) => key !== 'head' && added.has(key)) ?? ''
    await newLocation()
    const { bindings, reads } = watched((key) => key === missing)
    for (const path of ['/', '/rss.xml', '/articles/new'])
      await (await get(path, bindings)).arrayBuffer()
    const asked = reads.filter((key) => key === missing)
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(asked.length % 2).toBe(0)
  })

  it('never returns to a lower number once it has shown a higher one', async ({ expect }) => {
    const oldHead = await env.EDGEWIRE.get('head')
    await publishNext()
    const { bindings } = watched()
    expect(await (await get('/health', bindings)).json()).toMatchObject({ number: 2 })
    await env.EDGEWIRE.put('head', oldHead ?? '')
    vi.setSystemTime((NOW + 120) * 1000)
    expect(await (await get('/health', bindings)).json()).toMatchObject({ number: 2 })
    expect(await (await get('/rss.xml', bindings)).text()).toContain('New')
  })

  it('keeps serving what it knows while KV shows no head, or one that nobody wrote', async ({
    expect,
  }) => {
    const { bindings } = watched()
    await (await get('/rss.xml', bindings)).arrayBuffer()
    for (const head of [
      '',
      'nonsense',
      '{"schema":1}',
      '{"schema":99,"site":"x","timeline":[{"at":1,"number":9,"edition":"x"}]}',
    ]) {
      await env.EDGEWIRE.put('head', head)
      vi.setSystemTime(Date.now() + 10_000)
      expect((await get('/rss.xml', bindings)).status).toBe(200)
    }
  })
})

describe('nothing to serve', () => {
  it('is 503 with Retry-After before the first publish, and the edition right after it', async ({
    expect,
  }) => {
    await emptyKv()
    const { bindings } = watched()
    for (const path of ['/', '/rss.xml', '/articles/x', '/health', '/nothing']) {
      const response = await get(path, bindings)
      expect(response.status).toBe(503)
      expect(response.headers.get('Retry-After')).toBe('30')
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(await response.json()).toMatchObject({ reason: 'unpublished' })
    }
    await publishFiles(HELLO)
    expect((await get('/rss.xml', bindings)).status).toBe(200)
  })

  it('is 503 if no edition can be read', async ({ expect }) => {
    const response = await get('/rss.xml', watched((key) => key !== 'head').bindings)
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(await response.json()).toMatchObject({ reason: 'unavailable' })
  })

  it('is 503 if KV fails, and does not say that nothing is published', async ({ expect }) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const response = await get('/rss.xml', failing().bindings)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ reason: 'unavailable', schema: 1 })
  })

  it('waits longer the longer KV has been failing, within bounds', async ({ expect }) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { bindings } = failing()
    const waits: (string | null)[] = []
    for (const seconds of [0, 4, 60, 200, 3600, 86_400]) {
      vi.setSystemTime((NOW + seconds) * 1000)
      waits.push((await get('/rss.xml', bindings)).headers.get('Retry-After'))
    }
    expect(waits).toEqual(['5', '5', '30', '100', '300', '300'])
    expect((await get('/rss.xml', watched().bindings)).status).toBe(200)
    newIsolate()
    await newLocation()
    vi.setSystemTime((NOW + 86_500) * 1000)
    expect((await get('/rss.xml', bindings)).headers.get('Retry-After')).toBe('5')
  })
})

describe('an hour without KV', () => {
  const PATHS = ['/', '/rss.xml', '/atom.xml', '/articles/hello', '/articles/hello.json', '/health']

  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))

  async function bodies(paths: readonly string[], bindings: Bindings): Promise<string[]> {
    const found: string[] = []
    for (const path of paths) {
      const response = await get(path, bindings)
      found.push(`${path} ${response.status} ${(await response.text()).replace(/"age":\d+/, '')}`)
    }
    return found
  }

  it('serves from a new isolate all that the location holds, asking KV once for each look', async ({
    expect,
  }) => {
    const served = await bodies(PATHS, watched().bindings)
    newIsolate()
    vi.setSystemTime((NOW + 3600) * 1000)
    const { bindings, reads } = failing()
    expect(await bodies(PATHS, bindings)).toEqual(served)
    expect(reads).toEqual(['head'])
  })

  it('asks KV for one object at most, and answers 503 for objects that the location does not hold', async ({
    expect,
  }) => {
    await bodies(['/rss.xml'], watched().bindings)
    newIsolate()
    const { bindings, reads } = failing()
    const response = await get('/articles/hello', bindings)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ reason: 'unavailable' })
    expect(new Set(reads).size).toBeLessThanOrEqual(2)
  })

  it('begins a scheduled edition at its second', async ({ expect }) => {
    const due = anArticle({ title: 'Due', published: '2026-03-01T00:10:00Z' })
    await publishFiles({ ...HELLO, 'due.md': due })
    const [now, then] = [NOW + 599, NOW + 600]
    vi.setSystemTime(now * 1000)
    const before = await bodies(['/rss.xml'], watched().bindings)
    // An isolate whose clock is ahead has read what is due.
    vi.setSystemTime(then * 1000)
    const after = await bodies(['/rss.xml'], watched().bindings)
    expect(after).not.toEqual(before)
    vi.setSystemTime(now * 1000)
    newIsolate()
    const { bindings } = failing()
    expect(await bodies(['/rss.xml'], bindings)).toEqual(before)
    const fresh = (await get('/rss.xml', bindings)).headers.get('Cache-Control')
    expect(fresh).toMatch(/max-age=1,/)
    vi.setSystemTime(then * 1000)
    expect(await bodies(['/rss.xml'], bindings)).toEqual(after)
  })

  it('serves from an edition of the day before what the location holds of that one only', async ({
    expect,
  }) => {
    const [article] = await bodies(['/articles/hello'], watched().bindings)
    for (const seconds of [3600, 7200, 10_800]) {
      vi.setSystemTime((NOW + seconds) * 1000)
      const files = { ...HELLO, [`s-${seconds}.md`]: anArticle() }
      await publishFiles(files, NOW + seconds)
      await bodies(['/health'], watched().bindings)
    }
    newIsolate()
    const { bindings } = failing()
    expect(await bodies(['/articles/hello'], bindings)).toEqual([article])
    // What an old edition did not have yet may well be there.
    expect((await get('/articles/s-3600', bindings)).status).toBe(503)
    vi.setSystemTime((NOW + 5 * 86_400) * 1000)
    newIsolate()
    expect((await get('/articles/hello', bindings)).status).toBe(503)
  })

  it('never returns to a lower number, neither to that of the head kept here nor because of it', async ({
    expect,
  }) => {
    const first = await env.EDGEWIRE.get('head')
    await bodies(['/health'], watched().bindings)
    vi.setSystemTime((NOW + 60) * 1000)
    await publishFiles({ ...HELLO, 'new.md': anArticle() }, NOW + 60)
    const [second] = await bodies(['/health'], watched().bindings)
    // An isolate to which KV shows the edition before does not take the newer head away.
    newIsolate()
    await env.EDGEWIRE.put('head', first ?? '')
    const [lagging] = await bodies(['/health'], watched().bindings)
    expect(lagging).not.toBe(second)
    newIsolate()
    expect(await bodies(['/health'], failing().bindings)).toEqual([second])
    vi.setSystemTime((NOW + 70) * 1000)
    expect(await bodies(['/health'], watched().bindings)).toEqual([second])
  })

  it('says that nothing is published only if KV says so', async ({ expect }) => {
    await bodies(PATHS, watched().bindings)
    await emptyKv()
    const response = await get('/rss.xml', watched().bindings)
    expect(await response.json()).toMatchObject({ reason: 'unpublished' })
  })

  it.for(['match', 'put', 'delete'] as const)(
    'answers 503 at worst if the cache fails too, at %s; while KV works, nobody notices that',
    async (name, { expect }) => {
      vi.spyOn(caches.default, name).mockRejectedValue(new Error('The cache is not available.'))
      const [whole] = await bodies(['/rss.xml'], watched().bindings)
      expect(whole).toMatch(/^\/rss.xml 200 /)
      newIsolate()
      const [cut] = await bodies(['/rss.xml'], failing().bindings)
      expect(cut).toMatch(name === 'delete' ? /^\/rss.xml 200 / : /^\/rss.xml 503 .*unavailable/)
    },
  )
})

describe('a damaged object', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))

  it('is not kept, and its address is back as soon as KV has it whole', async ({ expect }) => {
    const { bindings, reads } = watched()
    const whole = await (await get('/rss.xml', bindings)).text()
    const key = reads.at(-1) ?? ''
    const stored = (await env.EDGEWIRE.get(key, 'arrayBuffer')) ?? new ArrayBuffer()
    await newLocation()
    for (const bytes of ['', stored.slice(0, 300), `${'x'.repeat(2000)}\n`]) {
      await env.EDGEWIRE.put(key, bytes)
      expect((await get('/rss.xml', bindings)).status).toBe(503)
      await env.EDGEWIRE.put(key, stored)
      newIsolate()
      expect(await (await get('/rss.xml', bindings)).text()).toBe(whole)
      await newLocation()
    }
  })

  it('is thrown out of the cache of the location', async ({ expect }) => {
    const { bindings, reads } = watched()
    const whole = await (await get('/rss.xml', bindings)).text()
    const cached = `${SITE}/__object/${NOW}/${reads.at(-1)?.slice(2)}`
    const headers = { 'Cache-Control': 'public, max-age=31536000' }
    for (const body of ['', 'garbage']) {
      await caches.default.put(cached, new Response(body, { headers }))
      newIsolate()
      expect((await get('/rss.xml', failing().bindings)).status).toBe(503)
      expect(await caches.default.match(cached)).toBeUndefined()
      await caches.default.put(cached, new Response(body, { headers }))
      newIsolate()
      expect(await (await get('/rss.xml', bindings)).text()).toBe(whole)
      newIsolate()
      expect(await (await get('/rss.xml', failing().bindings)).text()).toBe(whole)
    }
  })
})
