/**
 * A day of polls: 96 of them, a quarter of an hour apart, on a site that publishes twelve times,
 * with a correction and a retraction among them. What five kinds of client cost, in requests, bytes
 * and KV reads; the real Worker answers, and no clock or dice of this machine has a part in it.
 */

import { formatInstant } from '../../src/article/instant.ts'
import type { Bindings } from '../../src/worker/kv.ts'
import { bindingsOver } from './bindings.ts'
import { aCache, anArticle, NOW } from './corpus.ts'
import { aStore, type MemoryStore } from './memory-store.ts'
import { edgeCache, type OpenIsolate, openIsolate } from './model-kv.ts'
import { aPublisher, publishTo } from './publishing.ts'
import { unpacked } from './unpacked.ts'

const POLLS = 96
const INTERVAL = 900
const PUBLISHES = 12

export type Cost = {
  readonly requests: number
  /** Of bodies, as they are on the wire. */
  readonly bytes: number
  readonly reads: number
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>
}

/** A client: what it asks for next, given what it was answered last. */
type Client = {
  readonly path: string
  readonly headers: (last: Response | undefined) => Record<string, string>
  /** The address to ask at once, or else the one to ask next time. */
  readonly follow?: (path: string, body: string) => { readonly next: string; readonly now: boolean }
}

const tagOf = (last: Response | undefined): Record<string, string> => {
  const tag = last?.headers.get('ETag')
  return tag ? { 'If-None-Match': tag } : {}
}

const CLIENTS: Readonly<Record<string, Client>> = {
  plain: { path: '/feed.json', headers: () => ({}) },
  conditional: { path: '/feed.json', headers: tagOf },
  'A-IM': { path: '/feed.json', headers: (last) => ({ 'A-IM': 'feed, edgewire', ...tagOf(last) }) },
  library: { path: '/feed.json', headers: (last) => ({ 'A-IM': 'feed', ...tagOf(last) }) },
  changes: {
    path: '/changes.json?since=0',
    headers: tagOf,
    follow(path, body) {
      const page = JSON.parse(body) as { next_url?: string; _edgewire: { cursor?: string } }
      const next = page.next_url
        ? page.next_url.replace(/^https?:\/\/[^/]+/, '')
        : `/changes.json?since=${page._edgewire.cursor}`
      return { next, now: next !== path }
    },
  },
}

/** Words that no compressor makes much smaller than words are. */
function wordsOf(seed: number): string {
  let state = seed + 1
  const word = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return ((state >>> 8) % 65_536).toString(36)
  }
  return Array.from({ length: 600 }, word).join(' ')
}

/** What every kind of client costs in a day. The clock is set by `setNow`, in seconds. */
export async function dayOfPolls(
  setNow: (now: number) => void,
): Promise<Readonly<Record<string, Cost>>> {
  const store = aStore()
  const cache = aCache()
  const files: Record<string, string> = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [
      `s-${n}.md`,
      anArticle({ published: formatInstant(NOW - 86_400 + n) }, wordsOf(n)),
    ]),
  )
  const parties = Object.entries(CLIENTS).map(([name, client]) => new Party(name, client, store))
  const pollAt = async (now: number, publishes: boolean): Promise<void> => {
    setNow(now)
    if (publishes) await publishTo(store, files, now, aPublisher(store, now, cache))
    for (const party of parties) await party.poll()
  }
  // The day before, everybody got what there was: that is not counted.
  await pollAt(NOW - INTERVAL, true)
  for (const party of parties) party.begin()
  const between = POLLS / PUBLISHES
  for (let poll = 0; poll < POLLS; poll++) {
    const now = NOW + poll * INTERVAL
    const publishes = poll % between === between / 2
    if (publishes) change(files, Math.floor(poll / between), now)
    await pollAt(now, publishes)
  }
  return Object.fromEntries(parties.map((party) => [party.name, party.cost()]))
}

/** What is published: new stories, and once a correction, and once a retraction. */
function change(files: Record<string, string>, publish: number, now: number): void {
  const published = formatInstant(NOW - 86_400 + 199)
  if (publish === 4)
    files['s-199.md'] = anArticle({ published, updated: formatInstant(now) }, wordsOf(4000))
  else if (publish === 8)
    files['s-198.md'] = anArticle({ published, status: 'retracted', reason: 'Wrong.' })
  else
    files[`day-${publish}.md`] = anArticle(
      { published: formatInstant(now) },
      wordsOf(1000 + publish),
    )
}

/** A client on its own, at a location where nobody else asks: its isolate lives for a poll only. */
class Party {
  readonly name: string
  readonly #client: Client
  readonly #bindings: Bindings
  readonly #edge = edgeCache()
  #path: string
  #last: Response | undefined
  #requests = 0
  #bytes = 0
  #reads = 0
  #statuses: Record<number, number> = {}

  constructor(name: string, client: Client, store: MemoryStore) {
    this.name = name
    this.#client = client
    this.#path = client.path
    this.#bindings = bindingsOver((key) => {
      this.#reads += 1
      return store.values.get(key)
    })
  }

  /** From here on it is counted. */
  begin(): void {
    this.#requests = 0
    this.#bytes = 0
    this.#reads = 0
    this.#statuses = {}
  }

  async poll(): Promise<void> {
    const isolate = openIsolate(this.#bindings, this.#edge)
    while (await this.#ask(isolate));
  }

  /** Whether there is more to be asked for at once. */
  async #ask(isolate: OpenIsolate): Promise<boolean> {
    const response = await isolate.get(this.#path, this.#client.headers(this.#last))
    const body = new Uint8Array(await response.arrayBuffer())
    this.#requests += 1
    this.#bytes += body.length
    this.#statuses[response.status] = (this.#statuses[response.status] ?? 0) + 1
    if (response.status === 304) return false
    this.#last = response
    const follow = this.#client.follow?.(
      this.#path,
      new TextDecoder().decode(unpacked(body, response.headers)),
    )
    if (!follow) return false
    if (follow.now) this.#last = undefined
    this.#path = follow.next
    return follow.now
  }

  cost(): Cost {
    return {
      requests: this.#requests,
      bytes: this.#bytes,
      reads: this.#reads,
      statuses: this.#statuses,
    }
  }
}
