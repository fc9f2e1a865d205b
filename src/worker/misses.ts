/** Misses: objects that were asked for in vain. For a while nobody asks for them again. */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'

/** Seconds for which a miss is remembered: KV remembers it as long. */
const MISS_SECONDS = 30
/** Misses at one time: beyond them nothing is asked for any more that no edition names. */
const MOST_MISSES = 32

export class Misses {
  /** The instant at which each is forgotten, the soonest first. */
  readonly #until = new Map<Digest, Instant>()

  add(digest: Digest, now: Instant): void {
    if (this.#until.size < MOST_MISSES) this.#until.set(digest, now + MISS_SECONDS)
  }

  /** Tells whether an object is worth asking for; `isNamed`: an edition does name it. */
  allows(digest: Digest, isNamed: boolean, now: Instant): boolean {
    for (const [old, until] of this.#until) if (until <= now) this.#until.delete(old)
    return !this.#until.has(digest) && (isNamed || this.#until.size < MOST_MISSES)
  }

  clear(): void {
    this.#until.clear()
  }
}
