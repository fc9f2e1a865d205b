/**
 * The workshop of a verb: a store, and beside it on this machine the compile cache and the notes.
 */

import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { TidyStore } from '../edition/store.ts'
import type { Publisher } from '../publish/plan.ts'
import { type OpenCache, openCache, WORK, withWholeCache } from './compile-cache.ts'
import { LOCAL_STATE, openLocalStore } from './local-store.ts'
import { type Holder, holderOf, waitForLock } from './lock.ts'
import { localNotes, type Notes, remoteNotes } from './notes.ts'
import { failed, type Outcome } from './outcome.ts'
import { clock, platform } from './platform.ts'
import { type Quota, readQuota, spend } from './quota.ts'
import { openRemoteStore } from './remote-store.ts'
import { describeRefusal, StoreError } from './store-refusal.ts'
import { print } from './terminal.ts'

/** The file whose lock the `start` holds that publishes to the local store. */
export const START_LOCK: string = join(LOCAL_STATE, 'edgewire-start.json')

/** Milliseconds for which another publisher is waited for. */
const PUBLISHER_PATIENCE = 600_000

export type Workshop = Omit<Publisher, 'journal'> & {
  readonly store: TidyStore
  readonly cache: OpenCache
  /** Returns the notes of the store; asks wrangler which namespace it is, if it is deployed. */
  readonly notes: () => Promise<Notes>
  /** Does work that no two may do to one store at once: waits until nobody else does. */
  readonly alone: (work: (publisher: Publisher) => Promise<Outcome>) => Promise<Outcome>
}

export type StoreChoice = {
  readonly remote?: boolean | undefined
  readonly state?: string | undefined
}

/**
 * Returns the address that content/ is compiled for, if it is not the site's own: the one asked
 * for, or that of a running `start`, which serves the local store.
 */
export function baseFor(options: {
  readonly base?: string | undefined
  readonly remote?: boolean | undefined
}): string | undefined {
  return options.base ?? (options.remote ? undefined : holderOf(START_LOCK)?.base)
}

/** Opens everything, does some work, and closes everything, whatever comes of it. */
export async function inWorkshop(
  { remote, state = LOCAL_STATE }: StoreChoice,
  work: (workshop: Workshop) => Promise<Outcome>,
): Promise<Outcome> {
  const cache = openCache(WORK, clock())
  try {
    return await orRefused(async () => {
      const { store, notes, close } = await (remote ? openDeployed() : openLocal(state))
      const alone: Workshop['alone'] = async (task) => {
        const { journal, lock } = await notes()
        const taken = await waitForLock(lock, PUBLISHER_PATIENCE, sayWaiting)
        if (!taken.ok) throw new StoreError({ reason: 'locked', pid: taken.failure.pid })
        try {
          return await task({ store, cache, journal, platform, clock })
        } finally {
          taken.value.release()
        }
      }
      try {
        const workshop = { store, cache, notes, alone, platform, clock }
        return await withWholeCache(cache, () => work(workshop))
      } finally {
        await close()
      }
    })
  } finally {
    cache.close()
  }
}

/** Returns the outcome of some work, or of the store's refusal to do what it was asked. */
export async function orRefused(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    const { refusal } = error
    const isPassing = refusal.reason === 'day-is-spent' || refusal.reason === 'locked'
    return failed(refusal, describeRefusal(refusal), isPassing ? 'unfinished' : 'unreachable')
  }
}

/** Reads how many keys may still be written today; undefined where writes cost nothing. */
export async function quotaOf(
  { notes, clock }: Workshop,
  most: number,
): Promise<Quota | undefined> {
  const { spent } = await notes()
  return spent === undefined ? undefined : readQuota(spent, most, clock())
}

function sayWaiting({ pid }: Holder): void {
  print(`Waiting for another edgewire (process ${pid}), which publishes to this store.`, 'stderr')
}

type OpenStore = Pick<Workshop, 'store' | 'notes'> & { readonly close: () => Promise<void> }

async function openLocal(state: string): Promise<OpenStore> {
  const store = await openLocalStore(state)
  return { store, notes: async () => localNotes(state), close: store.close }
}

/** Opens the deployed store, whose writes are counted. */
async function openDeployed(): Promise<OpenStore> {
  const store = openRemoteStore((seconds) => setTimeout(seconds * 1000))
  const notes = async (): Promise<Notes> => remoteNotes(await store.whose())
  const counted: TidyStore = {
    ...store,
    async put(pairs, stored) {
      await store.put(pairs, stored)
      const { spent } = await notes()
      if (spent !== undefined) spend(spent, pairs.length, clock())
    },
  }
  return { store: counted, notes, close: store.close }
}
