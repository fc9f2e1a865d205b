/**
 * edgewire's own app over a KV and an edge cache that count what is asked of them. Its clock is an
 * argument: it stands where the caller puts it.
 */

import { createApp } from '../../src/worker/app.ts'
import { Isolate } from '../../src/worker/isolate.ts'
import type { Bindings } from '../../src/worker/kv.ts'
import { bindingsOver } from '../support/bindings.ts'

const realNow = Date.now

/** What was asked so far. */
export type Counts = { reads: number; bytesRead: number; matches: number; puts: number }

/** Reads a value for a location; undefined if it is not there. */
export type ReadKey = (key: string, ttl: number) => Uint8Array | undefined

/** A location: an edge cache, an isolate, and what they cost. */
export class CountedLocation {
  readonly counts: Counts = { reads: 0, bytesRead: 0, matches: 0, puts: 0 }
  readonly #bindings: Bindings
  readonly #edge = new Map<string, Uint8Array>()
  #app: ReturnType<typeof createApp>

  constructor(read: ReadKey) {
    this.#bindings = this.#bind(read)
    this.#app = createApp(new Isolate(this.#cache()))
  }

  /** A new isolate, in a location that keeps its edge cache. */
  newIsolate(): void {
    this.#app = createApp(new Isolate(this.#cache()))
  }

  /** A request at an instant, as seconds. */
  async ask(
    path: string,
    headers: Readonly<Record<string, string>>,
    now: number,
  ): Promise<Response> {
    const waiting: Promise<unknown>[] = []
    const context = { waitUntil: (work: Promise<unknown>) => void waiting.push(work) }
    const request = new Request(`https://wire.example.org${path}`, { headers })
    Date.now = () => now * 1000
    try {
      const response = await this.#app.fetch(
        request,
        this.#bindings,
        context as unknown as ExecutionContext,
      )
      await Promise.all(waiting)
      return response
    } finally {
      Date.now = realNow
    }
  }

  #bind(read: ReadKey): Bindings {
    return bindingsOver((key, ttl) => {
      const value = read(key, ttl)
      this.counts.reads += 1
      this.counts.bytesRead += value?.length ?? 0
      return value
    })
  }

  #cache(): Cache {
    return {
      match: async (key: string) => {
        this.counts.matches += 1
        const bytes = this.#edge.get(key)
        return bytes && new Response(bytes.slice())
      },
      put: async (key: string, response: Response) => {
        this.counts.puts += 1
        this.#edge.set(key, new Uint8Array(await response.arrayBuffer()))
      },
    } as unknown as Cache
  }
}
