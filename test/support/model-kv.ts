/**
 * A model of Workers KV that is worse than the real one: every location sees every write of every
 * key after a delay of its own, up to ten minutes, in any order and not once for all; it remembers
 * a miss for as long as a hit; it fails at a location for minutes or a day; and what lies in a
 * location's cache rots. Proofs run on it, and nothing else.
 */

import { PAGE_LIMITS, type PageLimits } from '../../src/changes/walk.ts'
import type { TidyStore } from '../../src/edition/store.ts'
import { createApp } from '../../src/worker/app.ts'
import { Isolate } from '../../src/worker/isolate.ts'
import type { Bindings } from '../../src/worker/kv.ts'
import { bindingsOver } from './bindings.ts'

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
  readonly isolates: OpenIsolate[] = []
  readonly #centre: Centre
  readonly #random: () => number
  readonly #worst: number
  readonly #delays = new Map<Version, number>()
  readonly #remembered = new Map<string, { value: Uint8Array | undefined; asked: number }>()
  readonly #cache: EdgeValues = new Map()
  readonly #page: PageLimits
  /** The outage of KV here, the last or the present one. */
  outage: { readonly since: number; readonly until: number } = { since: 0, until: 0 }
  /** Whether something in its cache was ever damaged. */
  isRotten = false

  /** `worst`: seconds after which every write is seen here. */
  constructor(
    centre: Centre,
    random: () => number,
    { page = PAGE_LIMITS, worst = WORST_DELAY }: { page?: PageLimits; worst?: number } = {},
  ) {
    this.#centre = centre
    this.#random = random
    this.#page = page
    this.#worst = worst
  }

  newIsolate(): void {
    const cache = edgeCache(this.#cache, () => this.#centre.now)
    this.isolates.push(openIsolate(this.#bindings(), cache, this.#page))
  }

  /** An isolate dies, and a new one takes its place. */
  die(which: number): void {
    this.isolates.splice(which % this.isolates.length, 1)
    this.newIsolate()
  }

  get isDown(): boolean {
    return this.#centre.now < this.outage.until
  }

  /** KV fails here for some seconds; one outage at a time. */
  fail(seconds: number): void {
    const { now } = this.#centre
    if (!this.isDown) this.outage = { since: now, until: now + seconds }
  }

  /** A bit of a value in the cache flips, or the value is cut. */
  rot(): void {
    const values = [...this.#cache.values()]
    const value = values[Math.floor(this.#random() * values.length)]
    if (!value) return
    this.isRotten = true
    const at = Math.floor(this.#random() * value.bytes.length)
    if (this.#random() < 0.5) value.bytes = value.bytes.slice(0, at)
    else value.bytes[at] = (value.bytes[at] ?? 0) ^ 1
  }

  #bindings(): Bindings {
    return bindingsOver((key, ttl) => {
      const { now } = this.#centre
      if (this.isDown) throw new Error('KV GET failed: 503 Service Unavailable')
      const known = this.#remembered.get(key)
      if (known && now - known.asked < ttl) return known.value
      const value = this.#visible(key)
      this.#remembered.set(key, { value, asked: now })
      return value
    })
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
}

export type OpenIsolate = {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
  /** The last number that it has shown for each path. */
  readonly shown: Map<string, number>
}

/** An app in an isolate of its own. */
export function openIsolate(
  bindings: Bindings,
  cache: Cache,
  page: PageLimits = PAGE_LIMITS,
): OpenIsolate {
  const app = createApp(new Isolate(cache, page))
  const get: OpenIsolate['get'] = async (path, more = {}) => {
    const waiting: Promise<unknown>[] = []
    const context = { waitUntil: (work: Promise<unknown>) => void waiting.push(work) }
    const headers = { 'Accept-Encoding': 'gzip', ...more }
    const request = new Request(`https://wire.example.org${path}`, { headers })
    const response = await app.fetch(request, bindings, context as unknown as ExecutionContext)
    await Promise.all(waiting)
    return response
  }
  return { get, shown: new Map() }
}

/** What lies in an edge cache, by key, and until when. */
export type EdgeValues = Map<string, { bytes: Uint8Array<ArrayBuffer>; readonly until: number }>

export function edgeCache(values: EdgeValues = new Map(), clock: () => number = () => 0): Cache {
  return {
    match: async (key: string) => {
      const value = values.get(key)
      return value && clock() < value.until ? new Response(value.bytes.slice()) : undefined
    },
    put: async (key: string, response: Response) => {
      const age = /max-age=(\d+)/.exec(response.headers.get('Cache-Control') ?? '')?.[1]
      const bytes = new Uint8Array(await response.arrayBuffer())
      values.set(key, { bytes, until: clock() + Number(age ?? 0) })
    },
    delete: async (key: string) => values.delete(key),
  } as unknown as Cache
}
