/** The place of what is served at a path: what is not here is nowhere, or elsewhere. */

import type { DirectoryEntry } from '../edition/directory.ts'
import { archiveFolder, NEWS_SITEMAP, pageName, ROOT_FILES, SITEMAP } from '../edition/names.ts'
import { ALL_TYPES, FORM_ADDRESS, KIND } from './addresses.ts'
import { type Absence, isFailure } from './failure.ts'
import { lookUp, type Reading } from './reading.ts'

/** The folders that can have a page. */
const PAGED = new RegExp(`^/(?:(?:${KIND})/[^/]+/)?(?:feeds/|archive/(?:[\\w-]+/)?)?$`)

/** The folder of a month in an archive; the feed's folder stands before it. */
const MONTH = /^(\/(?:[^/]+\/[^/]+\/)?)archive\/[^/]+\/$/

/** Files that lie in the directory under their own address. */
const FILE = /^\/(?:media\/[^/]+\/[^/]+|sitemap-[0-9a-z-]+\.xml)$/

/** The documents of a feed, which lie in the directory under its folder. */
const OF_FEED: ReadonlySet<string> = new Set([...ALL_TYPES.map(({ file }) => file), 'changes.json'])

/** Finds the entry of what is served at a path, in this spelling; no other path costs a read. */
export async function entryAt(
  path: string,
  reading: Reading,
): Promise<DirectoryEntry | undefined | Absence> {
  const start = path.lastIndexOf('/') + 1
  const [folder, file] = [path.slice(0, start), path.slice(start)]
  if (file === '') return PAGED.test(folder) ? folderPage(folder, reading) : undefined
  if (folder === '/articles/')
    return reading.entry('articles', FORM_ADDRESS.exec(file)?.[1] ?? file)
  if (OF_FEED.has(file)) return reading.entry('documents', folder)
  if (path === NEWS_SITEMAP) return reading.entry('documents', SITEMAP)
  return ROOT_FILES.has(path) || FILE.test(path) ? reading.entry('documents', path) : undefined
}

/** Finds the object with a folder's page: its own, or, while a month is open, that of its feed. */
async function folderPage(
  folder: string,
  reading: Reading,
): Promise<DirectoryEntry | undefined | Absence> {
  const named = await reading.entry('documents', pageName(folder))
  const [, feed] = MONTH.exec(folder) ?? []
  if (named || feed === undefined) return named
  const archive = await lookUp('documents', pageName(archiveFolder(feed)), reading)
  if (!archive || isFailure(archive)) return archive
  return archive.object.part(folder) ? archive.entry : undefined
}
