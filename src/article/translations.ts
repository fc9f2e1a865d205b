/** Translations: articles that name each other. */

import type { Listing } from './article.ts'
import type { Problem } from './problem.ts'
import type { Source } from './source.ts'

/** Notes translations that do not name the article back. */
export function checkTranslations(
  articles: readonly Listing[],
  sources: ReadonlyMap<string, Source>,
  report: (problem: Problem) => void,
): void {
  const listed = new Map(articles.map((article) => [article.id, article]))
  for (const { id, translations, retraction } of articles) {
    const source = sources.get(id)
    if (!source?.isSound || retraction || source.front.status === 'draft') continue
    for (const [language, other] of Object.entries(translations)) {
      const named = listed.get(other)
      const isMutual = !named || Object.values(named.translations).includes(id)
      const isKnown = sources.get(other)?.isSound && sources.get(other)?.front.status !== 'draft'
      if (isMutual || named.retraction || !isKnown) continue
      const place = source.placeOf(['translations', language])
      report({ ...place, reason: 'one-sided-translation', id, other, isNote: true })
    }
  }
}
