/** The names of documents that are not addresses: none of them ends as an address does. */

/** What stands around an article's documents. */
export const SHELL = '/articles/shell'
/** What stands around an article's page, and the pages for errors: a new look is no document's change. */
export const PAGE_SHELL = '/articles/page-shell'
/** All feeds by name. */
export const REGISTER = '/feeds/register'

/**
 * An old address of an article: no document of another type can be called so, and no request.
 * `path` is in the one spelling that `plainPath` makes.
 */
export function aliasName(path: string): string {
  return `${path}#alias`
}

/** A word as feeds are looked up by it: other spellings of what a feed is called lead to it. */
export function wordOf(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('_', ' ').trim()
}

/** The last step of a folder: `osce` of `/tags/osce/`. */
export function stepOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1)
}

/** The page of a folder: no request and no alias can spell it. */
export function pageName(folder: string): string {
  return `${folder}#page`
}

/** The folder of a feed's archives, and of their page. */
export function archiveFolder(feed: string): string {
  return `${feed}archive/`
}

/** The list of a feed's closed archives. */
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
