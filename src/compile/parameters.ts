/** The parameters of old addresses: a query with none of them is not looked up, and costs nothing. */

import type { Corpus } from '../article/corpus.ts'
import { aliasesIn, oldAddressOf } from '../article/old-feed-addresses.ts'
import { parameterSetsOf } from '../article/parameter-sets.ts'
import type { Platform } from '../article/platform.ts'
import type { Site } from '../article/site.ts'

/** Lists the sets of parameters that the old addresses of a corpus have; undefined if none has any. */
export function parametersIn(
  { site, articles }: Pick<Corpus, 'site' | 'articles'>,
  platform: Platform,
): readonly (readonly string[])[] | undefined {
  const ofArticles = articles.flatMap(({ aliases }) => aliases)
  const sets = parameterSetsOf([...ofArticles, ...oldFeedPathsIn(site, platform)])
  return sets.length > 0 ? sets : undefined
}

/** Lists the old addresses of all feeds. */
export function oldFeedPathsIn(site: Site, platform: Platform): string[] {
  return aliasesIn(site).flatMap(({ alias }) => oldAddressOf(alias, site, [], platform)?.path ?? [])
}
