/** The journal on disk: a line for the `head` it began from, and one for each object. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Journal } from '../edition/journal.ts'

/** Opens the journal of a store. What was cut off in the middle of a line is not believed. */
export function openJournal(file: string): Journal {
  return {
    open(head) {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
      if (lines[0] === head) return lines.slice(1)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${head}\n`)
      return []
    },
    add: (digests) => appendFileSync(file, digests.map((digest) => `${digest}\n`).join('')),
    close: () => rmSync(file, { force: true }),
  }
}
