/** The table of the emulator's in which a row for each key says where its value lies. */

import { createHash, createHmac } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ListedKey } from '../edition/store.ts'
import { type Database, openFile, whenFree } from './sqlite.ts'

export type EntryTable = {
  /** Finds the file of a key's value; undefined if there is none. */
  readonly find: (key: string) => string | undefined
  /** Names the files of some keys, all at once; returns those that were replaced. */
  readonly put: (
    files: readonly (readonly [key: string, file: string])[],
    metadata: string,
  ) => readonly string[]
  readonly list: () => readonly ListedKey[]
  /** Forgets some keys, all at once; returns the files of their values. */
  readonly remove: (keys: readonly string[]) => readonly string[]
  readonly close: () => void
}

/** Milliseconds for which others who write are waited for. */
const WRITERS_PATIENCE = 10_000

/** The class of the emulator's that keeps a namespace: its folder has the name. */
const KEEPER = 'miniflare-KVNamespaceObject'

/** The tables, in the very words of the emulator's. */
const EMULATOR_TABLES = [
  `CREATE TABLE _mf_entries (
  key TEXT PRIMARY KEY,
  blob_id TEXT NOT NULL,
  expiration INTEGER,
  metadata TEXT
)`,
  'CREATE INDEX _mf_entries_expiration_idx ON _mf_entries(expiration)',
]

/** Opens the table of a namespace, which is made if nothing is there; undefined if it is another. */
export function openEntryTable(folder: string, namespace: string): EntryTable | undefined {
  mkdirSync(join(folder, KEEPER), { recursive: true })
  const path = join(folder, KEEPER, `${keeperOf(namespace)}.sqlite`)
  const database = openFile(path, WRITERS_PATIENCE)
  try {
    if (wordsOfTables(database).length === 0) make(database)
    if (`${wordsOfTables(database)}` === `${EMULATOR_TABLES}`) return tableOver(database)
  } catch (error) {
    database.close()
    throw error
  }
  database.close()
  return undefined
}

function tableOver(database: Database): EntryTable {
  const find = database.prepare(
    'SELECT blob_id FROM _mf_entries WHERE key = ? AND (expiration IS NULL OR expiration > ?)',
  )
  const put = database.prepare(
    'INSERT OR REPLACE INTO _mf_entries (key, blob_id, expiration, metadata) VALUES (?, ?, NULL, ?)',
  )
  const list = database.prepare(
    'SELECT key, metadata FROM _mf_entries WHERE expiration IS NULL OR expiration > ? ORDER BY key',
  )
  const remove = database.prepare('DELETE FROM _mf_entries WHERE key = ? RETURNING blob_id')
  const fileOf = (row: Record<string, unknown> | undefined): string[] =>
    row ? [String(row['blob_id'])] : []
  return {
    find: (key) => fileOf(find.get(key, Date.now()))[0],
    put: (files, metadata) =>
      atOnce(database, () =>
        files.flatMap(([key, file]) => {
          const before = fileOf(remove.get(key))
          put.run(key, file, metadata)
          return before
        }),
      ),
    list: () =>
      list.all(Date.now()).map(({ key, metadata }) => ({
        key: String(key),
        written: JSON.parse(String(metadata))?.written,
      })),
    remove: (keys) => atOnce(database, () => keys.flatMap((key) => fileOf(remove.get(key)))),
    close: () => database.close(),
  }
}

/** Makes the tables, unless somebody else is faster. */
function make(database: Database): void {
  whenFree(() => database.exec('PRAGMA journal_mode = WAL'))
  atOnce(database, () => {
    if (wordsOfTables(database).length === 0)
      for (const words of EMULATOR_TABLES) database.exec(words)
  })
}

/** Does work that others see whole or not at all. */
function atOnce<Answer>(database: Database, work: () => Answer): Answer {
  database.exec('BEGIN IMMEDIATE')
  try {
    const answer = work()
    database.exec('COMMIT')
    return answer
  } catch (error) {
    // A full disk has ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function wordsOfTables(database: Database): string[] {
  const words = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL')
  return words.all().map(({ sql }) => String(sql))
}

/** Returns the id under which the emulator's runtime keeps what has a name. */
function keeperOf(name: string): string {
  const key = createHash('sha256').update(KEEPER).digest()
  const half = (text: string | Uint8Array): Buffer =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16)
  const begin = half(name)
  return Buffer.concat([begin, half(begin)]).toString('hex')
}
