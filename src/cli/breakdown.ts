/** What this machine refused: a full disk, a folder that cannot be written. */

import { failed, type Outcome } from './outcome.ts'

/** SQLite's own code for a full disk. */
const SQLITE_FULL = 13
const SQLITE_IOERR = 10

/** An outcome of whatever was thrown; of a defect, with everything that helps to mend it. */
export function describeBreakdown(error: unknown): Outcome {
  const { code = '', path, errcode, message = String(error), stack } = error as Thrown
  const kind = errcode === undefined ? code : sqliteKind(errcode)
  const where = path === undefined ? '' : ` (${path})`
  const words = WORDS[kind]
  if (words) return failed({ reason: 'disk' }, `${words}${where} ${STAYS}`, 'unreachable')
  return failed(
    { reason: 'defect' },
    `This should not have happened, please report it. ${STAYS}\n${stack ?? message}`,
    'unreachable',
  )
}

type Thrown = {
  readonly code?: string
  readonly path?: string
  /** SQLite's extended result code. */
  readonly errcode?: number
  readonly message?: string
  readonly stack?: string
}

const STAYS = 'What was published stays.'

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: make room, and run it again.',
  EFBIG: 'The disk is full: make room, and run it again.',
  EDQUOT: 'Your quota on this disk is used up: make room, and run it again.',
  EACCES: 'This user may not read or write here: check the permissions.',
  EPERM: 'This user may not read or write here: check the permissions.',
  EROFS: 'This disk is read-only: run it from a folder that can be written.',
}

function sqliteKind(errcode: number): string {
  const primary = errcode & 0xff
  return primary === SQLITE_FULL || primary === SQLITE_IOERR ? 'ENOSPC' : ''
}
