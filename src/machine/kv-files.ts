/**
 * The local KV as the emulator keeps it: a row for each key in a SQLite database, and a file for
 * each value. The format is the emulator's own affair, so it is used only with the version that it
 * was learned from, and only if the tables are word for word those that this version makes.
 */

import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pair } from '../edition/store.ts'
import type { LocalStore } from './emulated-store.ts'
import { type EntryTable, openEntryTable } from './entry-table.ts'
import { clock } from './platform.ts'
import { isBusy, isDamaged } from './sqlite.ts'
import { StoreError } from './store-refusal.ts'

/** The version of miniflare whose format this is: `test/machine/kv-files.test.ts` compares them. */
export const KNOWN_EMULATOR = '5.20261102.0-beta'

/** Values that are there at once: a publish that is killed goes on after the last of them. */
const VALUES_AT_ONCE = 16

/**
 * Opens a namespace below a state folder, which is made if nothing is there. `emulator` is the
 * version that is installed. Returns undefined if anything is not as expected or cannot be opened:
 * the emulation knows what to say then.
 */
export function openKvFiles(
  state: string,
  namespace: string,
  emulator: unknown,
): LocalStore | undefined {
  if (emulator !== KNOWN_EMULATOR) return undefined
  const folder = join(state, 'v3/kv')
  const values = join(folder, namespace, 'blobs')
  try {
    mkdirSync(values, { recursive: true })
    const table = openEntryTable(folder, namespace)
    return table && storeOf(table, values)
  } catch {
    return undefined
  }
}

function storeOf(table: EntryTable, folder: string): LocalStore {
  // Somebody may have just looked up where a value lies that is replaced now: it is there a while.
  let replaced: string[] = []
  const tidy = (next: readonly string[] = []): void => {
    for (const file of replaced) rmSync(join(folder, file), { force: true })
    replaced = [...next]
  }
  return {
    get: (keys) => orTold(() => keys.map((key) => readValue(table, folder, key))),
    async put(pairs, stored) {
      const metadata = JSON.stringify({ written: clock() })
      for (let from = 0; from < pairs.length; from += VALUES_AT_ONCE) {
        const group = pairs.slice(from, from + VALUES_AT_ONCE)
        tidy(await orTold(() => writeValues(table, folder, group, metadata)))
        stored?.(group.map(([key]) => key))
      }
    },
    list: () => orTold(() => table.list()),
    remove: (keys) => orTold(() => tidy(table.remove(keys))),
    async close() {
      tidy()
      table.close()
    },
  }
}

/** Reads a value; asks again where it lies if it was replaced in between. */
function readValue(table: EntryTable, folder: string, key: string): Uint8Array | undefined {
  for (let before: string | undefined; ; ) {
    const file = table.find(key)
    if (file === undefined || file === before) return undefined
    try {
      return readFileSync(join(folder, file))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    before = file
  }
}

/** Writes the values, then all their rows at once; returns the files that nothing names any more. */
function writeValues(
  table: EntryTable,
  folder: string,
  pairs: readonly Pair[],
  metadata: string,
): readonly string[] {
  const files = pairs.map(([key]) => [key, newName()] as const)
  try {
    for (const [index, [, file]] of files.entries())
      writeFileSync(join(folder, file), pairs[index]?.[1] ?? '', { flag: 'wx' })
    return table.put(files, metadata)
  } catch (error) {
    for (const [, file] of files) rmSync(join(folder, file), { force: true })
    throw error
  }
}

/** Makes the name of a value's file as the emulator does: no two are ever the same. */
function newName(): string {
  const milliseconds = Date.now().toString(16).padStart(16, '0')
  return randomBytes(32).toString('hex') + milliseconds
}

/** Does some work; a database that is damaged, or that others keep busy, is a store that refuses. */
async function orTold<Answer>(work: () => Answer): Promise<Answer> {
  try {
    return work()
  } catch (error) {
    if (!isBusy(error) && !isDamaged(error)) throw error
    throw new StoreError({ reason: 'local-store', detail: (error as Error).message })
  }
}
