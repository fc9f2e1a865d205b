/** The store of a publisher over a KV binding, wherever it comes from. */

import type { Store } from '../../src/edition/store.ts'

type Binding = {
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>
  put(key: string, value: Uint8Array): Promise<void>
}

export function storeOver(kv: Binding): Store {
  return {
    get: (keys) =>
      Promise.all(
        keys.map(async (key) => {
          const value = await kv.get(key, 'arrayBuffer')
          return value ? new Uint8Array(value) : undefined
        }),
      ),
    async put(pairs, stored) {
      for (const [key, value] of pairs) {
        await kv.put(key, value)
        stored?.([key])
      }
    },
  }
}
