/** SQLite, through the runtime's own module, which no other file imports. */

import { DatabaseSync } from 'node:sqlite'

export type Database = DatabaseSync

/**
 * Opens a file, which is made if it does not exist; waits up to `patience` milliseconds for others.
 */
export function openFile(file: string, patience: number): Database {
  try {
    return new DatabaseSync(file, { timeout: patience })
  } catch (error) {
    // SQLite does not say which file it is.
    throw Object.assign(error as Error, { path: file })
  }
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html): somebody else is writing. */
const BUSY_CODES = new Set([5, 6])
/**
 * A schema, a page, a length, a constraint or a type that nobody wrote, a version that may not be
 * written; and no database at all. A file that really may not be written cannot be removed either.
 */
const DAMAGED_CODES = new Set([1, 7, 8, 11, 18, 19, 20, 26])
/** The extended code for a page that lies beyond the end of the file. */
const SHORT_READ = 522

/**
 * Milliseconds between attempts, and their number: SQLite itself does not wait to change its mode.
 */
const MODE_PAUSE = 50
const MODE_ATTEMPTS = 200

/** Does work as soon as nobody else is writing, and gives up after ten seconds. */
export function whenFree(work: () => void): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let attempt = 1; ; attempt++) {
    try {
      work()
      return
    } catch (error) {
      if (!isBusy(error) || attempt === MODE_ATTEMPTS) throw error
      Atomics.wait(sleeper, 0, 0, MODE_PAUSE)
    }
  }
}

type SqliteError = { readonly errcode?: number; readonly code?: string }

export function isBusy(error: unknown): boolean {
  return BUSY_CODES.has(((error as SqliteError).errcode ?? 0) & 0xff)
}

/** Tells whether a file is not what SQLite wrote. */
export function isDamaged(error: unknown): boolean {
  const { errcode = 0, code } = error as SqliteError
  // A garbled number can be too large for the runtime.
  return DAMAGED_CODES.has(errcode & 0xff) || errcode === SHORT_READ || code === 'ERR_OUT_OF_RANGE'
}
