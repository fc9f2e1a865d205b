/** The store of a publisher over a KV binding, wherever it comes from. */

import type { Store, TidyStore } from '../../src/edition/store.ts'

type Binding = {
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>
  put(key: string, value: Uint8Array): Promise<void>
  list(options: { cursor?: string }): Promise<{ keys: { name: string }[]; cursor?: string }>
}

export function storeOver(kv: Binding): Store & Pick<TidyStore, 'list'> {
  return {
    async list() {
      const names: string[] = []
      let cursor: string | undefined
      do {
        const page = await kv.list(cursor === undefined ? {} : { cursor })
        names.push(...page.keys.map(({ name }) => name))
        cursor = page.cursor
      } while (cursor)
      return names.map((key) => ({ key, written: undefined }))
    },
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
