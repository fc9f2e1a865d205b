import { describe, it } from 'vitest'
import { formatProblem } from '../../src/article/problem.ts'
import { openPress } from '../../src/compile/open-press.ts'
import {
  aCache,
  aFolder,
  anArticle,
  NOW,
  platform,
  problemsOf,
  SITE,
  tryPress,
} from '../support/corpus.ts'

const MB = 1024 * 1024
const list = (length: number, one: (n: number) => string): string =>
  `[${Array.from({ length }, (_, n) => one(n)).join(', ')}]`
const front = (yaml: string): string => `---\n${yaml}\n---\nText.\n`

/** Front matter that would keep a reader of YAML busy, and what is said of it. */
const MONSTERS: readonly (readonly [is: string, yaml: string, says: string])[] = [
  ['two megabytes of brackets', '['.repeat(2 * MB - 100), 'The YAML has'],
  [
    'brackets',
    '['.repeat(100_000),
    'a.md:2:31: The YAML cannot be read: it is nested more than 30 deep',
  ],
  ['braces', '{'.repeat(100_000), 'it is nested more than 30 deep'],
  ['lists in lists', '- '.repeat(50_000), 'it is nested more than 30 deep'],
  ['keys of keys', '? '.repeat(50_000), 'it is nested more than 30 deep'],
  ['stairs', Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), 'nested more'],
  ['a hundred thousand keys', 'k: x\n'.repeat(25_000), 'it has too many parts'],
  ['keys one after another', list(15_000, (n) => `k${n}`), 'it has too many parts'],
  ['empty lists', '[]'.repeat(50_000), 'The YAML cannot be read'],
  ['empty keys', '?\n'.repeat(50_000), 'it has too many parts'],
  ['closing brackets', ']'.repeat(100_000), 'The YAML cannot be read'],
  [
    'the same key',
    'title: x\n'.repeat(1000),
    'a.md:3:1: The YAML cannot be read: Map keys must be unique',
  ],
  ['aliases', `a: &a x\nb: ${list(1000, () => '*a')}`, 'it has more than 100 aliases'],
  [
    'an alias of itself',
    'published: 2026-01-01T00:00:00Z\ntitle: &a [*a]',
    '`title` is a list: expected text on one line',
  ],
  ['lists as keys', '? [a]\n: b', 'a.md:2:3: The YAML cannot be read: a key has to be a word'],
  [
    'a long key',
    `title: A\npublished: 2026-01-01T00:00:00Z\n${'x'.repeat(1000)}: x`,
    `There is no key \`${'x'.repeat(60)}…\`. Rename`,
  ],
]

/** What an article can have too much of. */
const TOO_MUCH: readonly (readonly [key: string, value: string, says: string])[] = [
  ['tags', list(1001, (n) => `t${n}`), '`tags` is a list: expected a list of at most 1000.'],
  ['authors', list(1001, (n) => `A${n}`), '`authors` is a list: expected a list of at most 1000.'],
  ['aliases', list(1001, (n) => `/${n}`), '`aliases` is a list: expected a list of at most 1000.'],
  ['attachments', list(1001, (n) => `{src: ${n}.csv}`), 'expected a list of at most 1000.'],
  [
    'translations',
    `{${Array.from({ length: 1001 }, (_, n) => `${letter(n / 676)}${letter(n / 26)}${letter(n)}: x`).join(', ')}}`,
    '`translations` is a set of keys: expected at most 1000 of them.',
  ],
  ['title', 'x'.repeat(10_001), 'expected at most 10000 characters.'],
  ['summary', 'x'.repeat(10_001), 'expected at most 10000 characters.'],
  ['authors', `[${'x'.repeat(101)}]`, 'expected at most 100 characters.'],
  ['via', `https://e.org/${'x'.repeat(4096)}`, '`via` is `https://e.org/'],
]

function letter(n: number): string {
  return String.fromCharCode(97 + (Math.floor(n) % 26))
}

describe('front matter', () => {
  it.for(MONSTERS)('is not read to its end if it is %s', ([, yaml, says], { expect }) => {
    const problems = problemsOf({ 'a.md': front(yaml) })
    expect(problems.length).toBeLessThanOrEqual(100)
    expect(problems[0] && formatProblem(problems[0])).toContain(says)
  })

  it.for(['\\q', '\\A', '\\x', '\\x4', '\\u00g0', '\\U00110000'])(
    'is given up at the first broken escape: %s',
    (bad, { expect }) => {
      const title = `title: "\\x41\\\\ \\U0010FFFF\\\n  ${bad.repeat(10_000)}"`
      expect(problemsOf({ 'a.md': front(title) }).map(formatProblem)).toEqual([
        expect.stringMatching(/^a\.md:3:3: The YAML cannot be read: Invalid escape sequence /),
      ])
    },
  )

  it.for(TOO_MUCH)('has a bound for %s', ([key, value, says], { expect }) => {
    const problems = problemsOf({ 'a.md': anArticle({ [key]: value }) })
    expect(problems.map(formatProblem).join('\n')).toContain(says)
  })

  it('is parsed once for all of its problems', ({ expect }) => {
    const attachments = list(100, (n) => `{src: missing-${n}.csv}`)
    const folder = aFolder({ 'a.md': anArticle({ attachments }) })
    let reads = 0
    const counted = {
      ...folder,
      read(file: string, most: number) {
        if (file === 'a.md') reads++
        return folder.read(file, most)
      },
    }
    const { findings } = openPress(counted, { now: NOW }, platform, aCache())
    expect(findings.problems).toHaveLength(100)
    // For the front matter, for the places in it, and for the text.
    expect(reads).toBe(3)
  })

  it('compares only twenty unknown ids with all others', ({ expect }) => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [
        `story-${n}.md`,
        anArticle({ translations: `{pl: stori-${n}, de: stori-${n}}` }),
      ]),
    )
    const problems = problemsOf(files)
    const near = problems.filter((one) => one.reason === 'unknown-article' && one.near.length > 0)
    expect([problems.length, near.length]).toEqual([100, 20])
  })

  it('has bounds of its own in site.yaml', ({ expect }) => {
    const people = Array.from(
      { length: 5000 },
      (_, n) => `  a${n}: { name: A, url: https://e.org }`,
    )
    const yaml = `${SITE}${people.slice(1).join('\n')}\n`
    expect(tryPress({ 'site.yaml': yaml, 'a.md': anArticle() }).ok).toBe(true)
    const more = problemsOf({ 'site.yaml': `${SITE}${people.join('\n')}\n`, 'a.md': anArticle() })
    expect(more.map(formatProblem).join('\n')).toContain('expected at most 5000 of them.')
  })
})
