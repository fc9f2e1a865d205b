/** A store in memory that counts what is asked of it: for the laws of publishing, not for KV. */

import type { Store, TidyStore } from '../../src/edition/store.ts'

export type MemoryStore = Store &
  Pick<TidyStore, 'list'> & {
    readonly values: Map<string, Uint8Array>
    /** Keys in the order in which they were written. */
    readonly written: string[]
    readonly reads: string[]
    /** How often it was asked for its list. */
    lists: number
  }

export function aStore(): MemoryStore {
  const values = new Map<string, Uint8Array>()
  const written: string[] = []
  const reads: string[] = []
  const store: MemoryStore = {
    values,
    written,
    reads,
    lists: 0,
    async list() {
      store.lists += 1
      return Array.from(values.keys(), (key) => ({ key, written: undefined }))
    },
    async get(keys) {
      reads.push(...keys)
      return keys.map((key) => values.get(key))
    },
    async put(pairs, stored) {
      for (const [key, value] of pairs) {
        written.push(key)
        values.set(key, value)
        stored?.([key])
      }
    },
  }
  return store
}
