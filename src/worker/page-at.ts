/** The place of a folder's page. */

import type { DirectoryEntry } from '../edition/directory.ts'
import { archiveFolder, pageName } from '../edition/names.ts'
import { type Absence, isFailure } from './failure.ts'
import { lookUp, type Reading } from './reading.ts'

/** The folder of a month in an archive; the feed's folder stands before it. */
const MONTH = /^(\/(?:[^/]+\/[^/]+\/)?)archive\/[^/]+\/$/

/** Finds the object with a folder's page: its own, or, while a month is open, that of its feed. */
export async function findPage(
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
