/** Links to articles that nobody can read yet. */

import type { Instant } from '../article/instant.ts'
import type { Problem } from '../article/problem.ts'
import type { Press } from './press.ts'

/** Notes each link to an article that is not published when the one that has it is. */
export function hiddenLinks(press: Press, now: Instant): Problem[] {
  const { articles, unsound } = press.corpus
  const published = new Map(articles.map(({ id, published: at }) => [id, at]))
  const unknown = new Set(unsound.map(({ id }) => id))
  return articles.flatMap((article) => {
    if (article.retraction) return []
    const from = Math.max(now, article.published)
    return press.render(article, from).links.flatMap(({ id, file, line, column }): Problem[] => {
      const due = published.get(id)
      if (unknown.has(id) || (due !== undefined && due <= from)) return []
      return [{ file, line, column, reason: 'hidden-link', id, due, isNote: true }]
    })
  })
}
