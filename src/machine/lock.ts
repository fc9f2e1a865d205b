/**
 * A lock of the operating system's on a file, for work that must not run twice on one store. It
 * ends with the process that holds it, however that ends, so that no process id has to be believed.
 * A file beside it names the holder, for people only.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { number, object, optional, safeParse, string } from 'valibot'
import { fail, ok, type Result } from '../markup/result.ts'
import { inProject } from './folder.ts'
import { type Database, isBusy, isDamaged, openFile } from './sqlite.ts'

const HOLDER = object({ pid: number(), base: optional(string()) })

/** A process, and the address that it publishes under. */
export type Holder = { readonly pid: number; readonly base?: string | undefined }

export type Lock = { readonly release: () => void }

/** Milliseconds to wait for another process that only looks at the lock, and lets go at once. */
const LOOK_PATIENCE = 250

/** Takes the lock, or says who has it. `base` is the address that the holder publishes under. */
export function takeLock(file: string, base?: string): Result<Lock, Holder> {
  const release = hold(file)
  if (!release) return fail(readHolder(file))
  writeFileSync(file, JSON.stringify({ pid: process.pid, base }))
  return ok({
    release() {
      rmSync(file, { force: true })
      release()
    },
  })
}

/** Returns the living process that holds a lock; undefined if nobody does. */
export function holderOf(file: string): Holder | undefined {
  const release = hold(file)
  release?.()
  return release ? undefined : readHolder(file)
}

/** Milliseconds between two attempts. */
const LOCK_PAUSE = 100

/**
 * Takes the lock as soon as it is free; if it is not, first calls `told` with the process that
 * holds it.
 */
export async function waitForLock(
  file: string,
  patience: number,
  told: (holder: Holder) => void,
): Promise<Result<Lock, Holder>> {
  let taken = takeLock(file)
  if (!taken.ok) told(taken.failure)
  for (let waited = 0; !taken.ok && waited < patience; waited += LOCK_PAUSE) {
    await setTimeout(LOCK_PAUSE)
    taken = takeLock(file)
  }
  return taken
}

/** The locks of this process: a database that nothing refers to any more would be closed. */
const held = new Set<Database>()

/**
 * Locks the file `….lock`; undefined while somebody else does. Nothing is ever written into it. If
 * a failing disk left bytes there, it is emptied rather than removed, so that it stays the same
 * file.
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
  const database = openFile(path, LOOK_PATIENCE)
  try {
    // Nothing is ever written, so no journal file has to lie beside this one.
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

function readHolder(file: string): Holder {
  try {
    const holder = safeParse(HOLDER, JSON.parse(readFileSync(file, 'utf8')))
    if (holder.success) return holder.output
  } catch {
    // The holder has not written its name yet.
  }
  return { pid: 0 }
}
