/** The same articles as the Workers that edgewire is compared with keep them. */

import { articlesOf, type Files } from '../support/corpus.ts'
import type { Story } from './competitors/stories.ts'

/** The articles of some files as the other Workers store them, newest first. */
export function storiesOf(files: Files): Story[] {
  return articlesOf(files, { now: Number.MAX_SAFE_INTEGER })
    .toSorted((a, b) => b.published - a.published)
    .map((article) => ({
      id: article.id,
      guid: article.guid,
      title: article.title,
      url: article.url,
      published: article.published,
      updated: article.updated,
      summary: article.summary ?? '',
      html: article.html,
      authors: article.authors.map(({ name, url }) => ({ name, ...(url ? { link: url } : {}) })),
      tags: article.tags,
    }))
}
