/**
 * What this machine notes of a store: the journal of an unfinished publish, who is publishing, and
 * how much of its account's day is spent. Each store has notes of its own, by what is known for
 * certain of which store it is: a note of another one says nothing.
 */

import { join } from 'node:path'
import type { Journal } from '../publish/journal.ts'
import { WORK } from './compile-cache.ts'
import { inProject } from './folder.ts'
import { openJournal } from './journal.ts'
import type { Namespace } from './wrangler-command.ts'

export type Notes = {
  readonly journal: Journal
  /** Held by who is publishing. */
  readonly lock: string
  /** The writes of a day of the account; undefined where they cost nothing. */
  readonly spent: string | undefined
}

/** The notes of a local store lie beside it: they go when the store goes. */
export function localNotes(state: string): Notes {
  const folder = inProject(state)
  return {
    journal: openJournal(join(folder, 'edgewire-journal')),
    lock: join(folder, 'edgewire-publish.json'),
    spent: undefined,
  }
}

/** The notes of a deployed namespace; of one that nobody can name, nothing is noted. */
export function remoteNotes(namespace: Namespace | undefined): Notes {
  const folder = inProject(WORK)
  const { account = 'unknown', id = 'unknown' } = namespace ?? {}
  const store = join(folder, 'stores', `${account}-${id}`)
  return {
    journal: openJournal(namespace && join(store, 'journal')),
    lock: join(store, 'publish.json'),
    spent: join(folder, 'accounts', account, 'writes-today.json'),
  }
}
