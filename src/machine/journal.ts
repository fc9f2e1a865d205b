/**
 * The journal on disk: a line for each object, with the instant at which it was written and a
 * check. A line that a crash or a disk has garbled fails that check, and so does a line of another
 * store.
 */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Journal } from '../publish/journal.ts'
import { platform } from './platform.ts'

/** Characters of a line's check. */
const CHECK_LENGTH = 12

/**
 * Opens the journal of a store. Without a file, when nobody knows which store it is, nothing is
 * noted.
 */
export function openJournal(file: string | undefined): Journal {
  return {
    read() {
      if (file === undefined || !existsSync(file)) return []
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => {
          const [digest = '', written = '', check] = line.split(' ')
          if (check !== checkOf(file, digest, written)) return []
          return { digest, written: Number(written) }
        })
    },
    add(digests, now) {
      if (file === undefined) return
      mkdirSync(dirname(file), { recursive: true })
      const lines = digests.map((digest) => `${digest} ${now} ${checkOf(file, digest, `${now}`)}\n`)
      const opened = openSync(file, 'a')
      try {
        // The line feed ends a line that was cut off before.
        writeSync(opened, `\n${lines.join('')}`)
        fsyncSync(opened)
      } finally {
        closeSync(opened)
      }
    },
    close() {
      if (file !== undefined) rmSync(file, { force: true })
    },
  }
}

function checkOf(file: string, digest: string, written: string): string {
  const store = basename(dirname(file))
  return platform.digest(Buffer.from(`${store}\n${digest} ${written}`)).slice(0, CHECK_LENGTH)
}
