/**
 * Sources: the Markdown files of `content/`, each read once for its front matter. The text is read
 * again when it is needed: a large corpus would not fit into memory.
 */

import { fail, ok, type Result } from '../markup/result.ts'
import { isArticleFile } from './content-files.ts'
import {
  type Cut,
  cutSource,
  type FrontMatter,
  type FrontMatterForm,
  frontMatterIn,
  parseCut,
  parseFrontMatter,
  type ReadFrontMatter,
} from './front-matter.ts'
import type { FilePlace } from './place.ts'
import type { Digest, Memo, Platform } from './platform.ts'
import type { Finding, Problem, Report } from './problem.ts'
import { type LostKeys, NOTHING_LOST, salvageFrontMatter } from './salvage.ts'
import type { Yaml } from './yaml.ts'
import type { Zone } from './zone.ts'

/** `content/` as it was read: paths with slashes, relative to it. */
export type Folder = {
  readonly files: readonly string[]
  /** Faults that are in the way of knowing all files: links, folders that cannot be read. */
  readonly faults: readonly Problem[]
  /** Reads the bytes of a file, of which it may have so many; undefined if there is no such file. */
  readonly read: (file: string, most: number) => Result<Uint8Array | undefined, ReadRefusal>
}

/** Why a file is not read. */
export type ReadRefusal =
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
  /** The digest of the file's bytes. */
  readonly digest: Digest
  readonly front: FrontMatter
  /** Whether its front matter is right: an article where it is not is judged, and never published. */
  readonly isSound: boolean
  /** The keys of which nothing is known, because they are not right. */
  readonly lost: LostKeys
  /** Reads the file again; undefined if it is not what it was. */
  readonly reopen: () => Cut | undefined
  /** Returns the place of the value at a path of the front matter. */
  readonly placeOf: (path: readonly (string | number)[]) => FilePlace
}

/** An article has one text in four documents, and KV stores 25 MiB in a value. */
export const MOST_TEXT: number = 2 * 1024 * 1024

/** The means by which sources are read; `timezone` is that of the site, if it has one. */
type SourceMeans = {
  readonly platform: Platform
  readonly memo: Memo
  readonly timezone: Zone | undefined
}

type SourceReading = SourceMeans & {
  readonly folder: Folder
  readonly form: FrontMatterForm
  readonly places: Places
  readonly report: Report
}

/** Reads all sources, in the order of their files. */
export function readSources(folder: Folder, circumstances: SourceMeans, report: Report): Source[] {
  folder.faults.forEach(report)
  checkNames(folder.files, report)
  const files = folder.files.filter(isArticleFile).toSorted()
  const form = frontMatterIn(circumstances.timezone)
  const reading = { ...circumstances, folder, report, form, places: createPlaces() }
  return files.map((file) => readSource(reading, file))
}

/** Reports files whose names differ in nothing that people see. */
function checkNames(files: readonly string[], report: Report): void {
  const known = new Set<string>()
  for (const file of files) {
    const target = file.normalize('NFC')
    if (known.has(target)) report({ file, line: 1, column: 1, reason: 'same-name', target })
    known.add(target)
  }
}

type Places = (file: string, cut: () => Cut | undefined) => Yaml | undefined

/** Keeps the places of one file at a time: many problems of it are told, and it is parsed once. */
function createPlaces(): Places {
  let last: { readonly file: string; readonly yaml: Yaml | undefined } | undefined
  return (file, reopen) => {
    if (last?.file !== file) {
      const cut = reopen()
      const yaml = cut && parseCut(cut, file)
      last = { file, yaml: yaml?.ok ? yaml.value : undefined }
    }
    return last.yaml
  }
}

function readSource(reading: SourceReading, file: string): Source {
  const { folder, platform, places, report } = reading
  const bytes = readListed(folder, file)
  const digest = bytes.ok ? platform.digest(bytes.value) : ''
  const front = bytes.ok
    ? rememberedFront(reading, file, bytes.value, digest)
    : fail([bytes.failure])
  const reopen = (): Cut | undefined => {
    const again = folder.read(file, MOST_TEXT)
    if (!again.ok || !again.value || platform.digest(again.value) !== digest) return undefined
    return cutSource(new TextDecoder().decode(again.value))
  }
  const placeOf = (path: readonly (string | number)[]): FilePlace =>
    places(file, reopen)?.placeOf(path) ?? { file, line: 1, column: 1 }
  if (front.ok) front.value.notes.forEach(report)
  else front.failure.forEach(report)
  const known = front.ok
    ? { front: front.value.front, lost: NOTHING_LOST }
    : salvageFrontMatter(reopen(), file, reading.form)
  return { file, digest, ...known, isSound: front.ok, reopen, placeOf }
}

/** Reads the bytes of a file that was listed. */
function readListed(folder: Folder, file: string): Result<Uint8Array, Problem> {
  const bytes = readBytes(folder, file)
  if (!bytes.ok) return bytes
  // Listed, and not there: a file that was just removed.
  return bytes.value
    ? ok(bytes.value)
    : fail({ file, line: 1, column: 1, reason: 'changed-meanwhile' })
}

/** Reads front matter, unless that was done before: of the same bytes, in the same zone. */
function rememberedFront(
  { platform, memo, timezone, form }: SourceReading,
  file: string,
  bytes: Uint8Array,
  digest: Digest,
): Result<ReadFrontMatter, readonly Problem[]> {
  const inputs = new TextEncoder().encode(`${digest} ${timezone ?? ''}`)
  const key = platform.digest(inputs)
  const known = memo.recall(key)
  if (known) return ok({ front: JSON.parse(known) as FrontMatter, notes: [] })
  const text = decodeText(bytes, file)
  if (!text.ok) return fail([text.failure])
  const front = parseFrontMatter(text.value, file, form)
  // What there is a note of is read again, so that it is told again.
  if (front.ok && front.value.notes.length === 0)
    memo.remember(key, JSON.stringify(front.value.front))
  return front
}

/** Reads the text of a file; undefined if there is no such file. */
export function readText(folder: Folder, file: string): Result<string | undefined, Problem> {
  const bytes = readBytes(folder, file)
  if (!bytes.ok) return bytes
  return bytes.value ? decodeText(bytes.value, file) : ok(undefined)
}

function readBytes(folder: Folder, file: string): Result<Uint8Array | undefined, Problem> {
  const bytes = folder.read(file, MOST_TEXT)
  if (bytes.ok) return bytes
  const unread = bytes.failure
  const finding: Finding =
    unread.reason === 'too-large'
      ? { reason: 'text-too-large', bytes: unread.bytes, most: MOST_TEXT }
      : unread
  return fail({ file, line: 1, column: 1, ...finding })
}

function decodeText(bytes: Uint8Array, file: string): Result<string, Problem> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    // The decoder is fatal on purpose: a guess would publish mangled text.
    return fail({ file, line: 1, column: 1, reason: 'not-text' })
  }
}
