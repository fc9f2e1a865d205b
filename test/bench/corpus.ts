/** The articles that everything here is measured with: prose of a size, the same on every machine. */

import { anArticle, type Files, NOW, SITE } from '../support/corpus.ts'
import { seeded } from './measuring.ts'

/** Room for fifty whole articles of 20 KB. */
export const BENCH_SITE = `${SITE}feed_length: 50\nbyte_budget: 4000000\n`

const SYLLABLES = 'ba co de fi go hu ka le mi no pu ra se ti vo za lor nen tris wal'.split(' ')
const random = seeded(7)
const WORDS = Array.from({ length: 2000 }, () =>
  Array.from(
    { length: 1 + Math.floor(random() * 4) },
    () => SYLLABLES[Math.floor(random() * SYLLABLES.length)],
  ).join(''),
)

/** The files of a corpus: `count` articles of a size, an hour apart, the newest just before `now`. */
export function filesOf(count: number, kilobytes: number, now: number = NOW): Files {
  const articles = Array.from({ length: count }, (_, n) => {
    return [`s-${n}.md`, articleText(n, kilobytes, now - (count - n) * 3600)] as const
  })
  return { 'site.yaml': BENCH_SITE, ...Object.fromEntries(articles) }
}

/** An article of about so many kilobytes of Markdown, in a section, with tags and authors. */
export function articleText(n: number, kilobytes: number, published: number, more = ''): string {
  const front = {
    title: `Story number ${n}`,
    published: `${new Date(published * 1000).toISOString().slice(0, 19)}Z`,
    summary: `What happened in the valley on day ${n}.`,
    authors: '[desk, Ann Author]',
    section: `section-${n % 4}`,
    tags: `[tag-${n % 7}, other-${n % 5}]`,
  }
  return anArticle(front, more + proseOf(n, kilobytes * 1024))
}

/** Markdown of a length in bytes: paragraphs with emphasis and links, under headings. */
function proseOf(seed: number, length: number): string {
  const next = seeded(seed)
  const pieces: string[] = []
  let bytes = 0
  while (bytes < length) {
    const paragraph = paragraphOf(next, pieces.length)
    pieces.push(paragraph)
    bytes += paragraph.length
  }
  return pieces.join('')
}

function paragraphOf(next: () => number, index: number): string {
  // Few words are frequent, as in any language.
  const words = Array.from({ length: 60 }, () => WORDS[Math.floor(next() ** 2 * WORDS.length)])
  words[10] = `*${words[10]}*`
  words[30] = `[${words[30]}](https://example.org/${words[31]})`
  words[50] = `**${words[50]}** & ${words[51]}`
  const heading = index % 6 === 0 ? `## ${words[0]} ${words[1]}\n\n` : ''
  return `${heading}${words.join(' ')}.\n\n`
}
