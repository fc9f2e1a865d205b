/**
 * Workers KV on this machine: the same files that `wrangler dev` reads, through wrangler's own
 * emulation. The one file here that touches a KV binding.
 */

import { join } from 'node:path'
import type { Listed, TidyStore } from '../edition/store.ts'
import { clock } from './platform.ts'
import { loadWrangler } from './wrangler.ts'

type Metadata = { readonly written?: number }

/** What the binding of `wrangler.toml` offers, in the part that a publisher needs. */
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

export type LocalStore = TidyStore & { readonly close: () => Promise<void> }

/** Where wrangler keeps local data by default. */
export const LOCAL_STATE = '.wrangler/state'

/** Opens the local KV under a state folder of wrangler's. */
export async function openLocalStore(state: string): Promise<LocalStore> {
  const { getPlatformProxy } = await loadWrangler()
  const proxy = await getPlatformProxy<{ EDGEWIRE: LocalKv }>({
    persist: { path: join(state, 'v3') },
  })
  const kv = proxy.env.EDGEWIRE
  return {
    get: (keys) =>
      Promise.all(
        keys.map(async (key) => {
          const value = await kv.get(key, 'arrayBuffer')
          return value ? new Uint8Array(value) : undefined
        }),
      ),
    async put(pairs, stored) {
      const metadata = { written: clock() }
      for (const [key, value] of pairs) {
        await kv.put(key, value, { metadata })
        stored?.([key])
      }
    },
    async list() {
      const listed: Listed[] = []
      let cursor: string | undefined
      do {
        const page = await kv.list({ cursor })
        for (const { name, metadata } of page.keys)
          listed.push({ key: name, written: metadata?.written })
        cursor = page.list_complete ? undefined : page.cursor
      } while (cursor !== undefined)
      return listed
    },
    async remove(keys) {
      for (const key of keys) await kv.delete(key)
    },
    close: () => proxy.dispose(),
  }
}
