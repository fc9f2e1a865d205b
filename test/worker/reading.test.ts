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
    'of a cold GET %s are %i, and of the next one none',
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

  it('of a conditional request leave out the object: three', async ({ expect }) => {
    const tag = (await get('/rss.xml', watched().bindings)).headers.get('ETag') ?? ''
    await newLocation()
    const { bindings, reads } = watched()
    expect((await get('/rss.xml', bindings, { 'If-None-Match': tag })).status).toBe(304)
    expect(reads).toHaveLength(3)
  })

  it('of a new isolate are one where the edge cache has the objects', async ({ expect }) => {
    await (await get('/rss.xml', watched().bindings)).arrayBuffer()
    newIsolate()
    const { bindings, reads } = watched()
    const response = await get('/rss.xml', bindings)
    expect(await response.text()).toContain('tag:example.org,2026:hello')
    expect(reads).toEqual(['head'])
  })

  it('look at head again after a few seconds, and at nothing else', async ({ expect }) => {
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

  it('asks once more for what is missing, with the shortest memory', async ({ expect }) => {
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

  it('is 503 where no edition can be read', async ({ expect }) => {
    const response = await get('/rss.xml', watched((key) => key !== 'head').bindings)
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(await response.json()).toMatchObject({ reason: 'unavailable' })
  })

  it('is 503, and not 500, where KV itself fails', async ({ expect }) => {
    const broken = new Proxy(env.EDGEWIRE, {
      get: () => () => Promise.reject(new Error('KV GET failed: 500')),
    })
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect((await get('/rss.xml', { EDGEWIRE: broken })).status).toBe(503)
  })
})
