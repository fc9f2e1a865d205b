/** Paths that lead to articles and feeds: each has to be one thing's alone. */

import { LONGEST_ALIAS, splitQuery } from './alias.ts'
import type { Listing } from './article.ts'
import { isId } from './id.ts'
import { aliasesIn, oldAddressOf } from './old-feed-addresses.ts'
import { checkParameters } from './parameter-sets.ts'
import type { FilePlace } from './place.ts'
import type { Platform } from './platform.ts'
import type { Finding, Report } from './problem.ts'
import type { Site } from './site.ts'
import type { Source } from './source.ts'
import type { Yaml } from './yaml.ts'

/** The addresses that no article can have, and those that every article has beside its own. */
export type OwnAddresses = {
  /** Tells whether the site itself answers at a path, in any spelling. */
  readonly has: (path: string) => boolean
  /** The endings at which an article's other forms answer, wherever its page does. */
  readonly endings: readonly string[]
  /** The formats that the documents of a feed have; the first is that of an address that says none. */
  readonly formats: readonly string[]
}

/** The site, which claims addresses for itself and for its feeds. */
type Claims = {
  readonly own: OwnAddresses
  readonly site: Site
  readonly yaml: Yaml
  readonly platform: Platform
}

const NOWHERE: FilePlace = { file: '', line: 1, column: 1 }

type SourcesById = ReadonlyMap<string, Source>
/** Reports old addresses that two things claim, and those that the site itself has. */
export function checkOldAddresses(
  articles: readonly Listing[],
  sources: SourcesById,
  claims: Claims,
  report: Report,
): void {
  const paths = new Paths(claims.own)
  for (const { id } of articles) paths.add(`/articles/${id}`, id, `the article \`${id}\``)
  checkFeedAliases(claims, paths, report)
  for (const article of articles) checkAliases(article, sources.get(article.id), paths, report)
  checkParameters(articles, (article, index) => placeOfAlias(article, sources, index), report)
}

/** Reports old addresses of feeds that are claimed twice, or say no format that there is. */
function checkFeedAliases(claims: Claims, paths: Paths, report: Report): void {
  const { own, site, yaml, platform } = claims
  for (const { path, alias } of aliasesIn(site)) {
    const old = oldAddressOf(alias, site, own.formats, platform)
    if (!old) continue
    const place = yaml.placeOf(path)
    if (!own.formats.includes(old.format))
      report({ ...place, ...noFormat(old.format, own.formats) })
    const finding = paths.refusalOf(old.path, '')
    if (finding) report({ ...place, ...finding })
    const name = path.slice(0, -2).join('.')
    paths.add(old.path, '', name === '' ? 'an alias of the site' : `an alias of \`${name}\``)
  }
}

function placeOfAlias({ id }: Listing, sources: SourcesById, index: number): FilePlace {
  return sources.get(id)?.placeOf(['aliases', index]) ?? NOWHERE
}

function noFormat(format: string, formats: readonly string[]): Finding {
  const expected = `one of ${formats.join(', ')}`
  return { reason: 'invalid-value', key: 'format', found: `\`${format}\``, expected }
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
    const finding =
      alias.length > LONGEST_ALIAS ? tooLong(alias, index) : paths.refusalOf(alias, id)
    if (finding) report({ ...place(), ...finding })
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

  /** Tells why an alias cannot be had; undefined if it can. */
  refusalOf(alias: string, id: string): Finding | undefined {
    const [path, query] = splitQuery(alias)
    // The front page answers without a query only.
    if (this.own.has(path) && !(path === '/' && query !== undefined))
      return { reason: 'reserved-alias', alias }
    const other = this.ownerOf(alias, id)
    return other === undefined ? undefined : { reason: 'taken-alias', alias, other }
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
