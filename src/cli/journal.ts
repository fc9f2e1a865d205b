/** The journal on disk: a line for each object, with the instant at which it was written. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Journal } from '../edition/journal.ts'

/** Opens the journal of a store. */
export function openJournal(file: string): Journal {
  return {
    read() {
      // What was cut off in the middle of a line is not believed.
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
      return lines.map((line) => {
        const [digest = '', written] = line.split(' ')
        return { digest, written: Number(written) }
      })
    },
    add(digests, now) {
      mkdirSync(dirname(file), { recursive: true })
      appendFileSync(file, digests.map((digest) => `${digest} ${now}\n`).join(''))
    },
    close: () => rmSync(file, { force: true }),
  }
}
