/** Links to the site itself: which of them lead to something that an edition serves. */

import type { OwnLink } from '../article/body.ts'
import type { Corpus } from '../article/corpus.ts'
import { FOLDER_KINDS, folderOfKind } from '../article/feed-kinds.ts'
import type { Problem } from '../article/problem.ts'
import { pathWithin, plainPath } from '../article/web-address.ts'
import { feedFoldersOf } from './membership.ts'
import { OWN_ADDRESSES } from './own-addresses.ts'

/**
 * Makes the judge of links to the site itself. It is asked of each rendering anew: whether a page
 * is there depends on all other articles.
 */
export function createOwnLinkJudge({
  articles,
  unsound,
  site,
}: Corpus): (link: OwnLink) => Problem[] {
  const served = new Set<string>()
  for (const article of [...articles, ...unsound]) {
    served.add(bare(`/articles/${article.id}`))
    for (const path of [...article.aliases, ...feedFoldersOf(article, site)]) served.add(bare(path))
    const own = pathWithin(article.url, site.base)
    if (own !== undefined) served.add(bare(own))
  }
  for (const name of Object.keys(site.feeds)) served.add(bare(`${folderOfKind('feeds')}${name}`))
  return ({ path, ...place }) => {
    const [plain = ''] = path.split(/[?#]/, 1)
    if (served.has(bare(path)) || isServed(bare(plainPath(plain)), served)) return []
    return [{ ...place, reason: 'unserved-address', use: 'link', path, isNote: true }]
  }
}

/** Spells a path without what makes no difference at its end. */
function bare(path: string): string {
  return path.replace(/#.*$/, '').replace(/\/(?:index\.html?)?$/, '')
}

function isServed(path: string, served: ReadonlySet<string>): boolean {
  const lower = path.toLowerCase()
  const [, article] = /^(\/articles\/[^/]+)$/.exec(lower) ?? []
  const endings = article ? ['', ...OWN_ADDRESSES.endings] : ['']
  const forms = endings
    .filter((end) => path.endsWith(end))
    .map((end) => lower.slice(0, -end.length || undefined))
  if (served.has(path) || forms.some((form) => served.has(form))) return true
  // Of the folders of feeds, each holds feeds by their names.
  const [, feed] = /^(\/[^/]+\/[^/]+)/.exec(lower) ?? []
  const isOfFeeds = FOLDER_KINDS.some((kind) => lower.startsWith(folderOfKind(kind)))
  return isOfFeeds && feed !== undefined ? served.has(feed) : OWN_ADDRESSES.has(path || '/')
}
