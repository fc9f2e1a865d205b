/** The store of a publisher, over the KV that the Worker under test reads. */

import { env } from 'cloudflare:workers'
import type { Store } from '../../src/edition/store.ts'
import { isolate } from '../../src/worker/this-isolate.ts'
import { type Files, NOW } from './corpus.ts'
import { publishTo, type Told } from './publishing.ts'
import { storeOver } from './store-over.ts'

export const kvStore: Store = storeOver(env.EDGEWIRE)

/** Publishes files into that KV; the Worker looks at `head` anew. */
export async function publishFiles(files: Files, now: number = NOW): Promise<Told> {
  const told = await publishTo(kvStore, files, now)
  isolate.current.forget()
  return told
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
