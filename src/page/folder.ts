/** The feeds that an article is in, as links on a page call them. */

import { type FeedFolder, headingOf } from '../article/folders.ts'
import type { Site } from '../article/site.ts'
import { type Html, html } from './html.ts'
import { inLanguage } from './language.ts'

/** Writes a link to the page of a feed; `rel` says what that is to the page with the link. */
export function folderLink(folder: FeedFolder, site: Site, rel?: string): Html {
  const relation = rel === undefined ? html`` : html` rel="${rel}"`
  return html`<a href="${folder.name}"${relation} ${inLanguage(site.language)}>${headingOf(folder, site)}</a>`
}
