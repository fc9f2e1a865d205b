/** The addresses at which the site itself answers: no article can have one of them as an alias. */

import { FOLDER_KINDS, folderOfKind } from '../article/feed-kinds.ts'
import type { OwnAddresses } from '../article/unique.ts'
import {
  archiveFolder,
  DOCUMENT_SHELL,
  NEWS_SITEMAP,
  PAGE_SHELL,
  ROOT_FILES,
} from '../edition/names.ts'
import { FEED_TYPES, SINGLE_TYPES } from '../feed/feed-types.ts'

/** The folders in which everything is the site's own. */
const FOLDERS = [...FOLDER_KINDS.map(folderOfKind), archiveFolder('/'), '/media/']

const FILES: ReadonlySet<string> = new Set([
  '/',
  '/articles/',
  DOCUMENT_SHELL,
  PAGE_SHELL,
  ...ROOT_FILES,
  NEWS_SITEMAP,
  '/changes.json',
  '/health',
  ...Object.values(FEED_TYPES).map(({ file }) => `/${file}`),
])

/** The addresses of the site itself, and the endings at which it serves an article in other forms. */
export const OWN_ADDRESSES: OwnAddresses = {
  has: isOwnAddress,
  formats: Object.keys(FEED_TYPES),
  endings: Object.keys(SINGLE_TYPES).map((name) => `.${name}`),
}

/**
 * Tells whether the site answers at a path: in any case, with a slash at its end or without. `path`
 * has no needless percent-encoding. In steps that grow with its length.
 */
function isOwnAddress(path: string): boolean {
  const lower = path.toLowerCase()
  const folder = lower.endsWith('/') ? lower : `${lower}/`
  if (FILES.has(folder) || FILES.has(folder.slice(0, -1))) return true
  if (FOLDERS.some((own) => folder.startsWith(own))) return true
  // The closed parts of the sitemap are named by their months.
  return folder.startsWith('/sitemap') && folder.endsWith('.xml/')
}
