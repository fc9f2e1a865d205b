/**
 * Sources: the Markdown files of `content/`, each read once for its front matter. The text is read
 * again when it is needed: a large corpus would not fit into memory.
 */

import {
  type Cut,
  cutSource,
  type FrontMatter,
  parseFrontMatter,
  placesIn,
} from './front-matter.ts'
import type { Digest, Memo, Platform } from './platform.ts'
import type { Finding, Place, Problem } from './problem.ts'
import type { Yaml } from './yaml.ts'

/** `content/` as it was read: paths with slashes, relative to it. */
export type Folder = {
  readonly files: readonly string[]
  /** What is in the way of knowing all files: links, folders that cannot be read. */
  readonly faults: readonly Problem[]
  /** The bytes of a file, of which it may have so many; why not; or undefined if there is none. */
  readonly read: (file: string, most: number) => Uint8Array | Unread | undefined
}

/** Why a file is not read. */
export type Unread =
  | Extract<
      Finding,
      {
        readonly reason:
          | 'link'
          | 'not-a-file'
          | 'hidden-file'
          | 'odd-name'
          | 'outside-content'
          | 'unreadable'
          | 'changed-meanwhile'
      }
    >
  | { readonly reason: 'too-large'; readonly bytes: number }

export type Source = {
  readonly file: string
  /** Of the file's bytes. */
  readonly digest: Digest
  readonly front: FrontMatter
  /** The file, read again; undefined if it is not what it was. */
  readonly reopen: () => Cut | undefined
  /** Where the value at a path of the front matter stands. */
  readonly placeOf: (path: readonly (string | number)[]) => Place
}

type Report = (problem: Problem) => void

/** An article has one text in four documents, and KV stores 25 MiB in a value. */
export const MOST_TEXT: number = 2 * 1024 * 1024

/** Reads all sources, in the order of their files. */
export function readSources(
  folder: Folder,
  platform: Platform,
  memo: Memo,
  report: Report,
): Source[] {
  folder.faults.forEach(report)
  const files = folder.files.filter(isSource).toSorted()
  const places = createPlaces()
  return files.flatMap((file) => readSource(folder, file, platform, memo, report, places) ?? [])
}

/** The name under which a folder tells people about itself; ids have no capitals. */
const ABOUT_A_FOLDER = 'README.md'

/** Tells whether a file is the source of an article. */
function isSource(file: string): boolean {
  return file.endsWith('.md') && file.split('/').at(-1) !== ABOUT_A_FOLDER
}

type Places = (file: string, cut: () => Cut | undefined) => Yaml | undefined

/** The places of one file at a time: many problems of it are told, and it is parsed once. */
function createPlaces(): Places {
  let last: { readonly file: string; readonly yaml: Yaml | undefined } | undefined
  return (file, reopen) => {
    if (last?.file !== file) {
      const cut = reopen()
      last = { file, yaml: cut && placesIn(cut, file) }
    }
    return last.yaml
  }
}

function readSource(
  folder: Folder,
  file: string,
  platform: Platform,
  memo: Memo,
  report: Report,
  places: Places,
): Source | undefined {
  const bytes = readBytes(folder, file, report)
  if (!bytes) {
    // Listed, and not there: a file that was just removed.
    if (folder.read(file, MOST_TEXT) === undefined)
      report({ file, line: 1, column: 1, reason: 'changed-meanwhile' })
    return undefined
  }
  const digest = platform.digest(bytes)
  const known = memo.recall(digest)
  const front = known ? (JSON.parse(known) as FrontMatter) : frontMatterOf(bytes, file, report)
  if (!front) return undefined
  if (!known) memo.remember(digest, JSON.stringify(front))
  const reopen = (): Cut | undefined => {
    const again = folder.read(file, MOST_TEXT)
    if (!(again instanceof Uint8Array) || platform.digest(again) !== digest) return undefined
    return cutSource(new TextDecoder().decode(again))
  }
  const placeOf = (path: readonly (string | number)[]): Place =>
    places(file, reopen)?.placeOf(path) ?? { file, line: 1, column: 1 }
  return { file, digest, front, reopen, placeOf }
}

function frontMatterOf(bytes: Uint8Array, file: string, report: Report): FrontMatter | undefined {
  const text = decodeText(bytes, file, report)
  if (text === undefined) return undefined
  const parsed = parseFrontMatter(text, file)
  if ('front' in parsed) return parsed.front
  parsed.forEach(report)
  return undefined
}

/** The text of a file; undefined if there is none, or after a problem was reported. */
export function readText(folder: Folder, file: string, report: Report): string | undefined {
  const bytes = readBytes(folder, file, report)
  return bytes && decodeText(bytes, file, report)
}

function readBytes(folder: Folder, file: string, report: Report): Uint8Array | undefined {
  const bytes = folder.read(file, MOST_TEXT)
  if (bytes === undefined || bytes instanceof Uint8Array) return bytes
  const finding: Finding =
    bytes.reason === 'too-large'
      ? { reason: 'text-too-large', bytes: bytes.bytes, most: MOST_TEXT }
      : bytes
  return void report({ file, line: 1, column: 1, ...finding })
}

function decodeText(bytes: Uint8Array, file: string, report: Report): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    // The decoder is fatal on purpose: a guess would publish mangled text.
    return void report({ file, line: 1, column: 1, reason: 'not-text' })
  }
}
