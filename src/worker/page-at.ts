/** Where the page of a folder lies. */

import type { DirectoryEntry } from '../edition/directory.ts'
import { archiveFolder, pageName } from '../edition/names.ts'
import { MISSING, type Missing, type Reading } from './reading.ts'

/** A month of an archive; the feed's folder stands before it. */
const MONTH = /^(\/(?:feeds\/[^/]+\/)?)archive\/[^/]+\/$/

/** The object with the page of a folder: its own, or, while a month is open, that of its feed. */
export async function findPage(
  folder: string,
  reading: Reading,
): Promise<DirectoryEntry | undefined | Missing> {
  const named = await reading.entry('documents', pageName(folder))
  const [, feed] = MONTH.exec(folder) ?? []
  if (named || feed === undefined) return named
  const entry = await reading.entry('documents', pageName(archiveFolder(feed)))
  if (entry === MISSING || !entry) return entry
  const object = await reading.object(entry)
  if (object === MISSING) return MISSING
  return object.part(folder) ? entry : undefined
}
