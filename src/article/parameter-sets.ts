/** Sets of parameters that old addresses have: a request is looked up for these, and for no others. */

import { splitQuery } from './alias.ts'
import type { Listing } from './article.ts'
import { MOST_PARAMETER_SETS, type ParameterNames, parameterNames } from './old-address.ts'
import type { FilePlace } from './place.ts'
import type { Problem } from './problem.ts'

/** Lists the sets of parameters that addresses have, in order. */
export function parameterSetsOf(addresses: readonly string[]): ParameterNames[] {
  const sets = new Map<string, ParameterNames>()
  for (const address of addresses) {
    const [, query] = splitQuery(address)
    if (query === undefined) continue
    const names = parameterNames(query)
    sets.set(names.join('&'), names)
  }
  return [...sets].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, names]) => names)
}

/** Reports the first alias with a set that is one too many. */
export function checkParameters(
  articles: readonly Listing[],
  placeOf: (article: Listing, index: number) => FilePlace,
  report: (problem: Problem) => void,
): void {
  const all = articles.flatMap((article) =>
    article.aliases.map((alias, index) => ({ article, alias, index })),
  )
  const found = new Set<string>()
  const excess = all.find(({ alias }) => {
    const [, query] = splitQuery(alias)
    if (query !== undefined) found.add(parameterNames(query).join('&'))
    return found.size > MOST_PARAMETER_SETS
  })
  if (!excess) return
  const place = placeOf(excess.article, excess.index)
  report({ ...place, reason: 'many-parameters', most: MOST_PARAMETER_SETS })
}
