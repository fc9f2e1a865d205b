/** An isolate, with all that lives as long as it does: its `head`, and the objects it remembers. */

import type { Instant } from '../article/instant.ts'
import { PAGE_LIMITS, type PageLimits } from '../changes/walk.ts'
import { Current } from './current.ts'
import { Edge } from './edge.ts'
import { Misses } from './misses.ts'
import { Shelf } from './shelf.ts'

export class Isolate {
  readonly current: Current = new Current()
  readonly shelf: Shelf = new Shelf()
  readonly misses: Misses = new Misses()
  /** The limits of what a page of changes may read. */
  readonly page: PageLimits
  readonly #cache: Cache

  /** Takes the cache of its location. */
  constructor(cache: Cache, page: PageLimits = PAGE_LIMITS) {
    this.#cache = cache
    this.page = page
  }

  /** Returns the cache of the location, for a request to `url`. */
  edge(url: string, waitUntil: (work: Promise<unknown>) => void): Edge {
    return new Edge(this.#cache, url, waitUntil)
  }

  /** Returns the seconds for which KV has been failing. */
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
