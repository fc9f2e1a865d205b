/**
 * `content/` on disk. Contributors decide what lies in it, and are not trusted: only regular files
 * are read, and only those that lie in the folder itself. The operator decides which folder it is;
 * that one may be a link.
 *
 * A hard link is a file like any other, and cannot be told from one; git stores none.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Finding, Problem } from '../article/problem.ts'
import type { Folder, ReadRefusal } from '../article/source.ts'
import { fail, ok, type Result } from '../markup/result.ts'

/** Opens the folder, or says why there is none. */
export function openFolder(directory: string): Result<Folder, Problem> {
  try {
    const root = realpathSync(directory)
    const found: FolderListing = { files: [], folders: [], faults: [] }
    walk(root, readdirSync(root, { withFileTypes: true }), '', found)
    const { files, folders, faults } = found
    const known = new Set([...files, ...folders])
    const odd = new Set(faults.map(({ file }) => file))
    const read: Folder['read'] = (file, most) =>
      isAbsent(file, known, odd) ? ok(undefined) : readInside(root, file, most)
    return ok({ files, faults, read })
  } catch (error) {
    const detail = NO_FOLDER_WORDS[codeOf(error)] ?? codeOf(error)
    return fail({ ...atTop(directory), reason: 'no-folder', detail })
  }
}

const NO_FOLDER_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is a file',
}

type FolderListing = {
  readonly files: string[]
  readonly folders: string[]
  readonly faults: Problem[]
}
type Entries = ReturnType<typeof entriesOf>

/**
 * Finds the files below a folder, with slashes in their paths, and passes over names that begin
 * with a dot.
 */
function walk(root: string, entries: Entries, path: string, found: FolderListing): void {
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const file = path === '' ? entry.name : `${path}/${entry.name}`
    const fault = nameFault(file) ?? kindFault(file, entry)
    if (fault) found.faults.push({ ...atTop(file), ...fault })
    else if (entry.isFile()) found.files.push(file)
    else enter(root, file, found)
  }
}

function enter(root: string, path: string, found: FolderListing): void {
  found.folders.push(path)
  try {
    walk(root, entriesOf(join(root, path)), path, found)
  } catch (error) {
    found.faults.push({ ...atTop(path), reason: 'unreadable', detail: codeOf(error) })
  }
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
}

/**
 * Refuses links, and whatever is neither a file nor a folder. A link is refused wherever it leads,
 * since that can change after the look at it.
 */
function kindFault(file: string, entry: Entries[number]): Finding | undefined {
  if (entry.isSymbolicLink()) return { reason: 'link', target: file }
  return entry.isFile() || entry.isDirectory() ? undefined : { reason: 'not-a-file', target: file }
}

/**
 * Characters that a name cannot have: controls, what is no text, and the backslash, which leads to
 * another folder on other machines.
 */
const ODD = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\\\ufffd]/u

function nameFault(file: string): Extract<ReadRefusal, Finding> | undefined {
  if (ODD.test(file)) return { reason: 'odd-name', target: file }
  const steps = file.split('/')
  if (steps.includes('..')) return { reason: 'outside-content', target: file }
  return steps.some((step) => step.startsWith('.'))
    ? { reason: 'hidden-file', target: file }
    : undefined
}

/** Flags of `open`; Windows has neither of the latter two. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

/**
 * Tells whether nothing was there when the folder was listed: many texts name many files that are
 * not there, and each look at the disk costs. At what is odd, and below it, one has to look.
 */
function isAbsent(file: string, known: ReadonlySet<string>, odd: ReadonlySet<string>): boolean {
  if (known.has(file) || nameFault(file)) return false
  const ends = Array.from(file.matchAll(/\//g), ({ index }) => index)
  return !ends.some((end) => odd.has(file.slice(0, end))) && !odd.has(file)
}

/**
 * Reads a file. A path can change between the look at it and the opening, so the opened file itself
 * is judged: it has to be a regular file, not too large, and to lie where it was asked for.
 */
function readInside(root: string, file: string, most: number): ReturnType<Folder['read']> {
  const fault = nameFault(file)
  if (fault) return fail(fault)
  const path = join(root, file)
  let opened: number | undefined
  try {
    // A device may act when it is opened, and a file elsewhere must not be opened.
    const seen = faultOnPath(root, file)
    if (seen !== undefined) return fail(seen)
    // O_NONBLOCK: it does not wait for somebody to write into a pipe.
    opened = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const { size, ...stats } = fstatSync(opened)
    if (!isRegular(stats.mode)) return fail({ reason: 'not-a-file', target: file })
    const real = realPathOf(opened, path)
    if (real === `${path} (deleted)`) return fail({ reason: 'changed-meanwhile' })
    if (real !== path) return fail({ reason: 'link', target: file })
    if (size > most) return fail({ reason: 'too-large', bytes: size })
    return readWhole(opened, size)
  } catch (error) {
    const unread = unreadFor(codeOf(error), file)
    return unread ? fail(unread) : ok(undefined)
  } finally {
    if (opened !== undefined) closeSync(opened)
  }
}

/** Tells why a file is not read, by the code of an error; undefined if there is no such file. */
function unreadFor(code: string, file: string): ReadRefusal | undefined {
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
  if (code === 'ELOOP' || code === 'EMLINK') return { reason: 'link', target: file }
  return { reason: 'unreadable', detail: code }
}

/** Looks at each step of a path without following it. */
function faultOnPath(root: string, file: string): ReadRefusal | undefined {
  const steps = file.split('/')
  let path = root
  for (const [index, step] of steps.entries()) {
    path = join(path, step)
    const stats = lstatSync(path)
    if (stats.isSymbolicLink()) return { reason: 'link', target: file }
    if (index === steps.length - 1 && !stats.isFile()) return { reason: 'not-a-file', target: file }
  }
  return undefined
}

function isRegular(mode: number): boolean {
  return (mode & constants.S_IFMT) === constants.S_IFREG
}

/**
 * Returns the path of an open file. Linux knows it of the file itself, other systems only of its
 * name.
 */
function realPathOf(opened: number, path: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${opened}`)
  } catch {
    // There is no /proc here.
    return realpathSync(path)
  }
}

/** Reads all bytes of an open file: exactly as many as its size said. */
function readWhole(opened: number, size: number): Result<Uint8Array, ReadRefusal> {
  // One byte more, to see that the file ends there.
  const bytes = Buffer.allocUnsafe(size + 1)
  let length = 0
  for (;;) {
    const read = readSync(opened, bytes, length, bytes.length - length, null)
    length += read
    if (read === 0 || length > size) break
  }
  return length === size ? ok(bytes.subarray(0, size)) : fail({ reason: 'changed-meanwhile' })
}

function atTop(file: string): { file: string; line: number; column: number } {
  return { file, line: 1, column: 1 }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown'
}
