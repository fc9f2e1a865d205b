/** The names of documents that are not addresses: none of them ends as an address does. */

/** What stands around an article's documents. */
export const DOCUMENT_SHELL = '/articles/shell'
/**
 * The shell around an article's page, and the pages for errors: a new look is no document's change.
 */
export const PAGE_SHELL = '/articles/page-shell'
/** All feeds by name. */
export const REGISTER = '/feeds/register'

/**
 * Makes the name of an old address of an article: no document of another type can be called so, and
 * no request. `path` is in the one spelling that `plainPath` makes.
 */
export function aliasName(path: string): string {
  return `${path}#alias`
}

/**
 * Spells a word as feeds are looked up by it: other spellings of what a feed is called lead to it.
 */
export function wordOf(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('_', ' ').trim()
}

/** Returns the last step of a folder: `osce` of `/tags/osce/`. */
export function stepOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1)
}

/** Makes the name of a folder's page: no request and no alias can spell it. */
export function pageName(folder: string): string {
  return `${folder}#page`
}

/** Returns the folder of a feed's archives, and of their page. */
export function archiveFolder(feed: string): string {
  return `${feed}archive/`
}

/** Makes the name of the list of a feed's closed archives. */
export function archivesName(feed: string): string {
  return `${archiveFolder(feed)}periods`
}

/** The folder of the page that lists all feeds. */
export const FEEDS_FOLDER = '/feeds/'

export const SITEMAP = '/sitemap.xml'
/** The part of the sitemap that is not closed. */
export const OPEN_SITEMAP = '/sitemap-latest.xml'
export const OPML = '/feeds.opml'
export const ROBOTS = '/robots.txt'
export const OPENAPI = '/openapi.json'
/** Joined when it is asked for: no document has this name. */
export const NEWS_SITEMAP = '/news-sitemap.xml'

/** The site's own files: they change together, and so should one leaf. */
export const ROOT_FILES: ReadonlySet<string> = new Set([
  SITEMAP,
  OPEN_SITEMAP,
  OPML,
  ROBOTS,
  OPENAPI,
])
