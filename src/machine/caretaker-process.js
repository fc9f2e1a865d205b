/**
 * The process that clears up after `start`. Its standard input tells which processes run; when that
 * input ends, `start` has ended too.
 *
 * It is JavaScript and imports nothing of edgewire, because it runs all the time and has to be
 * small.
 */

import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [, , folder] = process.argv
const running = new Set()

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1))
    if (line.startsWith('+')) running.add(pid)
    else running.delete(pid)
  })
  .on('close', () => {
    for (const pid of running) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
