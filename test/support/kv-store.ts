/** The store of a publisher, over the KV that the Worker under test reads. */

import { env } from 'cloudflare:workers'
import { type Published, publish } from '../../src/edition/publish.ts'
import type { Store } from '../../src/edition/store.ts'
import { isolate } from '../../src/worker/isolate.ts'
import { aCorpus, type Files, NOW, platform } from './corpus.ts'

export const kvStore: Store = {
  get: (keys) =>
    Promise.all(
      keys.map(async (key) => {
        const value = await env.EDGEWIRE.get(key, 'arrayBuffer')
        return value ? new Uint8Array(value) : undefined
      }),
    ),
  async put(pairs) {
    for (const [key, value] of pairs) await env.EDGEWIRE.put(key, value)
  },
}

/** Publishes files into that KV; the Worker looks at `head` anew. */
export async function publishFiles(files: Files, now: number = NOW): Promise<Published> {
  const result = await publish(kvStore, aCorpus(files, { now }), now, platform)
  if ('failure' in result) throw new Error(JSON.stringify(result.failure))
  isolate.current.forget()
  return result
}

/** What a new isolate begins with: nothing. */
export function newIsolate(): void {
  isolate.forget()
}

/** Empties the KV and the isolate. */
export async function emptyKv(): Promise<void> {
  const { keys } = await env.EDGEWIRE.list()
  for (const { name } of keys) await env.EDGEWIRE.delete(name)
  newIsolate()
}
