/**
 * A model of Workers KV that is worse than the real one: every location sees every write of every
 * key after a delay of its own, up to ten minutes, in any order and not once for all; and it
 * remembers a miss for as long as a hit. Proofs run on it, and nothing else.
 */

import type { TidyStore } from '../../src/edition/store.ts'
import { createApp } from '../../src/worker/app.ts'
import { Isolate } from '../../src/worker/isolate.ts'
import type { Bindings } from '../../src/worker/kv.ts'

export const WORST_DELAY = 600

type Version = { readonly value: Uint8Array | undefined; readonly written: number }

/** What is written, at the centre; its clock is that of the whole model. */
export class Centre {
  readonly versions = new Map<string, Version[]>()
  /** Everything that was ever written, deleted or not. */
  readonly archive = new Map<string, Uint8Array>()
  now: number
  /** Seconds that a call of the publisher takes. */
  slowness = 0

  constructor(now: number) {
    this.now = now
  }

  /** The store of a publisher, who reads at the centre. */
  get store(): TidyStore {
    return {
      get: async (keys) => keys.map((key) => this.versions.get(key)?.at(-1)?.value),
      put: async (pairs, stored) => {
        this.now += this.slowness
        for (const [key, value] of pairs) {
          this.archive.set(key, value)
          this.#write(key, value)
        }
        stored?.(pairs.map(([key]) => key))
      },
      list: async () =>
        Array.from(this.versions, ([key, versions]) => ({
          key,
          written: versions.at(-1)?.value ? versions.at(-1)?.written : undefined,
        })).filter(({ written }) => written !== undefined),
      remove: async (keys) => {
        for (const key of keys) this.#write(key, undefined)
      },
    }
  }

  #write(key: string, value: Uint8Array | undefined): void {
    const versions = this.versions.get(key) ?? []
    versions.push({ value, written: this.now })
    this.versions.set(key, versions)
  }
}

/** A location: what it remembers of KV, its edge cache, and the isolates in it. */
export class Location {
  readonly isolates: ReturnType<typeof openIsolate>[] = []
  readonly #centre: Centre
  readonly #random: () => number
  readonly #worst: number
  readonly #delays = new Map<Version, number>()
  readonly #remembered = new Map<string, { value: Uint8Array | undefined; asked: number }>()
  readonly #cache = new Map<string, Uint8Array>()

  /** `worst`: seconds after which every write is seen here. */
  constructor(centre: Centre, random: () => number, worst: number = WORST_DELAY) {
    this.#centre = centre
    this.#random = random
    this.#worst = worst
  }

  newIsolate(): void {
    this.isolates.push(openIsolate(this.#bindings(), this.#edgeCache()))
  }

  #bindings(): Bindings {
    const get = async (key: string, { cacheTtl }: { cacheTtl: number }) => {
      const { now } = this.#centre
      const known = this.#remembered.get(key)
      if (known && now - known.asked < cacheTtl) return known.value?.slice().buffer ?? null
      const value = this.#visible(key)
      this.#remembered.set(key, { value, asked: now })
      return value?.slice().buffer ?? null
    }
    return { EDGEWIRE: { get } as unknown as KVNamespace }
  }

  /** Of a key that is overwritten: any version between the one that is surely there and the latest. */
  #visible(key: string): Uint8Array | undefined {
    const { now } = this.#centre
    const versions = this.#centre.versions.get(key) ?? []
    const latest = versions.findLastIndex((version) => {
      const delay = this.#delays.get(version) ?? Math.floor(this.#random() ** 3 * this.#worst)
      this.#delays.set(version, delay)
      return version.written + delay <= now
    })
    const sure = versions.findLastIndex(({ written }) => written + this.#worst <= now)
    // What was never written before is not there yet.
    if (latest < 0) return undefined
    const oldest = Math.max(0, sure)
    return versions[oldest + Math.floor(this.#random() * (latest - oldest + 1))]?.value
  }

  #edgeCache(): Cache {
    return edgeCache(this.#cache)
  }
}

const GZIP: Record<string, string> = { 'Accept-Encoding': 'gzip' }

/** An app in an isolate of its own, and the last number that it has shown for each path. */
export function openIsolate(
  bindings: Bindings,
  cache: Cache,
): {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  readonly shown: Map<string, number>
} {
  const app = createApp(new Isolate(cache))
  const get = async (path: string, headers = GZIP): Promise<Response> => {
    const waiting: Promise<unknown>[] = []
    const context = { waitUntil: (work: Promise<unknown>) => void waiting.push(work) }
    const request = new Request(`https://wire.example.org${path}`, { headers })
    const response = await app.fetch(request, bindings, context as unknown as ExecutionContext)
    await Promise.all(waiting)
    return response
  }
  return { get, shown: new Map() }
}

export function edgeCache(values: Map<string, Uint8Array>): Cache {
  return {
    match: async (key: string) => {
      const bytes = values.get(key)
      return bytes && new Response(bytes.slice())
    },
    put: async (key: string, response: Response) =>
      void values.set(key, new Uint8Array(await response.arrayBuffer())),
  } as unknown as Cache
}
