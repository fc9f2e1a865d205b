/** Guids: each has to be one article's alone, in every format. */

import type { Listing } from './article.ts'
import { iriOf } from './guid.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'

/** Reports guids that two articles have, or that are one id in Atom. */
export function checkGuids(
  articles: readonly Listing[],
  named: ReadonlyMap<string, Source>,
  tag: string,
  report: (problem: Problem) => void,
): void {
  const guids = new Map<string, string>()
  for (const { id, guid, retraction } of articles) {
    const source = named.get(id)
    // A notice that announces a retraction is an entry of its own.
    for (const own of [guid, retraction?.announcement]) {
      if (own === undefined) continue
      const iri = iriOf(own, tag)
      const other = guids.get(iri)
      if (source && other)
        report({ ...source.placeOf(['guid']), reason: 'duplicate-guid', guid: own, other })
      guids.set(iri, source?.file ?? id)
    }
  }
}
