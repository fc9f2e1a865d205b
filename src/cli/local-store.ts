/**
 * Workers KV on this machine: the same files that `wrangler dev` reads, through wrangler's own
 * emulation. The one file here that touches a KV binding.
 */

import { join } from 'node:path'
import type { Store } from '../edition/store.ts'
import { loadWrangler } from './wrangler.ts'

/** What the binding of `wrangler.toml` offers, in the part that a publisher needs. */
type LocalKv = {
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>
  put(key: string, value: ArrayBufferView): Promise<void>
}

export type LocalStore = Store & { readonly close: () => Promise<void> }

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
    async put(pairs) {
      for (const [key, value] of pairs) await kv.put(key, value)
    },
    close: () => proxy.dispose(),
  }
}
