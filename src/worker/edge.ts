/**
 * The cache of a location, as one request reaches it. It may do nothing, fail, forget, or hold what is
 * damaged: nobody waits for a write, and whoever reads from it proves what it gives.
 */

import type { ByteRange } from '../http/range.ts'

/** Bytes that lie in the cache, all of them or a part, and how many there are in all. */
export type CachedFlow = {
  readonly stream: ReadableStream
  readonly isPart: boolean
  readonly length: number
}

export class Edge {
  readonly #cache: Cache
  readonly #url: string
  readonly #waitUntil: (work: Promise<unknown>) => void

  /** Takes a `url` of the Worker itself: another host in a cache key costs a look-up. */
  constructor(cache: Cache, url: string, waitUntil: (work: Promise<unknown>) => void) {
    this.#cache = cache
    this.#url = url
    this.#waitUntil = waitUntil
  }

  async read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const found = await this.#cache.match(this.#keyOf(path))
      return found && new Uint8Array(await found.arrayBuffer())
    } catch (error) {
      console.error('The edge cache cannot be read', path, error)
      return undefined
    }
  }

  /** Opens what lies in the cache, or, where the cache can cut it out, a part of that. */
  async open(path: string, part?: ByteRange): Promise<CachedFlow | undefined> {
    try {
      const headers: HeadersInit = part ? { Range: `bytes=${part.start}-${part.end - 1}` } : {}
      const found = await this.#cache.match(new Request(this.#keyOf(path), { headers }))
      const { status, body } = found ?? {}
      if (!found?.ok || !body) return undefined
      const [, length] = /\/(\d+)$/.exec(found.headers.get('Content-Range') ?? '') ?? []
      const whole = found.headers.get('Content-Length')
      return { stream: body, isPart: status === 206, length: Number(length ?? whole) }
    } catch (error) {
      console.error('The edge cache cannot be read', path, error)
      return undefined
    }
  }

  /** Writes bytes that were proved. */
  write(path: string, body: BodyInit, cacheControl: string): Promise<void> {
    const headers = { 'Content-Type': 'application/octet-stream', 'Cache-Control': cacheControl }
    return this.#cache.put(this.#keyOf(path), new Response(body, { headers }))
  }

  remove(path: string): Promise<boolean> {
    return this.#cache.delete(this.#keyOf(path))
  }

  /** Does something beside the answer, and logs if it fails. */
  later(work: () => Promise<unknown>): void {
    const done = async (): Promise<void> => {
      try {
        await work()
      } catch (error) {
        console.error('The edge cache cannot be written', error)
      }
    }
    this.#waitUntil(done())
  }

  #keyOf(path: string): string {
    return new URL(path, this.#url).href
  }
}
