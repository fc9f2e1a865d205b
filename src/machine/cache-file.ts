/** The tables of the compile cache, as they lie in its file: nothing in them is judged here. */

import type { Digest } from '../article/platform.ts'
import { type Database, openFile, whenFree } from './sqlite.ts'

export type CacheFile = {
  readonly text: (key: string) => { readonly text: string; readonly check: string } | undefined
  readonly putText: (key: string, text: string, check: string) => void
  readonly object: (digest: Digest) => Uint8Array | undefined
  readonly size: (digest: Digest) => number | undefined
  readonly putObject: (digest: Digest, bytes: Uint8Array) => void
  readonly close: () => void
  /** Closes the file as it is, without the transaction that is open. */
  readonly abandon: () => void
}

/** Days after which a row that nobody asked for is forgotten. */
const KEPT_DAYS = 30

/**
 * Milliseconds that a transaction lasts, since others write too, and that others are waited for.
 */
const HELD = 100
const OTHERS_PATIENCE = 120_000

/** The version of the tables: a file with another one is emptied. */
const LAYOUT = 2

/**
 * Settings of a file that can be lost: nothing waits for the disk. Pages are about as large as
 * rows.
 */
const MODE = `
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
`
const TABLES = `
  DROP TABLE IF EXISTS memo;
  DROP TABLE IF EXISTS objects;
  CREATE TABLE memo (key TEXT PRIMARY KEY, text TEXT NOT NULL, mark TEXT NOT NULL, day INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE objects (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, day INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE INDEX sizes ON objects (digest, size, day);
  PRAGMA user_version = ${LAYOUT};
`

/** Opens the tables, which are made if they are not there; `day` is today, counted since 1970. */
export function openCacheFile(path: string, day: number): CacheFile {
  const database = openDatabase(path)
  const statement = {
    recall: database.prepare('SELECT text, mark, day FROM memo WHERE key = ?'),
    remember: database.prepare(
      'INSERT OR REPLACE INTO memo (key, text, mark, day) VALUES (?, ?, ?, ?)',
    ),
    object: database.prepare('SELECT bytes FROM objects WHERE digest = ?'),
    size: database.prepare('SELECT size, day FROM objects WHERE digest = ?'),
    keep: database.prepare(
      'INSERT OR IGNORE INTO objects (digest, bytes, size, day) VALUES (?, ?, ?, ?)',
    ),
  }
  const used = { memo: new Set<string>(), objects: new Set<string>() }
  // A commit for each object would take longer than rendering it. So a transaction lasts until the
  // program waits for something, but not so long that other processes are kept out.
  let begun: number | undefined
  let failure: unknown
  const commit = (): void => {
    const isOpen = begun !== undefined
    begun = undefined
    // A full disk has ended the transaction already, and the error for it was thrown.
    if (isOpen && database.isTransaction) database.exec('COMMIT')
  }
  const commitLater = (): void => {
    try {
      commit()
    } catch (error) {
      // Nobody awaits this commit: the next call throws the error.
      failure = error
    }
  }
  const begin = (): void => {
    if (failure !== undefined) throw failure
    if (begun !== undefined && performance.now() > begun + HELD) commit()
    if (begun !== undefined) return
    database.exec('BEGIN IMMEDIATE')
    begun = performance.now()
    setImmediate(commitLater)
  }
  return {
    text(key) {
      const row = statement.recall.get(key)
      if (row && row['day'] !== day) used.memo.add(key)
      return row && { text: String(row['text']), check: String(row['mark']) }
    },
    putText(key, text, check) {
      begin()
      statement.remember.run(key, text, check, day)
    },
    object(digest) {
      if (failure !== undefined) throw failure
      const bytes = statement.object.get(digest)?.['bytes']
      return bytes instanceof Uint8Array ? bytes : undefined
    },
    size(digest) {
      const row = statement.size.get(digest)
      if (row && row['day'] !== day) used.objects.add(digest)
      return row && Number(row['size'])
    },
    putObject(digest, bytes) {
      begin()
      statement.keep.run(digest, bytes, bytes.length, day)
    },
    close() {
      if (failure !== undefined) throw failure
      if (used.memo.size > 0 || used.objects.size > 0) tidy()
      commit()
      database.close()
    },
    abandon() {
      begun = undefined
      database.close()
    },
  }

  /** Marks, once a day, the rows that were used, and forgets those that were not used for long. */
  function tidy(): void {
    begin()
    const touchMemo = database.prepare('UPDATE memo SET day = ? WHERE key = ?')
    for (const key of used.memo) touchMemo.run(day, key)
    const touchObjects = database.prepare('UPDATE objects SET day = ? WHERE digest = ?')
    for (const digest of used.objects) touchObjects.run(day, digest)
    database.prepare('DELETE FROM memo WHERE day < ?').run(day - KEPT_DAYS)
    database.prepare('DELETE FROM objects WHERE day < ?').run(day - KEPT_DAYS)
  }
}

function openDatabase(path: string): Database {
  const database = openFile(path, OTHERS_PATIENCE)
  try {
    whenFree(() => database.exec(MODE))
    // Two processes may find at once that there are no tables yet.
    whenFree(() => database.exec('BEGIN IMMEDIATE'))
    const layout = database.prepare('PRAGMA user_version').get()?.['user_version']
    if (layout !== LAYOUT) database.exec(TABLES)
    database.exec('COMMIT')
  } catch (error) {
    database.close()
    throw error
  }
  return database
}
