/** What this machine refused: a full disk, a folder that cannot be written. */

import { failed, type Outcome } from './outcome.ts'

/** SQLite's primary result codes: what they mean for a cache. */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'BUSY',
  8: 'EACCES',
  10: 'ENOSPC',
  11: 'DAMAGED',
  13: 'ENOSPC',
  14: 'EACCES',
  26: 'DAMAGED',
}

/** An outcome of whatever was thrown; of a defect, with everything that helps to mend it. */
export function describeBreakdown(error: unknown): Outcome {
  const { code = '', path, errcode, message = String(error), stack } = error as Thrown
  const kind = kindOf(code, errcode, message)
  const where = path === undefined ? '' : ` (${path})`
  const words = WORDS[kind]
  if (words) return failed({ reason: 'disk' }, `${words}${where} ${STAYS}`, 'unreachable')
  return failed(
    { reason: 'defect' },
    `This should not have happened, please report it. ${STAYS}\n${stack ?? message}`,
    'unreachable',
  )
}

/** The KV emulation says it in words only. */
const FULL = /SQLITE_FULL|No space left on device/

function kindOf(code: string, errcode: number | undefined, message: string): string {
  if (errcode !== undefined) return SQLITE[errcode & 0xff] ?? ''
  return FULL.test(message) ? 'ENOSPC' : code
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
  BUSY: 'Another edgewire is at work in this folder: wait for it, and run it again.',
  DAMAGED: 'What lies in .edgewire/ is damaged: delete the folder .edgewire/, and run it again.',
  STOPPED:
    'The local KV stopped answering, as it does on a full disk: make room, and run it again.',
  GONE: 'The folder that this was started in was removed: go to the one that is there now, and run it again.',
  EROFS: 'This disk is read-only: run it from a folder that can be written.',
}
