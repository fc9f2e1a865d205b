/**
 * The compile cache on disk: `.edgewire/cache.db`. It can be deleted whenever nothing is being
 * published. The only importer of SQLite.
 */

import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CompileCache } from '../edition/compile-cache.ts'
import { platform } from './platform.ts'

export type OpenCache = CompileCache & { readonly close: () => void }

/** Where the project keeps what can be lost. */
export const WORK = '.edgewire'

/** Days after which something that was not asked for is forgotten. */
const KEPT_DAYS = 30
const DAY_SECONDS = 86_400
/** Writes in one transaction. */
const MOST_PENDING = 2000

/** Moves with the tables: what is laid out otherwise is thrown away. */
const LAYOUT = 1

/** It can be lost: nothing waits for the disk. Pages have the size of what is stored. */
const MODE = `
  PRAGMA busy_timeout = 30000;
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
`
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS memo (key TEXT PRIMARY KEY, text TEXT NOT NULL, day INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS objects (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, day INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS sizes ON objects (digest, size, day);
`

/** Opens the cache in a folder, which is made if it is not there. */
export function openCache(folder: string, now: number): OpenCache {
  const database = openDatabase(folder)
  const day = Math.floor(now / DAY_SECONDS)
  const version = versionOfCompiler()
  const statement = {
    recall: database.prepare('SELECT text, day FROM memo WHERE key = ?'),
    remember: database.prepare('INSERT OR REPLACE INTO memo (key, text, day) VALUES (?, ?, ?)'),
    object: database.prepare('SELECT bytes FROM objects WHERE digest = ?'),
    size: database.prepare('SELECT size, day FROM objects WHERE digest = ?'),
    keep: database.prepare(
      'INSERT OR IGNORE INTO objects (digest, bytes, size, day) VALUES (?, ?, ?, ?)',
    ),
  }
  const used = { memo: new Set<string>(), objects: new Set<string>() }
  // A commit for each object would take longer than rendering it; a transaction lasts until the
  // program waits for something, and not so long that others are kept out.
  let pending = 0
  const commit = (): void => {
    // A full disk has ended the transaction: that was told, and is what will be said.
    if (pending > 0 && database.isTransaction) database.exec('COMMIT')
    pending = 0
  }
  const begin = (): void => {
    if (pending >= MOST_PENDING) commit()
    if (pending === 0) {
      database.exec('BEGIN IMMEDIATE')
      setImmediate(commit)
    }
    pending += 1
  }
  return {
    recall(key) {
      const row = statement.recall.get(version + key)
      if (row && row['day'] !== day) used.memo.add(version + key)
      return row && String(row['text'])
    },
    remember(key, text) {
      begin()
      statement.remember.run(version + key, text, day)
    },
    object(digest) {
      const bytes = statement.object.get(digest)?.['bytes']
      return bytes instanceof Uint8Array ? bytes : undefined
    },
    sizeOf(digest) {
      const row = statement.size.get(digest)
      if (row && row['day'] !== day) used.objects.add(digest)
      return row && Number(row['size'])
    },
    keep({ digest, bytes }) {
      begin()
      statement.keep.run(digest, bytes, bytes.length, day)
    },
    close() {
      const isNewDay = used.memo.size > 0 || used.objects.size > 0
      if (isNewDay) tidy()
      commit()
      database.close()
    },
  }

  /** Once a day: what is used is marked, and what was not used for long is forgotten. */
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

function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, 'cache.db'))
  database.exec(MODE)
  const layout = database.prepare('PRAGMA user_version').get()?.['user_version']
  if (layout !== LAYOUT)
    database.exec(`DROP TABLE IF EXISTS memo; DROP TABLE IF EXISTS objects; ${SCHEMA}
      PRAGMA user_version = ${LAYOUT}`)
  return database
}

/** The digest of what decides how a source is rendered: the code, and the libraries it uses. */
function versionOfCompiler(): string {
  const root = join(import.meta.dirname, '..')
  const files = ['article', 'feed', 'page', 'edition'].flatMap((layer) =>
    readdirSync(join(root, layer)).map((file) => join(root, layer, file)),
  )
  const sources = files.filter((file) => file.endsWith('.ts')).toSorted()
  sources.push(join(dirname(root), 'package-lock.json'))
  return platform.digest(Buffer.concat(sources.map((file) => readFileSync(file))))
}
