/**
 * The notes of this machine about a store: the journal of an unfinished publish, who is publishing,
 * and how many writes of the account's day are spent. Each store has notes of its own, filed under
 * what identifies it for certain: a note about another store says nothing about this one.
 */

import { join } from 'node:path'
import type { Journal } from '../publish/journal.ts'
import { WORK } from './compile-cache.ts'
import { inProject } from './folder.ts'
import { openJournal } from './journal.ts'
import type { Namespace } from './wrangler-command.ts'

export type Notes = {
  readonly journal: Journal
  /** The file whose lock the publishing process holds. */
  readonly lock: string
  /** The file that counts today's writes of the account; undefined where writes cost nothing. */
  readonly spent: string | undefined
}

/** Returns the notes of a local store, which lie beside it: they go when the store goes. */
export function localNotes(state: string): Notes {
  const folder = inProject(state)
  return {
    journal: openJournal(join(folder, 'edgewire-journal')),
    lock: join(folder, 'edgewire-publish.json'),
    spent: undefined,
  }
}

/** Returns the notes of a deployed namespace; as long as it is unknown, no journal is kept. */
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
