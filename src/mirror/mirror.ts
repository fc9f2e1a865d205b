/**
 * The folder of a mirror: one file for each article, and a note of how far the walk has come.
 * Nothing is written outside of the folder, no link is followed, and no file is overwritten or
 * removed that is not the mirror's.
 */

import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { isId } from '../article/id.ts'
import { takeLock } from '../machine/lock.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import type { Item } from './page.ts'
import { beginWalk, readState, type State } from './state.ts'
import type { PullFailure } from './words.ts'

const STATE_FILE = '.edgewire.json'
/**
 * The file that names the holder of the lock beside it. That lock file stays when the walk ends.
 */
const LOCK_FILE = '.edgewire.pull'
/** The name under which every file is written before it is moved to its place. */
const PART_FILE = '.edgewire.part'
/** Bytes of a file that is read: no pull has written a longer one. */
const LARGEST_FILE = 128 * 1024 * 1024
const OWN_FILES: readonly string[] = [STATE_FILE, LOCK_FILE, `${LOCK_FILE}.lock`, PART_FILE]

/**
 * Opens a folder as the mirror of the site or feed whose `changes.json` is given, and keeps others
 * out of it.
 */
export function openMirror(given: string, changes: string): Result<Mirror, PullFailure> {
  const folder = folderAt(resolve(given))
  if (folder === undefined) return fail({ reason: 'no-folder', folder: given })
  const files = readdirSync(folder)
  for (const file of OWN_FILES) {
    const stats = statsOf(join(folder, file))
    if (stats && !stats.isFile()) return fail({ reason: 'foreign-file', file: join(given, file) })
  }
  const other = fail({ reason: 'other-folder', folder: given, changes } as const)
  if (!files.includes(STATE_FILE) && files.some((file) => !OWN_FILES.includes(file))) return other
  const lock = takeLock(join(folder, LOCK_FILE), changes)
  if (!lock.ok) return fail({ reason: 'busy', folder: given, pid: lock.failure.pid })
  const mirror = new Mirror(given, folder, lock.value.release)
  if (mirror.isOf(changes)) return ok(mirror)
  mirror.close()
  return other
}

const NO_FOLDER_CODES: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'ENOENT', 'ELOOP'])

/**
 * Returns the real path of a folder, which is made if it does not exist; undefined if something
 * else is in its place.
 */
function folderAt(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true })
    return realpathSync(path)
  } catch (error) {
    const { code } = error as { code?: string }
    if (NO_FOLDER_CODES.has(code ?? '')) return undefined
    throw error
  }
}

export class Mirror {
  /** The path as the operator wrote it. */
  readonly #given: string
  readonly #folder: string
  /** The mark that tells the folder from another one that is put into its place. */
  readonly #identity: string
  readonly #release: () => void

  constructor(given: string, folder: string, release: () => void) {
    this.#given = given
    this.#folder = folder
    this.#identity = identityOf(statsOf(folder))
    this.#release = release
  }

  /** Tells whether it is the mirror of these changes, as far as its note can be read. */
  isOf(changes: string): boolean {
    const state = readState(this.#read(STATE_FILE))
    return typeof state === 'string' || state.changes === changes
  }

  /**
   * Reads how far the walk has come. If the note is `damaged` it begins anew, which costs time and
   * no article.
   */
  state(changes: string): { readonly state: State; readonly damaged: boolean } {
    const state = readState(this.#read(STATE_FILE))
    if (typeof state !== 'string') return { state, damaged: false }
    if (state === 'missing') return { state: beginWalk(changes), damaged: false }
    return { state: beginWalk(changes, this.held()), damaged: true }
  }

  /** Lists the articles that are here. */
  held(): string[] {
    return readdirSync(this.#folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter((id) => isId(id) && this.#isOwn(id))
  }

  /** Takes in what a page says, or refuses the whole page. Doing it twice does no harm. */
  takeIn(items: readonly Item[], gone: readonly string[]): Result<undefined, PullFailure> {
    if (!this.#isThere()) return this.#replaced()
    for (const id of [...items.map((item) => item.id), ...gone]) {
      if (statsOf(this.#at(`${id}.json`)) && !this.#isOwn(id))
        return fail({ reason: 'foreign-file', file: join(this.#given, `${id}.json`) })
    }
    for (const { id, json } of items) this.#write(`${id}.json`, json)
    for (const id of gone) rmSync(this.#at(`${id}.json`), { force: true })
    return ok(undefined)
  }

  /** Notes how far the walk has come, after everything taken in is on the disk for certain. */
  note(state: State): Result<State, PullFailure> {
    if (!this.#isThere()) return this.#replaced()
    syncFolder(this.#folder)
    this.#write(STATE_FILE, `${JSON.stringify(state)}\n`)
    return ok(state)
  }

  /** Lets others in. */
  close(): void {
    if (this.#isThere()) this.#release()
  }

  /** Tells whether the folder is still the one that was opened. */
  #isThere(): boolean {
    return identityOf(statsOf(this.#folder)) === this.#identity
  }

  #replaced(): Result<never, PullFailure> {
    return fail({ reason: 'folder-replaced', folder: this.#given })
  }

  #at(file: string): string {
    return join(this.#folder, file)
  }

  /**
   * Tells whether an article's file was written by a pull: it holds the article that its name says.
   */
  #isOwn(id: string): boolean {
    const text = this.#read(`${id}.json`)
    try {
      const item: { _edgewire?: { id?: unknown } } | null = JSON.parse(text ?? '')
      return item?._edgewire?.id === id
    } catch {
      return false
    }
  }

  /** Reads a regular file of the folder; undefined where there is none. */
  #read(file: string): string | undefined {
    if (!statsOf(this.#at(file))?.isFile()) return undefined
    const handle = openSync(this.#at(file), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const stats = fstatSync(handle)
      const isReadable = stats.isFile() && stats.size <= LARGEST_FILE
      return isReadable ? readFileSync(handle, 'utf8') : undefined
    } finally {
      closeSync(handle)
    }
  }

  /**
   * Writes a file beside its place and moves it there: never half a file, and never through a link.
   */
  #write(file: string, text: string): void {
    const part = this.#at(PART_FILE)
    rmSync(part, { force: true })
    try {
      writeFileSync(part, text, { flag: 'wx', flush: true })
      renameSync(part, this.#at(file))
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    }
  }
}

/** Looks at a path itself, without following it if it is a link. */
function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

function identityOf(stats: Stats | undefined): string {
  return stats?.isDirectory() ? `${stats.dev}:${stats.ino}` : ''
}

/**
 * Makes sure that the names in a folder are on the disk. Windows opens no folders, and does so by
 * itself.
 */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
