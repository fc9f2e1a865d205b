import fc from 'fast-check'
import { describe, it } from 'vitest'
import { formatProblem } from '../../src/article/problem.ts'
import { countAll } from '../../src/article/tally.ts'
import { openPress } from '../../src/compile/open-press.ts'
import { ok } from '../../src/markup/result.ts'
import {
  aCache,
  aFolder,
  anArticle,
  articlesOf,
  type Files,
  NOW,
  platform,
  problemsOf,
  SITE,
  tryPress,
} from '../support/corpus.ts'

const PNG = new Uint8Array([137, 80, 78, 71])
const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('')

const TOO_DEEP =
  'Quotes, lists or elements stand more than 200 deep in each other. Close those that end, or write it flatter.'

/** Small files that stand for a large page: the place, and what there is too much of. */
const EXCESSES: readonly (readonly [is: string, body: string, says: string])[] = [
  ['elements that never close', `x\n\n${'<b></i>'.repeat(300)}`, `5:1: ${TOO_DEEP}`],
  ['quotes in quotes', `x\n\n${'> '.repeat(10_000)}x`, `7:1: ${TOO_DEEP}`],
  ['lists in lists', `${'- '.repeat(10_000)}x`, `5:1: ${TOO_DEEP}`],
  ['emphasis in emphasis', `${'*'.repeat(600)}a${'*'.repeat(600)}`, `5:1: ${TOO_DEEP}`],
  ['raw HTML', lines(300, () => '<ul><li>\n'), `5:1: ${TOO_DEEP}`],
  [
    'formatting that is opened again by each paragraph',
    `${lines(150, (n) => `<font size=${n}>`)}${'<p>x'.repeat(1000)}`,
    '5:1: The article has more than 100000 elements of HTML. Split it',
  ],
  [
    'links',
    `x\n\n${lines(10_001, (n) => `[a](//e.org/${n})\n`)}`,
    '10007:5: The article has more than 10000 links and images. Split it',
  ],
  [
    'images',
    lines(10_001, (n) => `![a](//e.org/${n}.png)\n`),
    '10005:6: The article has more than 10000 links and images. Split it',
  ],
  [
    'footnotes',
    lines(1001, () => '^[a] '),
    '5:1: The article has more than 1000 footnotes. Split it',
  ],
  [
    'brackets, in a line of their own each',
    `x\n\n${'[\n'.repeat(30_001)}`,
    '30007:1: The article has more than 30000 opening brackets. Split it',
  ],
  ['images that are begun', '!['.repeat(100_000), '5:1: The article has more than 30000 opening'],
  [
    'brackets in a list',
    '- [a=\n'.repeat(30_001),
    '30005:1: The article has more than 30000 opening',
  ],
  [
    'cells',
    `x\n\na|b\n-|-\n${'a|b\n'.repeat(12_500)}`,
    '12508:1: The article has more than 25000 cells of tables. Split it',
  ],
  [
    'blocks',
    '- a\n\n'.repeat(60_000),
    'The article has more than 100000 elements of HTML. Split it',
  ],
  [
    'references to a long address',
    `${lines(2000, () => '[a]\n')}\n[a]: /${'x'.repeat(10_000)}`,
    '5:1: The article has more than 10000000 characters of addresses and titles. Split it',
  ],
  [
    'long attributes that each paragraph has again',
    `${lines(20, (n) => `<b title="${n}${'x'.repeat(10_000)}">`)}${'<p>x'.repeat(100)}`,
    '5:1: The article has more than 10000000 characters of attributes of HTML. Split it',
  ],
  [
    'many attributes that each paragraph has again',
    `${lines(20, (n) => `<b ${lines(3000, (m) => `a${m}=${n} `)}>`)}${'<p>x'.repeat(100)}`,
    '5:1: The article has more than 10000000 characters of attributes of HTML. Split it',
  ],
  [
    'lines that each continue many quotes',
    `${'> '.repeat(199)}a\n${'b\n'.repeat(30_000)}`,
    'The article has more than 5000000 lines in quotes and lists. Split it',
  ],
]

/** One wrong reference each, and where it stands, whatever is spelled alike before it. */
const TOKENS: readonly (readonly [body: string, place: string])[] = [
  ['`![a](x.png)` and ![a](x.png)', '5:24'],
  ['x\n\n> a\n> b ![a](x.png)', '8:10'],
  ['- a\n\n  ```\n  ![a](x.png)\n  ```\n\n  b ![a](x.png)', '11:10'],
  ['| a | b |\n|---|---|\n| `![a](x.png)` | ![a](x.png) |', '7:24'],
  ['| x | x |\n|---|---|\n| x | x ![a](x.png) |', '7:14'],
  ['<p>x.png</p>\n\n<p>a\n<img alt="a" src="x.png"></p>', '8:19'],
  ['`<img src="x.png">` <img alt="a" src="x.png">', '5:39'],
  ['a[^1]\n\nb\n\n[^1]: `x.png` ![a](x.png)', '9:20'],
  ['[a][x] `x.pngx`\n\n![b][x]\n\n[x]: x.png', '9:6'],
]

/** Wrong input, and the first problem that a person reads. */
const CASES: readonly { readonly is: string; readonly files: Files; readonly says: string }[] = [
  {
    is: 'a date that does not exist',
    files: { 'a.md': anArticle({ published: '2026-02-30T10:00:00Z' }) },
    says: 'a.md:3:12: `published` is `2026-02-30T10:00:00Z`: expected a date that exists in the calendar.',
  },
  {
    is: '29 February of a common year',
    files: { 'a.md': anArticle({ published: '2025-02-29' }) },
    says: 'a.md:3:12: `published` is `2025-02-29`: expected a date that exists in the calendar.',
  },
  {
    is: 'an instant without an offset',
    files: { 'a.md': anArticle({ published: '2026-02-01T10:00:00' }) },
    says: 'a.md:3:12: `published` is `2026-02-01T10:00:00`: expected `2026-02-01T10:00:00Z`, if it is meant in UTC (this one has no offset).',
  },
  {
    is: 'an hour that does not exist',
    files: { 'a.md': anArticle({ published: '2026-02-01T24:00:00Z' }) },
    says: 'a.md:3:12: `published` is `2026-02-01T24:00:00Z`: expected a date that exists in the calendar.',
  },
  {
    is: 'a year that RFC 3339 has, and many readers have not',
    files: { 'a.md': anArticle({ published: '0000-02-01T10:00:00Z' }) },
    says: 'a.md:3:12: `published` is `0000-02-01T10:00:00Z`: expected a year from 0001 to 9999.',
  },
  {
    is: 'an empty title',
    files: { 'a.md': anArticle({ title: '"  "' }) },
    says: 'a.md:2:8: `title` is empty: expected text on one line, not empty (quotes keep a number, a colon or a # text).',
  },
  {
    is: 'a title that YAML takes for a number',
    files: { 'a.md': anArticle({ title: '1984' }) },
    says: 'a.md:2:8: `title` is `1984`: expected text on one line, not empty (quotes keep a number, a colon or a # text).',
  },
  {
    is: 'a missing key',
    files: { 'a.md': '---\ntitle: A\n---\nText\n' },
    says: 'a.md:2:1: The key `published` is missing: expected a date with time and offset: 2026-01-15T09:30:00+01:00. Add it.',
  },
  {
    is: 'an unknown key',
    files: { 'a.md': anArticle({ sumary: 'x' }) },
    says: 'a.md:4:1: There is no key `sumary`. Did you mean `summary`? Rename it or take it out.',
  },
  {
    is: 'an unknown key inside another',
    files: { 'a.md': anArticle({ image: '{src: a.png, alt: A, with: 3}' }), 'a.png': PNG },
    says: 'a.md:4:29: There is no key `image.with`. Did you mean `width`? Rename it or take it out.',
  },
  {
    is: 'an image without alt',
    files: { 'a.md': anArticle({ image: '{src: a.png}' }), 'a.png': PNG },
    says: 'a.md:4:8: The image `a.png` has no alternative text. Say what it shows: `alt: what it shows`.',
  },
  {
    is: 'an image in the text without alt',
    files: { 'a.md': anArticle({}, 'One\n\nTwo ![](a.png)'), 'a.png': PNG },
    says: 'a.md:7:9: The image `a.png` has no alternative text. Say what it shows: `![what it shows](a.png)`.',
  },
  {
    is: 'an image that is not there',
    files: { 'a.md': anArticle({}, '![A map](map.png)') },
    says: 'a.md:5:10: The file `map.png` does not exist. Paths are relative to the file that names them; check the spelling.',
  },
  {
    is: 'an image that lies elsewhere, under another spelling',
    files: { 'a.md': anArticle({}, '![A map](IMG\\Map.png)'), 'img/map.png': PNG },
    says: 'a.md:5:10: The file `IMG\\Map.png` does not exist. Did you mean `img/map.png`?',
  },
  {
    is: 'a link to an article that is not there',
    files: { 'a.md': anArticle({}, '[x](nope.md)') },
    says: 'a.md:5:5: The file `nope.md` does not exist.',
  },
  {
    is: 'a file that a browser would execute',
    files: { 'a.md': anArticle({}, '[page](page.html)'), 'page.html': '<script>' },
    says: 'a.md:5:8: `page.html` is no article, and no file that is served.',
  },
  {
    is: 'a path that leaves the folder',
    files: { 'a.md': anArticle({}, '[x](../../etc/passwd)') },
    says: 'a.md:5:5: The file `../../etc/passwd` lies outside content/. Copy it in.',
  },
  {
    is: 'the same id twice',
    files: { 'a.md': anArticle(), 'b.md': anArticle({ id: 'a' }) },
    says: 'b.md:4:5: The id `a` is taken by a.md. Give one of the two another `id`.',
  },
  {
    is: 'the same guid twice',
    files: { 'a.md': anArticle({ guid: 'g' }), 'b.md': anArticle({ guid: 'g' }) },
    says: 'b.md:4:7: The guid `g` is taken by a.md. Give one of the two another `guid`.',
  },
  {
    is: 'an alias that is an article',
    files: { 'a.md': anArticle(), 'b.md': anArticle({ aliases: '[a]' }) },
    says: 'b.md:4:11: The alias `/articles/a` is already the article `a`.',
  },
  {
    is: 'an alias that is an address of the site',
    files: { 'a.md': anArticle({ aliases: '[/tags/peace/]' }) },
    says: 'a.md:4:11: The alias `/tags/peace` is an address of the site itself. Remove it.',
  },
  {
    is: 'an alias with a fragment',
    files: { 'a.md': anArticle({ aliases: '["/old#id"]' }) },
    says: 'a.md:4:11: `aliases.0` is `/old#id`: expected an old id, or an address without host and #: /2021/old-story.html, /?p=42.',
  },
  {
    is: 'a correction without a date',
    files: { 'a.md': anArticle({ correction: 'Not so.' }) },
    says: 'a.md:4:13: `correction` is shown with the date of `updated`, which is missing or no later than `published`. Add it.',
  },
  {
    is: 'front matter that has no keys',
    files: { 'a.md': '---\njust text\n---\nText\n' },
    says: 'a.md:2:1: `the YAML` is `just text`: expected keys with values, such as title, published, id.',
  },
  {
    is: 'YAML whose aliases multiply',
    files: {
      'a.md': `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n---\nText\n`,
    },
    says: 'a.md:2:1: The YAML cannot be read: Excessive alias count indicates a resource exhaustion attack.',
  },
  {
    is: 'a correction before the publication',
    files: { 'a.md': anArticle({ updated: '2026-01-01T00:00:00Z' }) },
    says: 'a.md:4:10: `updated` lies before `published`. Correct one of them.',
  },
  {
    is: 'a correction in the future',
    files: { 'a.md': anArticle({ updated: '2027-01-01T00:00:00Z' }) },
    says: 'a.md:4:10: `updated` lies in the future.',
  },
  {
    is: 'a retraction that names no article',
    files: {
      'long.md': anArticle(),
      'a.md': anArticle({ status: 'retracted', replaced_by: 'lung' }),
    },
    says: "a.md:5:14: `replaced_by` names the article `lung`, which does not exist. Did you mean `long`? Use an article's id.",
  },
  {
    is: 'a word of a retraction where there is none',
    files: { 'a.md': anArticle({ announce: 'false' }) },
    says: 'a.md:4:11: `announce` is said of a retraction, and the article is not retracted. Set `status: retracted`, or take the key out.',
  },
  {
    is: 'a reason without a retraction',
    files: { 'a.md': anArticle({ reason: 'Wrong.' }) },
    says: 'a.md:4:9: `reason` is said of a retraction',
  },
  {
    is: 'the guid of another’s notice',
    files: {
      'a.md': anArticle({ status: 'retracted' }),
      'b.md': anArticle({ guid: '"tag:example.org,2026:a/retracted"' }),
    },
    says: 'b.md:4:7: The guid `tag:example.org,2026:a/retracted` is taken by a.md. Give one of the two another `guid`.',
  },
  {
    is: 'a file without front matter',
    files: { 'a.md': '# Hello\n' },
    says: 'a.md:1:1: An article begins with front matter',
  },
  {
    is: 'YAML that cannot be read',
    files: { 'a.md': '---\ntitle: "a\npublished: x\n---\n' },
    says: 'a.md:3:13: The YAML cannot be read: Missing closing "quote. Mend it; text with a colon or a leading sign needs quotes.',
  },
  {
    is: 'a binary file named .md',
    files: { 'a.md': new Uint8Array([0xff, 0xfe, 0, 1]) },
    says: 'a.md:1:1: The file is not UTF-8 text. Save it as UTF-8, or give it another ending than .md.',
  },
  {
    is: 'a file name that is no id',
    files: { 'Łódź.md': anArticle() },
    says: 'Łódź.md:2:1: `id` is `Łódź`: expected a file name of lower-case letters, digits and hyphens, or an `id` in the front matter.',
  },
  {
    is: 'an article without text',
    files: { 'a.md': anArticle({}, '') },
    says: 'a.md:5:1: The article has no text. Write some, or make it `status: draft`.',
  },
  {
    is: 'a base with a path',
    files: {
      'a.md': anArticle(),
      'site.yaml': SITE.replace('wire.example.org', 'example.org/wire'),
    },
    says: 'site.yaml:5:7: `base` is `https://example.org/wire`: expected the address of the site, without a path: https://news.example.org.',
  },
  {
    is: 'an article that is read nowhere',
    files: {
      'a.md': anArticle(),
      'b.md': anArticle({ url: 'https://example.org/b' }),
      'c.md': anArticle({ status: 'draft' }),
      'site.yaml': `${SITE}pages: false\n`,
    },
    says: 'a.md:2:1: The article has no page: site.yaml says `pages: false`. Set `url` to its address on your own site, here or, for all articles, in site.yaml; or say `pages: true`.',
  },
  ...['https://example.org/{slug}-{id}', 'https://example.org/{year}', '/{id}'].map((url) => ({
    is: `a template such as ${url}`,
    files: { 'a.md': anArticle(), 'site.yaml': `${SITE}pages: false\nurl: "${url}"\n` },
    says: `site.yaml:10:6: \`url\` is \`${url}\`: expected a web address with {id}, and with {year}, {month} and {day} where they belong: https://www.example.org/{year}/{id}.`,
  })),
  {
    is: 'a tag without a year',
    files: { 'a.md': anArticle(), 'site.yaml': SITE.replace(',2026', '') },
    says: 'site.yaml:6:6: `tag` is `example.org`: expected a domain that you own and the year in which you did: example.org,2026.',
  },
]

/** How many characters are gone over by what finds or replaces a text in another. */
function charactersSearched(work: () => unknown): number {
  let searched = 0
  const prototype = String.prototype
  const { indexOf, replaceAll, includes, split } = prototype
  const methods = { indexOf, replaceAll, includes, split }
  for (const [name, method] of Object.entries(methods)) {
    const counted = function (this: string, ...given: unknown[]): unknown {
      const found = Reflect.apply(method, this, given)
      // A search from somewhere goes over what lies between.
      const from = name === 'indexOf' ? Number(given[1] ?? 0) : 0
      const to = name === 'indexOf' && Number(found) >= 0 ? Number(found) : this.length
      searched += Math.max(0, to - from)
      return found
    }
    Object.defineProperty(prototype, name, { value: counted, configurable: true, writable: true })
  }
  try {
    work()
  } finally {
    Object.assign(prototype, methods)
  }
  return searched
}

describe('content/ that is wrong', () => {
  it.for(TOKENS)('is told at its own token: %s', ([body, place], { expect }) => {
    const [problem] = problemsOf({ 'a.md': anArticle({}, body) })
    expect(`${problem?.line}:${problem?.column}`).toBe(place)
  })

  it.for(CASES)('names place, expectation and remedy of $is', ({ files, says }, { expect }) => {
    const [first] = problemsOf(files)
    expect(first && formatProblem(first)).toContain(says)
  })

  it.for(EXCESSES)(
    'is refused, with its place, if it asks for too much: %s',
    ([, body, says], { expect }) => {
      const [first] = problemsOf({ 'a.md': anArticle({}, body) })
      expect(first && formatProblem(first)).toContain(says)
    },
  )

  it.for([
    ['depth', `${'> '.repeat(199)}x`],
    ['references', lines(9999, (n) => `[a](/${n}) `)],
    ['footnotes', lines(1000, () => '^[a] ')],
    ['brackets', `${lines(9999, (n) => `[![a]][${n}] `)}\n\n    ${'['.repeat(50_000)}`],
    ['cells', `a|b\n-|-\n${'a|b\n'.repeat(12_499)}`],
  ] as const)('may be as large as this: %s', ([, body], { expect }) => {
    expect(articlesOf({ 'a.md': anArticle({}, body) })).toHaveLength(1)
  })

  it('is searched for places and addresses in linear time', ({ expect }) => {
    const searched = (count: number, more: (n: number) => string): number => {
      const body = lines(count, more)
      return charactersSearched(() =>
        openPress(aFolder({ 'a.md': anArticle({}, body) }), { now: NOW }, platform, aCache()),
      )
    }
    for (const more of [
      (n: number) => `[a](/${n}) `,
      (n: number) => `![](/${n}.png) `,
      (n: number) => `[a](${n}.md)\n`,
    ])
      expect(searched(4000, more) / searched(1000, more)).toBeLessThan(6)
  })

  it('is told of a hundred places of one kind, and of how many more there are', ({ expect }) => {
    const body = `${lines(130, (n) => `![a](${n}.png) `)}${'[a](<>) '.repeat(101)}${'[b](#b) '.repeat(150)}`
    const found = problemsOf({ 'a.md': anArticle({}, body), 'b.md': anArticle({}, body) })
    const kinds = [
      ['missing-file', 30],
      ['no-address', 1],
      ['no-such-part', 50],
    ] as const
    for (const file of ['a.md', 'b.md'])
      for (const [reason, more] of kinds) {
        const all = found.filter((one) => one.file === file && one.reason === reason)
        expect([all.length, all.filter((one) => one.more), all.at(-1)?.more]).toEqual([
          ...[100, [all.at(-1)], more],
        ])
      }
    expect(countAll(found)).toBe(2 * (130 + 101 + 150))
    const last = found.find(({ more }) => more === 30)
    expect(last && formatProblem(last)).toMatch(/ There are 30 more of this kind in this file\.$/)
  })

  it('is reported with every problem of every file, in order', ({ expect }) => {
    const problems = problemsOf({
      'b.md': anArticle({ title: '""', published: 'soon', colour: 'red' }, '![](x.png)'),
      'a.md': anArticle({ tags: 'news' }),
      'site.yaml': SITE.replace('language: en', 'language: English'),
    })
    expect(problems.map(({ file, reason }) => [file, reason])).toEqual([
      ['a.md', 'invalid-value'],
      ['b.md', 'invalid-value'],
      ['b.md', 'invalid-value'],
      ['b.md', 'unknown-key'],
      ['b.md', 'missing-file'],
      ['b.md', 'image-without-alt'],
      ['site.yaml', 'invalid-value'],
    ])
  })

  it('is reported if there is no site.yaml', ({ expect }) => {
    const folder = { files: [], faults: [], read: () => ok(undefined) }
    const { press, findings } = openPress(folder, { now: NOW }, platform, aCache())
    expect(press).toBeUndefined()
    expect(findings).toMatchObject({ problems: [{ reason: 'no-site' }] })
  })

  it('never throws: any bytes are an article or a problem', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' })),
        fc.string({ unit: 'binary' }),
        (raw, yaml) => {
          const read = tryPress({ 'a.md': raw, 'b.md': `---\n${yaml}\n---\n${yaml}` })
          expect(read.ok || read.failure.problems.length > 0).toBe(true)
        },
      ),
      { numRuns: 300, seed: 4 },
    )
  })
})
