/**
 * Publishing: objects first and `head` last. A reader sees the whole old edition or the whole new
 * one, wherever this stops; what was written is in the journal, and is not written again.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import type { Press } from '../compile/press.ts'
import { objectKey, type Pair } from '../edition/store.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import {
  type Plan,
  type PlanFailure,
  type PlanOptions,
  type Publisher,
  planPublish,
} from './plan.ts'
import { isStill, moveHead } from './published.ts'

export type PublishOptions = PlanOptions & {
  /** How many keys may be written now; everything, if it is not said. */
  readonly writes?: number | undefined
  /** Whether a part is written where all of it would be too much; `head` stays. */
  readonly spread?: boolean | undefined
  /** Hears of every step: how many objects are there, of how many. */
  readonly progress?: ((done: number, all: number) => void) | undefined
}

export type Publication = {
  readonly plan: Plan
  /** The keys and bytes that were written; none where nothing had changed. */
  readonly written: { readonly keys: number; readonly bytes: number }
}

export type PublishFailure =
  | PlanFailure
  | { readonly reason: 'quota'; readonly keys: number; readonly left: number }
  | { readonly reason: 'unfinished'; readonly written: number; readonly missing: number }
  | { readonly reason: 'object-too-large'; readonly name: string; readonly bytes: number }
  | { readonly reason: 'contended' }

/** Bytes that are handed to the store at once. */
const SLICE_BYTES = 24 * 1024 * 1024
const SLICE_KEYS = 1000
/** The most bytes that KV takes as a value. */
const MOST_VALUE_BYTES = 25 * 1024 * 1024
/** An edition is dated when its objects are there: after so many seconds, it is dated anew. */
const FRESH_SECONDS = 60
/** How often another publisher may be first. */
const MOST_ATTEMPTS = 5

/** Publishes a corpus as it stands now, and as it will stand within the coming week. */
export async function publish(
  publisher: Publisher,
  press: Press,
  options: PublishOptions,
): Promise<Result<Publication, PublishFailure>> {
  const run: Run = { publisher, press, options, mine: new Set(), keys: 0, bytes: 0, done: 0 }
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const planned = await planPublish(publisher, press, { ...options, mine: run.mine })
    if (!planned.ok) return planned
    const plan = planned.value
    run.done = 0
    const end = plan.cost.keys > 0 ? await carryOut(plan, run) : DONE
    if (!end.ok) return end
    if (end.value === 'done') return ok({ plan, written: { keys: run.keys, bytes: run.bytes } })
  }
  return fail({ reason: 'contended' })
}

/** The writes of a publish so far, whatever the number of plans. */
type Run = {
  readonly publisher: Publisher
  readonly press: Press
  readonly options: PublishOptions
  readonly mine: Set<Digest>
  keys: number
  bytes: number
  /** Objects of the present plan. */
  done: number
}

/** How some writing ended. `stale`: the world moved on, and the plan has to be made anew. */
type WriteResult = Result<'done' | 'stale', PublishFailure>

const DONE: WriteResult = ok('done')
const STALE: WriteResult = ok('stale')

/** Writes what a plan says. */
async function carryOut(plan: Plan, run: Run): Promise<WriteResult> {
  const { publisher, press, options } = run
  const left = (options.writes ?? Number.POSITIVE_INFINITY) - run.keys
  const refused = refusalOfPlan(plan, press, left, options)
  if (refused) return fail(refused)
  if (plan.cost.keys > left) {
    const part = await write([...plan.contents, ...plan.directory].slice(0, left), plan, run)
    const missing = plan.cost.keys - left
    return part.ok ? fail({ reason: 'unfinished', written: left, missing }) : part
  }
  const uploaded = await upload(plan, run)
  if (!uploaded.ok || uploaded.value === 'stale' || !plan.moves) return uploaded
  if (isOvertaken(plan, publisher.clock())) return STALE
  if (!(await isStill(plan.read, publisher.store, publisher.platform))) return STALE
  run.bytes += await moveHead(publisher.store, plan.next)
  run.keys += 1
  publisher.journal.close()
  return DONE
}

/** Writes all objects: an edition is dated when what it holds is there. */
async function upload(plan: Plan, run: Run): Promise<WriteResult> {
  const { contents, directory, cost } = plan
  // What goes into one call needs no second one.
  if (cost.keys <= SLICE_KEYS && cost.bytes <= SLICE_BYTES)
    return write([...contents, ...directory], plan, run)
  const written = await write(contents, plan, run)
  if (!written.ok) return written
  const isOld = run.publisher.clock() > plan.now + FRESH_SECONDS
  return isOld ? STALE : write(directory, plan, run)
}

/** Tells why a plan cannot be carried out at all. */
function refusalOfPlan(
  { contents, directory, cost, current }: Plan,
  press: Press,
  left: number,
  { spread }: PublishOptions,
): PublishFailure | undefined {
  if (cost.keys > left && !(spread && left > 0)) return { reason: 'quota', keys: cost.keys, left }
  const large = [...contents, ...directory].find(
    (digest) => press.sizeOf(digest) > MOST_VALUE_BYTES,
  )
  if (large === undefined) return undefined
  const names = [...current.articles, ...current.documents]
  const name = names.find(([, { object }]) => object === large)?.[0] ?? large
  return { reason: 'object-too-large', name, bytes: press.sizeOf(large) }
}

/** Tells whether an edition came due while objects were written: it is to be kept, and followed. */
function isOvertaken({ now, next, read }: Plan, present: Instant): boolean {
  const instants = [...(read.head?.timeline ?? []), ...next.timeline].map(({ at }) => at)
  return instants.some((at) => at > now && at <= present)
}

/** Writes objects in slices that memory holds, and notes them. */
async function write(digests: readonly Digest[], plan: Plan, run: Run): Promise<WriteResult> {
  let slice: Pair[] = []
  let bytes = 0
  for (const digest of digests) {
    const value = run.press.bytesOf(digest)
    if (!value) return fail({ reason: 'file-changed' })
    if (slice.length >= SLICE_KEYS || bytes + value.length > SLICE_BYTES) {
      await put(slice, plan, run)
      slice = []
      bytes = 0
    }
    slice.push([objectKey(digest), value])
    bytes += value.length
  }
  if (slice.length > 0) await put(slice, plan, run)
  return DONE
}

async function put(pairs: readonly Pair[], { contents, directory }: Plan, run: Run): Promise<void> {
  const { store, journal, clock } = run.publisher
  const all = contents.length + directory.length
  const sizes = new Map(pairs.map(([key, { length }]) => [key, length]))
  await store.put(pairs, (keys) => {
    const digests = keys.map((key) => key.slice(objectKey('').length))
    journal.add(digests, clock())
    for (const digest of digests) run.mine.add(digest)
    run.keys += keys.length
    run.bytes += keys.reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0)
    run.done += keys.length
    run.options.progress?.(run.done, all)
  })
}
