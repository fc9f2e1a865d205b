/** What lives as long as an isolate: what it knows of `head`, and the objects that it remembers. */

import type { Instant } from '../article/instant.ts'
import { PAGE, type PageLimits } from '../changes/walk.ts'
import { Current } from './current.ts'
import { Edge } from './edge.ts'
import { Misses } from './misses.ts'
import { Shelf } from './shelf.ts'

export class Isolate {
  readonly current: Current = new Current()
  readonly shelf: Shelf = new Shelf()
  readonly misses: Misses = new Misses()
  /** How much a page of changes may read. */
  readonly page: PageLimits
  readonly #cache: Cache

  /** `cache` is that of the location. */
  constructor(cache: Cache, page: PageLimits = PAGE) {
    this.#cache = cache
    this.page = page
  }

  /** The cache of the location, for a request to `url`. */
  edge(url: string, waitUntil: (work: Promise<unknown>) => void): Edge {
    return new Edge(this.#cache, url, waitUntil)
  }

  /** Seconds for which KV has been failing. */
  outage(now: Instant): number {
    return Math.max(this.current.outage.lasting(now), this.shelf.outage.lasting(now))
  }

  /** Forgets everything, as a new isolate has nothing to remember. */
  forget(): void {
    this.current.forget()
    this.shelf.forget()
    this.misses.clear()
  }
}
