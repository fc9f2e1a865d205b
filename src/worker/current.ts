/**
 * The current edition: the one that `head`, looked at again every few seconds, has at this time.
 *
 * An isolate never returns to a lower number: what it showed once, it does not take back. The last
 * good head lies in the location's cache too, for when KV fails, or holds a damaged one. That nothing
 * was ever published is believed of KV only.
 */

import type { Instant } from '../article/instant.ts'
import {
  type Head,
  lastNumber,
  parseHead,
  positionAt,
  type TimelinePosition,
} from '../edition/head.ts'
import { SCHEMA } from '../edition/object.ts'
import { HEAD_KEY } from '../edition/store.ts'
import type { Edge } from './edge.ts'
import { isFailure, type ReadFailure } from './failure.ts'
import { type Bindings, HEAD_TTL, readKey } from './kv.ts'
import { Outage } from './outage.ts'
import { hash } from './proof.ts'

/** Seconds before `head` is looked at again. */
const LOOK_AGAIN = 3

const KEPT_HEAD = '/__head'
const DIGEST_LENGTH = 43
/** The time for which a head is used after it was seen: a takedown waits no longer than a week. */
const FOR_A_WEEK = 'public, max-age=604800'
/** Seconds after which a head that did not change is kept anew. */
const KEEP_AGAIN = 3600

/** The reason why there is no edition: none was published, or which one cannot be found out now. */
export type NoEdition = ReadFailure<'unpublished' | 'unavailable'>

/** An isolate's knowledge of `head`. */
export class Current {
  readonly outage: Outage = new Outage()
  #known: { readonly head: Head; readonly looked: Instant } | undefined
  #kept: { readonly text: string; readonly at: Instant } | undefined

  /** Returns the place in the timeline that the clock has reached. */
  async position(
    bindings: Bindings,
    edge: Edge,
    now: Instant,
  ): Promise<TimelinePosition | NoEdition> {
    const { looked = Number.POSITIVE_INFINITY } = this.#known ?? {}
    const isFresh = now >= looked && now - looked < LOOK_AGAIN
    const none = isFresh ? undefined : await this.#look(bindings, edge, now)
    return none ?? (this.#known && positionAt(this.#known.head, now)) ?? { reason: 'unavailable' }
  }

  async #look(bindings: Bindings, edge: Edge, now: Instant): Promise<NoEdition | undefined> {
    const read = await readKey(bindings, HEAD_KEY, HEAD_TTL)
    this.outage.note(isFailure(read), now)
    if (read === undefined && !this.#known) return { reason: 'unpublished' }
    const stored = read instanceof Uint8Array ? readableHead(read) : undefined
    const found = stored ?? (read && (await keptHead(edge)))
    const known = this.#known?.head
    const head = found && !isBehind(found, known, now) ? found : known
    if (!head) return { reason: 'unavailable' }
    this.#known = { head, looked: now }
    if (stored) this.#keep(stored, edge, now)
    return undefined
  }

  /** Keeps a head in the location's cache, if it is another one or has lain there for a while. */
  #keep(head: Head, edge: Edge, now: Instant): void {
    const text = JSON.stringify(head)
    if (this.#kept?.text === text && now - this.#kept.at < KEEP_AGAIN) return
    this.#kept = { text, at: now }
    edge.later(async () => {
      // Another isolate may have seen a newer one.
      if (isBehind(head, await keptHead(edge), now)) return
      const digest = await hash(new TextEncoder().encode(text))
      await edge.write(KEPT_HEAD, digest + text, FOR_A_WEEK)
    })
  }

  forget(): void {
    this.#known = undefined
    this.#kept = undefined
  }
}

/** Reads the kept head. It stands behind its digest: one that rots may still look like a head. */
async function keptHead(edge: Edge): Promise<Head | undefined> {
  const kept = (await edge.read(KEPT_HEAD)) ?? new Uint8Array()
  const [digest, text] = [kept.subarray(0, DIGEST_LENGTH), kept.subarray(DIGEST_LENGTH)]
  const isWhole = (await hash(text)) === new TextDecoder().decode(digest)
  return isWhole ? readableHead(text) : undefined
}

function readableHead(bytes: Uint8Array): Head | undefined {
  const head = parseHead(bytes)
  return head?.schema === SCHEMA ? head : undefined
}

/** Tells whether a head is older than the one that is known, as where a location's KV lags. */
function isBehind(head: Head, old: Head | undefined, now: Instant): boolean {
  const before = old && positionAt(old, now)
  // Another site's: the namespace is another, and its numbers say nothing of this one's.
  if (!before || old?.site !== head.site) return false
  const ahead = (positionAt(head, now)?.current.number ?? 0) - before.current.number
  return ahead < 0 || (ahead === 0 && lastNumber(head) < lastNumber(old))
}
