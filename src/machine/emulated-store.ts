/**
 * The local KV through wrangler's own emulation, which takes over a second to start. No other file
 * of this room touches a KV binding.
 */

import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { ListedKey, Pair, TidyStore } from '../edition/store.ts'
import { DISK_FULL } from './breakdown.ts'
import { clock } from './platform.ts'
import { StoreError } from './store-refusal.ts'
import { loadWrangler } from './wrangler.ts'

type Metadata = { readonly written?: number }

/** The part of the KV binding in `wrangler.toml` that a publisher needs. */
type LocalKv = {
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>
  put(key: string, value: ArrayBufferView, options: { metadata: Metadata }): Promise<void>
  delete(key: string): Promise<void>
  list(options: { cursor?: string | undefined }): Promise<{
    keys: { name: string; metadata?: Metadata }[]
    list_complete: boolean
    cursor?: string
  }>
}

/** The local KV, whichever way it is opened. */
export type LocalStore = TidyStore & { readonly close: () => Promise<void> }

/** Writes that go at the same time when there are many, and how many that is. */
const WRITES_AT_ONCE = 16
const MANY = 200

/** Starts the emulation on a state folder of wrangler's. */
export async function openEmulatedStore(state: string): Promise<LocalStore> {
  const { getPlatformProxy } = await loadWrangler()
  const proxy = await getPlatformProxy<{ EDGEWIRE?: LocalKv }>({
    persist: { path: join(state, 'v3') },
    // `remote = true` in wrangler.toml is meant for other commands: this store stays local.
    remoteBindings: false,
  })
  const kv = proxy.env.EDGEWIRE
  if (!kv) {
    await proxy.dispose()
    throw new StoreError({ reason: 'no-binding' })
  }
  return {
    get: (keys) =>
      Promise.all(
        keys.map(async (key) => {
          const value = await askAgain(() => kv.get(key, 'arrayBuffer'))
          return value ? new Uint8Array(value) : undefined
        }),
      ),
    async put(pairs, stored) {
      const metadata = { written: clock() }
      const put = async ([key, value]: Pair): Promise<void> => {
        await askAgain(() => within(state, kv.put(key, value, { metadata })))
        stored?.([key])
      }
      // One by one, so that it is known exactly where a publish stopped; faster for a large corpus.
      const together = pairs.length > MANY ? WRITES_AT_ONCE : 1
      for (let from = 0; from < pairs.length; from += together)
        await Promise.all(pairs.slice(from, from + together).map(put))
    },
    async list() {
      const listed: ListedKey[] = []
      let cursor: string | undefined
      do {
        const from = cursor
        const page = await askAgain(() => kv.list({ cursor: from }))
        for (const { name, metadata } of page.keys)
          listed.push({ key: name, written: metadata?.written })
        cursor = page.list_complete ? undefined : page.cursor
      } while (cursor !== undefined)
      return listed
    },
    async remove(keys) {
      for (const key of keys) await askAgain(() => kv.delete(key))
    },
    close: () => proxy.dispose(),
  }
}

/** Errors of the emulation about its own database: another process is writing to it, or worse. */
const KV_FAILED = /^KV \w+ failed: 5\d\d/
/** Milliseconds before each further attempt. */
const KV_PAUSES = [20, 50, 100, 200, 500, 1000, 2000, 4000]

async function askAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pause of KV_PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (failureOf(error) === undefined) throw error
      await setTimeout(pause)
    }
  }
  return work().catch((error: unknown) => {
    const detail = failureOf(error)
    throw detail === undefined ? error : new StoreError({ reason: 'local-store', detail })
  })
}

function failureOf(error: unknown): string | undefined {
  const detail = error instanceof Error ? error.message : ''
  return KV_FAILED.test(detail) && !DISK_FULL.test(detail) ? detail : undefined
}

/** Seconds for a write of at most 25 MiB to this disk. */
const WRITE_PATIENCE = 60

/**
 * Waits for a write, and throws an error that names the store if the emulation ended or does not
 * answer, as on a full disk.
 */
async function within(state: string, write: Promise<void>): Promise<void> {
  const timer = new AbortController()
  const stopped = (cause?: unknown): Error =>
    Object.assign(new Error('The local KV stopped.', { cause }), { code: 'STOPPED', path: state })
  const late = setTimeout(WRITE_PATIENCE * 1000, undefined, { signal: timer.signal }).then(
    () => Promise.reject(stopped()),
    () => undefined,
  )
  try {
    await Promise.race([write, late])
  } catch (error) {
    throw error instanceof TypeError ? stopped(error) : error
  } finally {
    timer.abort()
  }
}
