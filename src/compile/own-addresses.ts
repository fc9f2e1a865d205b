/** The addresses at which the site itself answers: no article can have one of them as an alias. */

import type { FeedKind } from '../edition/facts.ts'
import { archiveFolder, NEWS_SITEMAP, PAGE_SHELL, ROOT_FILES, SHELL } from '../edition/names.ts'
import { FEED_TYPES } from '../feed/feed-types.ts'

/** The folders in which everything is the site's own. */
const FOLDERS: Readonly<Record<Exclude<FeedKind, 'everything'> | 'archive' | 'media', string>> = {
  sections: '/sections/',
  tags: '/tags/',
  authors: '/authors/',
  languages: '/languages/',
  feeds: '/feeds/',
  archive: archiveFolder('/'),
  media: '/media/',
}

const PREFIXES = Object.values(FOLDERS)

const FILES: ReadonlySet<string> = new Set([
  '/',
  '/articles/',
  SHELL,
  PAGE_SHELL,
  ...ROOT_FILES,
  NEWS_SITEMAP,
  '/changes.json',
  '/health',
  ...Object.values(FEED_TYPES).map(({ file }) => `/${file}`),
])

/**
 * Tells whether the site answers at a path: in any case, with a slash at its end or without. `path`
 * has no needless percent-encoding. In steps that grow with its length.
 */
export function isOwnAddress(path: string): boolean {
  const lower = path.toLowerCase()
  const folder = lower.endsWith('/') ? lower : `${lower}/`
  if (FILES.has(folder) || FILES.has(folder.slice(0, -1))) return true
  if (PREFIXES.some((prefix) => folder.startsWith(prefix))) return true
  // The closed parts of the sitemap are named by their months.
  return folder.startsWith('/sitemap') && folder.endsWith('.xml/')
}
