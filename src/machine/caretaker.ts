/**
 * The caretaker ends what must not outlive `start`, however that ends: the servers that wrangler
 * starts, which a killed process leaves running, and the store of a preview. It is a process of its
 * own, which waits for the end and then clears up what is left.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'

export type Caretaker = {
  /** Sends the caretaker away once nothing is left to clear up. */
  readonly dismiss: () => void
}

/** Watches over every process that is started from now on, and over a folder. */
export function takeCare(folder?: string): Caretaker {
  const script = join(import.meta.dirname, 'caretaker-process.js')
  // It has a session of its own, so that a signal to the terminal or its group does not end it.
  const caretaker = spawn(process.execPath, [script, folder ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  })
  const tell = (line: string): void => {
    // Somebody may have ended it: then nobody clears up, and nothing else changes.
    if (caretaker.stdin.writable) caretaker.stdin.write(`${line}\n`)
  }
  caretaker.on('error', () => undefined)
  caretaker.stdin.on('error', () => undefined)
  const started = (message: unknown): void => {
    const child = (message as { readonly process: ChildProcess }).process
    child.once('spawn', () => tell(`+${child.pid}`))
    child.once('exit', () => tell(`-${child.pid}`))
  }
  subscribe(CHANNEL, started)
  caretaker.unref()
  return {
    dismiss() {
      unsubscribe(CHANNEL, started)
      caretaker.stdin.end()
    },
  }
}

/** The channel on which Node announces every process that it starts. */
const CHANNEL = 'child_process'
