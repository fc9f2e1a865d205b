/** Breakdowns of this machine, in words: a full disk, a folder that cannot be written. */

import { isFolderGone } from './folder.ts'
import { failed, type Outcome } from './outcome.ts'

/** Kinds of breakdown by SQLite's primary result code (https://sqlite.org/rescode.html). */
const SQLITE_KINDS: Readonly<Record<number, string>> = {
  5: 'BUSY',
  8: 'EACCES',
  10: 'ENOSPC',
  11: 'DAMAGED',
  13: 'ENOSPC',
  14: 'CLOSED',
  26: 'DAMAGED',
}

/**
 * Turns whatever was thrown into an outcome; a defect is told with everything that helps to mend
 * it.
 */
export function describeBreakdown(error: unknown): Outcome {
  const { path, message = String(error), stack } = error as ErrorFacts
  // In a folder that was removed every error has this cause, whatever Node says of it.
  const kind = isFolderGone() ? 'GONE' : breakdownKind(error as ErrorFacts, message)
  const place = kind === 'CONFIG' ? message : path
  const where = place === undefined ? '' : ` (${place})`
  const words = BREAKDOWN_WORDS[kind]
  if (words) return failed({ reason: 'disk' }, `${words}${where} ${PUBLISHED_STAYS}`, 'unreachable')
  return failed(
    { reason: 'defect' },
    [
      `This should not have happened, please report it. ${PUBLISHED_STAYS}`,
      ...trace(stack ?? message),
    ],
    'unreachable',
  )
}

function trace(text: string): string[] {
  return text.split('\n')
}

/** Signs of a full disk in the words of the KV emulation, which has no code for it. */
export const DISK_FULL: RegExp = /SQLITE_FULL|No space left/
/** Signs that a file of the emulation is no SQLite any more: it says no more than this. */
const KV_DAMAGED = /^internal error; reference|SQLITE_(?:NOTADB|CORRUPT|CANTOPEN|IOERR)/

function breakdownKind({ code = '', errcode, name }: ErrorFacts, message: string): string {
  if (errcode !== undefined) return SQLITE_KINDS[errcode & 0xff] ?? ''
  if (DISK_FULL.test(message)) return 'ENOSPC'
  if (KV_DAMAGED.test(message)) return 'FAILED'
  // Errors of wrangler's about its configuration have these names.
  return name === 'ParseError' || name === 'UserError' ? 'CONFIG' : code
}

type ErrorFacts = {
  readonly code?: string
  readonly path?: string
  /** SQLite's extended result code. */
  readonly errcode?: number
  readonly name?: string
  readonly message?: string
  readonly stack?: string
}

const PUBLISHED_STAYS = 'What was published stays.'

const BREAKDOWN_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: make room, and run it again.',
  EFBIG: 'The disk is full: make room, and run it again.',
  EDQUOT: 'Your quota on this disk is used up: make room, and run it again.',
  EACCES: 'This user may not read or write here: check the permissions.',
  EPERM: 'This user may not read or write here: check the permissions.',
  BUSY: 'Another edgewire is at work in this folder: wait for it, and run it again.',
  DAMAGED: 'What lies in .edgewire/ is damaged: delete that folder, and run it again.',
  CLOSED:
    'A file of edgewire’s own cannot be opened: check the permissions, or delete what lies in its place, and run it again.',
  FAILED:
    'The local KV cannot be read: stop what else uses it, and run it again. If that does not help, its files are damaged: delete .wrangler/state/, and publish again.',
  CONFIG: 'wrangler.toml cannot be used: mend it, or take it from edgewire again.',
  STOPPED:
    'The local KV stopped answering, as it does on a full disk: make room, and run it again.',
  EROFS: 'This disk is read-only: run it from a folder that can be written.',
  EEXIST: 'A file is in the place of a folder: move it away, and run it again.',
  ENOTDIR: 'A file is in the place of a folder: move it away, and run it again.',
  EISDIR: 'A folder is in the place of a file: move it away, and run it again.',
  ENOENT:
    'Something is not there, or cannot be made there: look whether the place can be written, and run it again.',
  ENAMETOOLONG: 'The name is too long for this disk: choose a shorter one.',
  GONE: 'The folder that this was started in was removed: go to the one that is there now, and run it again.',
}

/** The outcome of work in a folder that was removed meanwhile. */
export const FOLDER_GONE: Outcome = failed(
  { reason: 'disk' },
  `${BREAKDOWN_WORDS['GONE']} ${PUBLISHED_STAYS}`,
  'unreachable',
)
