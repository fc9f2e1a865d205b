/** Reasons for a server to stop, and waiting for them. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isFolderGone } from './folder.ts'

export type End = 'told' | 'parent-gone' | 'folder-gone'

/** The processes from the parent of this one up to the npm that runs it. */
export type Lineage = readonly number[]

/** Milliseconds between two looks at the parent and the folder, of which no event tells. */
const LINEAGE_PAUSE = 1000

/**
 * Waits for Ctrl-C, for the end of the npm that started this, or for the working folder to go.
 * wrangler's own handlers would end the process before everything is closed.
 */
export function untilStopped(line: Lineage): Promise<End> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.removeAllListeners(signal)
      process.once(signal, () => resolve('told'))
    }
    const timer = setInterval(() => {
      if (lineage().join() !== line.join()) resolve('parent-gone')
      if (isFolderGone()) resolve('folder-gone')
    }, LINEAGE_PAUSE)
    timer.unref()
  })
}

/**
 * Returns the lineage as it is now. npm starts a shell, and when npm is killed neither that nor
 * this process hears of it, but an orphan gets another parent. Without npm the lineage is empty: a
 * process that outlives its shell may be meant to.
 */
export function lineage(): Lineage {
  if (process.env['npm_lifecycle_event'] === undefined) return []
  const parent = process.ppid
  const { name, ppid } = readProcess(parent)
  return SHELL_NAME.test(name) ? [parent, ppid] : [parent]
}

const SHELL_NAME = /(?:^|[/-])(?:(?:ba|da|a|k|mk|z|fi)?sh|busybox)$/

/** Reads the name of a process and the id of its parent from the system. */
function readProcess(pid: number): { readonly name: string; readonly ppid: number } {
  const [, name = '', ppid] = /^\S+ \((.*)\) \S (\d+)/s.exec(statOf(pid)) ?? []
  return { name, ppid: Number(ppid) }
}

/** Reads `pid (name) state ppid …`, as in proc(5); where there is no /proc, `ps` says the same. */
function statOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/stat`, 'utf8')
      : execFileSync('ps', ['-o', 'pid=,ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' })
          .trim()
          .replace(/^(\d+)\s+(\d+)\s+(.*)$/s, '$1 ($3) ? $2')
  } catch {
    // It has ended, or this system does not tell.
    return ''
  }
}
