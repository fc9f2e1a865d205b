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

/** Returns what `site.yaml` calls a section or a tag, or else the word that the article uses. */
export function headingOf({ kind, label, shown = label }: FeedFolder, site: Site): string {
  return KINDS[kind].describe(label, site).title ?? shown
}

/** A spelling of a label: how often it stands in front matter, and where first. */
type Spelling = { count: number; readonly place: () => FilePlace }

/**
 * Reports labels that are spelled differently and make the same address: each place of every
 * spelling but the one that most articles have.
 */
export function checkFolders(
  articles: readonly Listing[],
  sources: ReadonlyMap<string, Source>,
  site: Site,
  report: (problem: Problem) => void,
): void {
  const found = new Map<string, Map<string, Spelling>>()
  const each = (meet: (folder: FeedFolder, place: () => FilePlace) => void): void => {
    for (const article of articles) {
      const source = sources.get(article.id)
      if (!source) continue
      for (const folder of foldersOf(article, site)) meet(folder, () => source.placeOf(folder.path))
    }
  }
  each(({ name: folder, label: word, shown: label = word }, place) => {
    const spellings = found.get(folder) ?? new Map<string, Spelling>()
    const spelling = spellings.get(label) ?? { count: 0, place }
    spelling.count += 1
    found.set(folder, spellings.set(label, spelling))
  })
  const prevailing = new Map(
    [...found].flatMap(([folder, spellings]) =>
      spellings.size > 1 ? [[folder, prevailingOf(spellings)] as const] : [],
    ),
  )
  if (prevailing.size === 0) return
  each(({ name: folder, kind, label: word, shown: label = word }, place) => {
    const other = prevailing.get(folder)
    if (other && other.label !== label)
      report({
        ...place(),
        reason: 'same-folder',
        kind,
        label,
        folder,
        other: other.label,
        otherPlace: other.place,
      })
  })
}

/** Finds the spelling that stands most often; of several, the first. */
function prevailingOf(spellings: ReadonlyMap<string, Spelling>): {
  label: string
  place: FilePlace
} {
  const [first] = [...spellings].toSorted(([, a], [, b]) => b.count - a.count)
  if (!first) throw new Error('A folder has no label.')
  const [label, { place }] = first
  return { label, place: place() }
}
