/** A store, and what lies beside it on this machine: the compile cache and the journal. */

import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Publisher } from '../edition/plan.ts'
import type { TidyStore } from '../edition/store.ts'
import { type OpenCache, openCache, WORK } from './compile-cache.ts'
import { openJournal } from './journal.ts'
import { LOCAL_STATE, openLocalStore } from './local-store.ts'
import { holderOf } from './lock.ts'
import { failed, type Outcome } from './outcome.ts'
import { clock, platform } from './platform.ts'
import { openRemoteStore } from './remote-store.ts'
import { describeRefusal, RemoteError } from './wrangler-command.ts'

/** What was written to the deployed KV today. */
export const QUOTA_FILE: string = join(WORK, 'writes-today.json')
/** Held by the `start` that publishes to the local store. */
export const START_LOCK: string = join(LOCAL_STATE, 'edgewire-start.json')

export type Workshop = Publisher & {
  readonly store: TidyStore
  readonly cache: OpenCache
}

export type Place = { readonly remote?: boolean | undefined; readonly state?: string | undefined }

/** Under which address content/ is compiled: a running `start` serves the local store under its own. */
export function baseFor(options: {
  readonly base?: string | undefined
  readonly remote?: boolean | undefined
}): string | undefined {
  return options.base ?? (options.remote ? undefined : holderOf(START_LOCK)?.base)
}

/** Opens everything, does some work, and closes everything, whatever comes of it. */
export async function inWorkshop(
  { remote, state = LOCAL_STATE }: Place,
  work: (workshop: Workshop) => Promise<Outcome>,
): Promise<Outcome> {
  const cache = openCache(WORK, clock())
  try {
    const store = remote
      ? openRemoteStore((seconds) => setTimeout(seconds * 1000))
      : await openLocalStore(state)
    // The journal of a local store lies beside it: it goes when the store goes.
    const journal = openJournal(remote ? join(WORK, 'journal') : join(state, 'edgewire-journal'))
    try {
      return await work({ store, cache, journal, platform, clock })
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    const { refusal } = error
    const exit = refusal.reason === 'day-is-spent' ? 'unfinished' : 'unreachable'
    return failed(refusal, describeRefusal(refusal), exit)
  } finally {
    cache.close()
  }
}
