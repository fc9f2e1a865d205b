/** An outage: for how long reads have been failing, as an isolate knows. */

import type { Instant } from '../article/instant.ts'

export class Outage {
  #since: Instant | undefined

  /** Notes how a read went. */
  note(failed: boolean, now: Instant): void {
    this.#since = failed ? (this.#since ?? now) : undefined
  }

  /** Returns the seconds that it has lasted; 0 if there is none. */
  lasting(now: Instant): number {
    return this.#since === undefined ? 0 : Math.max(0, now - this.#since)
  }
}
