/** Guids, and paths that lead to articles: each has to be one article's alone. */

import { LONGEST_ALIAS } from './alias.ts'
import type { Listing } from './article.ts'
import { isId } from './id.ts'
import type { FilePlace } from './place.ts'
import type { Finding, Problem } from './problem.ts'
import type { Source } from './source.ts'

/** The addresses that no article can have, and those that every article has beside its own. */
export type OwnAddresses = {
  /** Tells whether the site itself answers at a path, in any spelling. */
  readonly has: (path: string) => boolean
  /** The endings at which an article's other forms answer, wherever its page does. */
  readonly endings: readonly string[]
}

const NOWHERE: FilePlace = { file: '', line: 1, column: 1 }

type SourcesById = ReadonlyMap<string, Source>
type Report = (problem: Problem) => void

/** Reports guids and aliases that two articles claim, and aliases that the site itself has. */
export function checkUnique(
  articles: readonly Listing[],
  named: SourcesById,
  own: OwnAddresses,
  report: Report,
): void {
  checkGuids(articles, named, report)
  const paths = new Paths(own)
  for (const { id } of articles) paths.add(`/articles/${id}`, id, `the article \`${id}\``)
  for (const article of articles) checkAliases(article, named.get(article.id), paths, report)
}

function checkGuids(articles: readonly Listing[], named: SourcesById, report: Report): void {
  const guids = new Map<string, string>()
  for (const { id, guid, retraction } of articles) {
    const source = named.get(id)
    // A notice that announces a retraction is an entry of its own.
    for (const own of [guid, retraction?.announcement]) {
      if (own === undefined) continue
      const other = guids.get(own)
      if (source && other)
        report({ ...source.placeOf(['guid']), reason: 'duplicate-guid', guid: own, other })
      guids.set(own, source?.file ?? id)
    }
  }
}

/**
 * Checks the aliases of an article against what answers at each path; they are added to `paths`.
 */
function checkAliases(
  { id, aliases }: Listing,
  source: Source | undefined,
  paths: Paths,
  report: Report,
): void {
  for (const [index, alias] of aliases.entries()) {
    const place = (): FilePlace => source?.placeOf(['aliases', index]) ?? NOWHERE
    const taken = paths.ownerOf(alias, id)
    if (alias.length > LONGEST_ALIAS) report({ ...place(), ...tooLong(alias, index) })
    else if (paths.own.has(alias)) report({ ...place(), reason: 'reserved-alias', alias })
    else if (taken) report({ ...place(), reason: 'taken-alias', alias, other: taken })
    paths.add(alias, id, `an alias of \`${id}\``)
  }
}

function tooLong(alias: string, index: number): Finding {
  return {
    reason: 'invalid-value',
    key: `aliases.${index}`,
    found: `\`${alias.slice(0, 60)}…\``,
    expected: `at most ${LONGEST_ALIAS} characters as a request has them`,
  }
}

/** Paths, and whose they are. */
class Paths {
  readonly own: OwnAddresses
  readonly #owners = new Map<string, { readonly id: string; readonly words: string }>()

  constructor(own: OwnAddresses) {
    this.own = own
  }

  add(path: string, id: string, words: string): void {
    if (!this.#owners.has(path)) this.#owners.set(path, { id, words })
  }

  /**
   * Names the owner of a path: whoever has it, or, for an article's other forms, another article.
   */
  ownerOf(path: string, id: string): string | undefined {
    const exact = this.#owners.get(path) ?? this.#owners.get(pageMeantBy(path))
    if (exact) return exact.words
    const { endings } = this.own
    const bare = endings.map((end) => (path.endsWith(end) ? path.slice(0, -end.length) : path))
    const around = [...bare, ...endings.map((end) => path + end)]
    return around
      .map((near) => this.#owners.get(near) ?? this.#owners.get(pageMeantBy(near)))
      .find((owner) => owner !== undefined && owner.id !== id)?.words
  }
}

/** Spells the path of an article's page as the page does; any other path stays. */
function pageMeantBy(path: string): string {
  const [, name = ''] = /^\/articles\/([^/]+)\/?$/i.exec(path) ?? []
  const id = name.toLowerCase()
  return isId(id) ? `/articles/${id}` : path
}
