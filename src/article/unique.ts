/** What has to be one article's alone: its guid, and the paths that lead to it. */

import type { Listing } from './article.ts'
import type { Place, Problem } from './problem.ts'
import type { Source } from './source.ts'
import { percentDecoded } from './text.ts'

/** Where the site's own addresses are: an old address of an article cannot be one of them. */
const RESERVED = new RegExp(
  '^/(?:(?:sections|tags|authors|languages|feeds|archive|media)(?:/|$)' +
    '|(?:index\\.html|articles/(?:index\\.html)?|health|robots\\.txt|[\\w-]*sitemap[\\w-]*\\.xml' +
    '|rss\\.xml|atom\\.xml|feed\\.json|changes\\.json|openapi\\.json|feeds\\.opml)?$)',
)

const NOWHERE: Place = { file: '', line: 1, column: 1 }

type Named = ReadonlyMap<string, Source>
type Report = (problem: Problem) => void

/** Reports guids and aliases that two articles claim, and aliases that the site itself has. */
export function checkUnique(articles: readonly Listing[], named: Named, report: Report): void {
  checkGuids(articles, named, report)
  const paths = new Map(articles.map(({ id }) => [`/articles/${id}`, `the article \`${id}\``]))
  for (const article of articles) checkAliases(article, named.get(article.id), paths, report)
}

function checkGuids(articles: readonly Listing[], named: Named, report: Report): void {
  const guids = new Map<string, string>()
  for (const { id, guid } of articles) {
    const source = named.get(id)
    const other = guids.get(guid)
    if (source && other) {
      report({ ...source.placeOf(['guid']), reason: 'duplicate-guid', guid, other })
    }
    guids.set(guid, source?.file ?? id)
  }
}

/** `paths`: what each path leads to already; the article's aliases are added. */
function checkAliases(
  { id, aliases }: Listing,
  source: Source | undefined,
  paths: Map<string, string>,
  report: Report,
): void {
  for (const [index, alias] of aliases.entries()) {
    // Addresses that only spell it differently are one address.
    const path = percentDecoded(alias).normalize('NFC')
    const taken = paths.get(path)
    const place = (): Place => source?.placeOf(['aliases', index]) ?? NOWHERE
    if (RESERVED.test(path)) report({ ...place(), reason: 'reserved-alias', alias })
    else if (taken) report({ ...place(), reason: 'taken-alias', alias, other: taken })
    paths.set(path, `an alias of \`${id}\``)
  }
}
