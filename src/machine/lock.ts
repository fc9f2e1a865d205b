/**
 * A lock of the operating system's on a file: for what must not run twice on one store. It ends with
 * the process that holds it, however that ends; no number of a process has to be believed.
 * A file beside it tells who holds it, for people only.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { number, object, optional, safeParse, string } from 'valibot'
import { inProject } from './folder.ts'
import { type Database, isBusy, isDamaged, openFile } from './sqlite.ts'

const HOLDER = object({ pid: number(), base: optional(string()) })

/** A process, and the address that it publishes under. */
export type Holder = { readonly pid: number; readonly base?: string | undefined }

export type Lock = { readonly release: () => void }

/** Milliseconds for a look at a lock by somebody else, who lets go at once. */
const A_LOOK = 250

/** Takes the lock, or says who has it. `base` is the address that the holder publishes under. */
export function takeLock(file: string, base?: string): Lock | { readonly holder: Holder } {
  const release = hold(file)
  if (!release) return { holder: noted(file) }
  writeFileSync(file, JSON.stringify({ pid: process.pid, base }))
  return {
    release() {
      rmSync(file, { force: true })
      release()
    },
  }
}

/** The living process that holds a lock. */
export function holderOf(file: string): Holder | undefined {
  const release = hold(file)
  release?.()
  return release ? undefined : noted(file)
}

/** Milliseconds between two attempts. */
const AGAIN = 100

/** Takes the lock as soon as it is free; `told` is told once who has it. */
export async function waitForLock(
  file: string,
  patience: number,
  told: (holder: Holder) => void,
): Promise<Lock | { readonly holder: Holder }> {
  let taken = takeLock(file)
  if ('holder' in taken) told(taken.holder)
  for (let waited = 0; 'holder' in taken && waited < patience; waited += AGAIN) {
    await setTimeout(AGAIN)
    taken = takeLock(file)
  }
  return taken
}

/** What this process holds: a database that nobody knows any more would be closed. */
const held = new Set<Database>()

/**
 * Locks the file beside, in which nothing is ever written; undefined while somebody else does. What
 * lies in it nevertheless, a disk wrote: it is emptied, and not removed, so that it stays one file.
 */
function hold(file: string): (() => void) | undefined {
  const path = inProject(`${file}.lock`)
  mkdirSync(dirname(path), { recursive: true })
  try {
    return begin(path)
  } catch (error) {
    if (!isDamaged(error)) throw error
    writeFileSync(path, '')
    return begin(path)
  }
}

function begin(path: string): (() => void) | undefined {
  const database = openFile(path, A_LOOK)
  try {
    // Nothing is written, and nothing is to lie beside the file for that.
    database.exec('PRAGMA journal_mode = MEMORY')
    database.exec('BEGIN IMMEDIATE')
    held.add(database)
    return () => {
      held.delete(database)
      database.close()
    }
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

function noted(file: string): Holder {
  try {
    const holder = safeParse(HOLDER, JSON.parse(readFileSync(file, 'utf8')))
    if (holder.success) return holder.output
  } catch {
    // It has the lock, and has not said yet who it is.
  }
  return { pid: 0 }
}
