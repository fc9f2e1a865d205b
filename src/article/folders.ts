/** Sections, tags and authors have feeds in folders of their own: no two may have the same. */

import type { Listing } from './article.ts'
import type { Place, Problem } from './problem.ts'
import { folderNameOf } from './slug.ts'
import type { Source } from './source.ts'

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
  for (const { id, section, tags, authors } of articles) {
    const source = sources.get(id)
    if (!source) continue
    if (section !== undefined)
      claim(`/sections/${folderNameOf(section)}/`, section, () => source.placeOf(['section']))
    for (const [index, tag] of tags.entries())
      claim(`/tags/${folderNameOf(tag)}/`, tag, () => source.placeOf(['tags', index]))
    for (const [index, { slug, name }] of authors.entries())
      claim(`/authors/${slug}/`, name, () => source.placeOf(['authors', index]))
  }
}
