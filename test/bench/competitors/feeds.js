/**
 * The feeds of the corpus, as edgewire finds them by itself: of everything, of each section, tag and
 * author. JavaScript, because Eleventy reads it too.
 */

const places = (kind, count, word) => Array.from({ length: count }, (_, n) => [kind, `${word}${n}`])

/** What each article is chosen by, and the folder of its feed. */
export const FEEDS = [
  { folder: '/', name: 'everything', matches: () => true },
  ...places('sections', 4, 'section-').map(([kind, word]) => ({
    folder: `/${kind}/${word}/`,
    name: word.replace('-', '_'),
    matches: ({ section }) => section === word,
  })),
  ...[...places('tags', 7, 'tag-'), ...places('tags', 5, 'other-')].map(([kind, word]) => ({
    folder: `/${kind}/${word}/`,
    name: word.replace('-', '_'),
    matches: ({ tags }) => tags?.includes(word),
  })),
  ...['desk', 'Ann Author'].map((author) => ({
    folder: `/authors/${author.toLowerCase().replace(' ', '-')}/`,
    name: author.toLowerCase().replace(' ', '_'),
    matches: ({ authors }) => authors?.includes(author),
  })),
]

/** Entries in a feed. */
export const LENGTH = 50
export const TITLE = 'The Wire'
export const BASE = 'https://wire.example.org/'
