/** A lock that a process holds as long as it lives: for what must not run twice on one store. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { number, object, safeParse, string } from 'valibot'

const HOLDER = object({ pid: number(), base: string() })

export type Holder = { readonly pid: number; readonly base: string }

/** Takes the lock, or says who has it. `base` is the address that the holder publishes under. */
export function takeLock(
  file: string,
  base: string,
): { readonly release: () => void } | { readonly holder: Holder } {
  const holder = holderOf(file)
  if (holder) return { holder }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ pid: process.pid, base }))
  return { release: () => rmSync(file, { force: true }) }
}

/** The living process that holds a lock. */
export function holderOf(file: string): Holder | undefined {
  try {
    const holder = safeParse(HOLDER, JSON.parse(readFileSync(file, 'utf8')))
    if (!holder.success || holder.output.pid === process.pid) return undefined
    process.kill(holder.output.pid, 0)
    return holder.output
  } catch {
    // No file, no JSON, or no such process any more: nobody holds it.
    return undefined
  }
}
