/**
 * Which edition is current: `head`, looked at again every few seconds, and the clock.
 * An isolate never returns to a lower number: what it showed once, it does not take back.
 */

import type { Instant } from '../article/instant.ts'
import { type Head, type Position, parseHead, positionAt } from '../edition/head.ts'
import { SCHEMA } from '../edition/object.ts'
import { HEAD_KEY } from '../edition/store.ts'
import { type Bindings, HEAD_TTL, readKey } from './kv.ts'

/** Seconds before `head` is looked at again. */
const LOOK_AGAIN = 3

/** What an isolate knows of `head`. */
export class Current {
  #known: { readonly head: Head; readonly looked: Instant } | undefined

  /** The place in the timeline; undefined if nothing that this Worker reads was ever published. */
  async position(bindings: Bindings, now: Instant): Promise<Position | undefined> {
    const known = this.#known
    if (!known || now - known.looked >= LOOK_AGAIN || now < known.looked) {
      const found = await readHead(bindings)
      const head = found && !isBehind(found, this.#known?.head, now) ? found : this.#known?.head
      this.#known = head && { head, looked: now }
    }
    return this.#known && positionAt(this.#known.head, now)
  }

  forget(): void {
    this.#known = undefined
  }
}

async function readHead(bindings: Bindings): Promise<Head | undefined> {
  const bytes = await readKey(bindings, HEAD_KEY, HEAD_TTL)
  const head = bytes && parseHead(bytes)
  return head && head.schema <= SCHEMA && head.schema >= SCHEMA - 1 ? head : undefined
}

/** Whether a head is older than the one that is known: another location's KV may lag behind. */
function isBehind(head: Head, old: Head | undefined, now: Instant): boolean {
  const before = old && positionAt(old, now)
  return (
    before !== undefined && (positionAt(head, now)?.current.number ?? 0) < before.current.number
  )
}
