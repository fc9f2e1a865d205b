/** The names of documents that are not addresses: none of them ends as an address does. */

/** What stands around an article's page and its documents. */
export const SHELL = '/articles/shell'
/** All feeds by name. */
export const REGISTER = '/feeds/register'

/** The page of a folder. */
export function pageName(folder: string): string {
  return `${folder}index.html`
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
