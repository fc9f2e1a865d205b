/** Links to the site itself: which of them lead to something that an edition serves, and has. */

import { splitQuery } from '../article/alias.ts'
import type { OwnLink } from '../article/body.ts'
import type { Corpus } from '../article/corpus.ts'
import { FOLDER_KINDS, folderOfKind } from '../article/feed-kinds.ts'
import { barePath, parametersOf, withParameters } from '../article/old-address.ts'
import { parameterSetsOf } from '../article/parameter-sets.ts'
import type { Platform } from '../article/platform.ts'
import type { Problem } from '../article/problem.ts'
import { pathWithin, plainPath } from '../article/web-address.ts'
import { isLanding, partNamedBy } from '../markup/parts.ts'
import { nearest, percentDecoded } from '../markup/text.ts'
import { feedFoldersOf } from './membership.ts'
import { OWN_ADDRESSES } from './own-addresses.ts'
import { oldFeedPathsIn } from './parameters.ts'

/** The names of the parts of each text, by the id of its article. */
export type PartsOf = ReadonlyMap<string, ReadonlySet<string>>

/** Links of a file for which names are sought that are like theirs: it takes a while. */
const MOST_SUGGESTED_PARTS = 20

/**
 * Makes the judge of links to the site itself. It is asked of each rendering anew: whether a page
 * is there, and has a part, depends on all other articles.
 */
export function createOwnLinkJudge(
  corpus: Corpus,
  partsOf: PartsOf,
  platform: Platform,
): (link: OwnLink) => Problem[] {
  const find = createPageFinder(corpus, platform)
  const asked = new Map<string, number>()
  return ({ path, id: known, ...place }) => {
    const [address = ''] = path.split('#', 1)
    const fragment = path.slice(address.length + 1)
    const id = known ?? find(address)
    if (id === undefined)
      return [{ ...place, reason: 'unserved-address', use: 'link', path, isNote: true }]
    const parts = partsOf.get(id)
    if (!parts || isLanding(fragment, parts)) return []
    const part = percentDecoded(partNamedBy(fragment))
    const of = corpus.links.articleAt(place.file)?.id === id ? undefined : id
    const count = (asked.get(place.file) ?? 0) + 1
    asked.set(place.file, count)
    const near = count > MOST_SUGGESTED_PARTS ? [] : nearest(part, parts)
    return [{ ...place, reason: 'no-such-part', part, of, near, isNote: true }]
  }
}

/** Stands for an article where something is served that is the page of none. */
const NO_ARTICLE = ''

/** Makes what finds the article whose page is at an address of the site, as the Worker finds it. */
function createPageFinder(
  corpus: Corpus,
  platform: Platform,
): (address: string) => string | undefined {
  const pages = pagesOf(corpus, platform)
  const sets = parameterSetsOf([...pages.keys()])
  return (address) => {
    const [path, query = ''] = splitQuery(address)
    const bare = barePath(plainPath(path))
    const parameters = parametersOf(query)
    const old = sets.map((names) => pages.get(withParameters(bare, parameters, names) ?? ''))
    return old.find((id) => id !== undefined) ?? articleOnPage(bare, pages)
  }
}

/** Lists the paths at which something is served, with the id of the article whose page it is. */
function pagesOf(corpus: Corpus, platform: Platform): Map<string, string> {
  const { articles, unsound, site } = corpus
  const pages = new Map(oldFeedPathsIn(site, platform).map((path) => [path, NO_ARTICLE]))
  for (const name of Object.keys(site.feeds))
    pages.set(`${folderOfKind('feeds')}${name}`, NO_ARTICLE)
  for (const article of [...articles, ...unsound]) {
    for (const path of feedFoldersOf(article, site)) pages.set(barePath(path), NO_ARTICLE)
    for (const path of article.aliases) pages.set(path, article.id)
    const own = pathWithin(article.url, site.base)
    if (own !== undefined) pages.set(barePath(own), article.id)
    pages.set(`/articles/${article.id}`, article.id)
  }
  return pages
}

function articleOnPage(path: string, pages: ReadonlyMap<string, string>): string | undefined {
  const known = pages.get(path)
  if (known !== undefined) return known
  const lower = path.toLowerCase()
  if (/^\/articles\/[^/]+$/.test(lower)) {
    const end = OWN_ADDRESSES.endings.find((ending) => path.endsWith(ending))
    if (end) return pages.has(lower.slice(0, -end.length)) ? NO_ARTICLE : undefined
    return pages.get(lower)
  }
  // Of the folders of feeds, each holds feeds by their names.
  const [, feed] = /^(\/[^/]+\/[^/]+)/.exec(lower) ?? []
  const isOfFeeds = FOLDER_KINDS.some((kind) => lower.startsWith(folderOfKind(kind)))
  const isServed = isOfFeeds && feed ? pages.has(feed) : OWN_ADDRESSES.has(path)
  return isServed ? NO_ARTICLE : undefined
}
