/** Sections, tags and authors have feeds in folders of their own: no two may have the same. */

import type { Listing } from './article.ts'
import { FOLDER_KINDS } from './feed-kinds.ts'
import type { Labelled } from './filter.ts'
import { type FeedPlace, KINDS, placesOfKind } from './kinds.ts'
import type { FilePlace } from './place.ts'
import type { Problem } from './problem.ts'
import type { Site } from './site.ts'
import type { Source } from './source.ts'

/** A feed that an article belongs to by what its front matter says. */
export type FeedFolder = FeedPlace & { readonly path: readonly (string | number)[] }

/** Returns the feeds of what the front matter of an article says: its section, tags and authors. */
export function foldersOf(article: Labelled, site: Site): FeedFolder[] {
  return FOLDER_KINDS.filter((kind) => !KINDS[kind].declared)
    .flatMap((kind) => placesOfKind(kind, article, site))
    .flatMap((place) => (place.path ? [{ ...place, path: place.path }] : []))
}

type Claim = { readonly label: string; readonly place: () => FilePlace }

/** Reports labels that are spelled differently and make the same address. */
export function checkFolders(
  articles: readonly Listing[],
  sources: ReadonlyMap<string, Source>,
  site: Site,
  report: (problem: Problem) => void,
): void {
  const claims = new Map<string, Claim>()
  const told = new Set<string>()
  const claim = (
    { name: folder, kind, label: word, shown: label = word }: FeedFolder,
    place: () => FilePlace,
  ): void => {
    const other = claims.get(folder)
    if (!other) claims.set(folder, { label, place })
    else if (other.label !== label && !told.has(folder + label)) {
      told.add(folder + label)
      const where = { folder, other: other.label, otherPlace: other.place() }
      report({ ...place(), reason: 'same-folder', kind, label, ...where })
    }
  }
  for (const article of articles) {
    const source = sources.get(article.id)
    if (!source) continue
    for (const folder of foldersOf(article, site)) claim(folder, () => source.placeOf(folder.path))
  }
}
