import { formatInstant } from '../../src/article/instant.ts'
import { aProject } from '../support/command.ts'
import { anArticle, type Files } from '../support/corpus.ts'
import { describeReading } from '../support/reading.ts'

const HOUR = 3600
/** 2026-11-01T00:00:00Z. */
const LAST = 1_793_491_200

/** Two thousand articles, of which one month alone has more than a page of the archive holds. */
function aLargeProject(): string {
  const files: Files = Object.fromEntries(
    Array.from({ length: 2000 }, (_, n) => {
      const front = {
        title: `Story ${n} of two thousand`,
        summary: `What happened when the ${n}th of them was written.`,
        published: formatInstant(LAST - n * 5 * HOUR),
        section: `section ${n % 7}`,
        tags: `[tag ${n % 211}, topic ${n % 13}]`,
        authors: `[Author ${n % 17}]`,
      }
      const body = `Paragraph of story ${n}. `.repeat(40)
      return [`content/story-${n}.md`, anArticle(front, `${body}\n\n## Part\n\n${body}`)]
    }),
  )
  return aProject(files)
}

describeReading('a site of 2,000 articles', aLargeProject, {
  article: { title: 'Story 3 of two thousand', tag: 'tag 3' },
  pages: {
    front: '/',
    article: '/articles/story-3',
    section: '/sections/section-1/',
    tag: '/tags/topic-3/',
    author: '/authors/author-4/',
    feeds: '/feeds/',
    archive: '/archive/',
    month: '/archive/2026-10/',
    'a further page of a month': '/archive/2026-10-2/',
    'the first month': '/archive/2025-09/',
    nothing: '/nothing',
  },
})
