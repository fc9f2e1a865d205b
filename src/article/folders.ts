/** Sections, tags and authors have feeds in folders of their own: no two may have the same. */

import type { Listing } from './article.ts'
import type { Place } from './place.ts'
import type { Problem } from './problem.ts'
import type { Site } from './site.ts'
import { folderNameOf } from './slug.ts'
import type { Source } from './source.ts'

/** A feed that an article belongs to by what it says of itself. */
export type FeedFolder = {
  readonly kind: 'sections' | 'tags' | 'authors'
  /** The folder of its documents: `/tags/osce/`. */
  readonly name: string
  readonly label: string
  /** Where the front matter says it. */
  readonly path: readonly (string | number)[]
}

/** Returns the feeds of an article's section, tags and authors. */
export function foldersOf({
  section,
  tags,
  authors,
}: Pick<Listing, 'section' | 'tags' | 'authors'>): FeedFolder[] {
  const folder = (
    kind: FeedFolder['kind'],
    step: string,
    label: string,
    path: FeedFolder['path'],
  ): FeedFolder => ({ kind, name: `/${kind}/${step}/`, label, path })
  return [
    ...(section === undefined
      ? []
      : [folder('sections', folderNameOf(section), section, ['section'])]),
    ...tags.map((tag, index) => folder('tags', folderNameOf(tag), tag, ['tags', index])),
    ...authors.map(({ slug, name }, index) => folder('authors', slug, name, ['authors', index])),
  ]
}

/** What `site.yaml` says of a section or a tag. */
export function describedIn(
  site: Site,
  kind: 'sections' | 'tags',
  label: string,
): Site['tags'][string] | undefined {
  return Object.hasOwn(site[kind], label) ? site[kind][label] : undefined
}

type Claim = { readonly label: string; readonly place: () => Place }

/** Reports labels that are spelled differently and make the same address. */
export function checkFolders(
  articles: readonly Listing[],
  sources: ReadonlyMap<string, Source>,
  report: (problem: Problem) => void,
): void {
  const claims = new Map<string, Claim>()
  const told = new Set<string>()
  const claim = (folder: string, label: string, place: () => Place): void => {
    const other = claims.get(folder)
    if (!other) claims.set(folder, { label, place })
    else if (other.label !== label && !told.has(folder + label)) {
      told.add(folder + label)
      const otherPlace = other.place()
      report({ ...place(), reason: 'same-folder', label, folder, other: other.label, otherPlace })
    }
  }
  for (const article of articles) {
    const source = sources.get(article.id)
    if (!source) continue
    for (const { name, label, path } of foldersOf(article))
      claim(name, label, () => source.placeOf(path))
  }
}
