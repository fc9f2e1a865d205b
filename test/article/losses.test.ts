import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { ArticleBody } from '../../src/article/body.ts'
import { readCorpus } from '../../src/article/corpus.ts'
import { describeFinding, formatProblem, type Problem } from '../../src/article/problem.ts'
import { openPress } from '../../src/compile/open-press.ts'
import { OWN_ADDRESSES } from '../../src/compile/own-addresses.ts'
import { aCache, aFolder, anArticle, type Files, NOW, platform, SITE } from '../support/corpus.ts'

/** The text of an article as it is rendered, whatever is wrong with it. */
function bodyOf(body: string, files: Files = {}): ArticleBody {
  const folder = aFolder({ 'a.md': anArticle({}, body), ...files })
  const { corpus } = readCorpus(
    folder,
    { now: NOW },
    { platform, memo: aCache(), own: OWN_ADDRESSES },
  )
  const article = corpus?.articles.find(({ id }) => id === 'a')
  if (!corpus || !article) throw new Error('no article')
  return corpus.bodyOf(article, new Set())
}

const briefly = ({ line, column, reason, isNote }: Problem): string =>
  `${line}:${column} ${isNote ? 'note ' : ''}${reason}`

/** What is lost, and everything that is told of it; the text begins in line 5. */
const LOSSES: readonly (readonly [body: string, ...told: string[]])[] = [
  ['a\n\n<iframe src="https://e.org/"></iframe>', '7:1 note frame'],
  ['x <iframe srcdoc="x"></iframe>', '5:3 note lost-element'],
  ['## A part\n\n[x](#a-prat)', '7:5 note no-such-part'],
  ['The words <video> and x', '5:11 note never-closed'],
  ['A List<String> is', '5:7 note lost-element'],
  ['x <my-map lat="1"></my-map>', '5:3 note lost-element'],
  ['x\n\n<object data="a"><p>y</p></object>', '7:1 note lost-element'],
  ['x <script>alert(1)</script>', '5:3 note lost-element'],
  ['x <canvas></canvas> <embed src="https://e.org/a">', '5:3 note lost-element', '5:21 note frame'],
  ['<form>x <select><option>1</select></form>', '5:1 note lost-element', '5:9 note lost-element'],
  ['> <div>\n> <p lang="ar">x</p></div>\n\n- <div lang="ar">x</div>', '8:8 note lost-attribute'],
  ['x <b onclick="f()" class="y">y</b>', '5:6 note lost-attribute'],
  ['x <input\nvalue="<object>">', '5:3 note lost-element'],
  ['use </video> here', '5:5 note lost-tag'],
  ['<td>x</td>', '5:1 note lost-tag'],
  ['<?php echo 1 ?>\n\nx', '5:1 note lost-tag'],
  ['x\n\n<![CDATA[y]]>', '7:1 note lost-tag'],
  ['<p>x</p>\n<div class="y', '6:1 note lost-tag'],
  ['x <b>y', '5:3 note never-closed'],
  ['x <i/> y', '5:3 note never-closed'],
  ['x\n\n<!-- y\n\nz', '7:1 note never-closed'],
  ['<table>y<tr><td>x</td></tr></table>', '5:1 note moved'],
  ['<table><tr><td>x</td></tr>y</table>', '5:1 note moved'],
  ['| a |\n|---|\n| 1 | `2` |', '7:7 note lost-cells'],
  ['x\n\n[^1]: y', '7:1 note lost-footnote'],
  ['<div>\n\n    <ul><li>x</li></ul>\n\n</div>', '7:1 note html-as-code'],
  [
    '<img alt="x" src="https://e.org/a" srcset="https://e.org/b 2q, https://e.org/c 2x">',
    '5:36 note lost-value',
  ],
  ['<img alt="x" src="https://e.org/a" sizes="wide, 50vw">', '5:36 note lost-value'],
  [
    '<svg><title>x</title><foreignObject><p>y</p></foreignObject><path d="M0"/></svg>',
    '5:22 note lost-element',
  ],
  ['<svg><title>x</title><g><image href="https://e.org/a"/></g></svg>', '5:25 note lost-element'],
  [
    '<svg><title>x</title><a href="https://e.org/"><text>y</text></a></svg>',
    '5:25 note lost-attribute',
  ],
  ['<svg><title>x</title><path onclick="f()"/></svg>', '5:28 note lost-attribute'],
  ['<img alt="x">', '5:1 no-address'],
  ['x [y]() ![z]()', '5:7 no-address', '5:14 no-address'],
  ['x <a href="">y</a>', '5:13 no-address'],
  ['[x](www.e.org)', '5:5 no-scheme'],
  ['![x](e.example/y.png)', '5:6 no-scheme'],
  ['[x](mail@e.example)', '5:5 no-scheme'],
  ['[x](https//e.org/)', '5:5 no-scheme'],
  ['[x](missing.html)', '5:5 unserved-type'],
  ['[x](?q=1)', '5:5 no-file-named'],
  ['![x](?q=1)', '5:6 no-file-named'],
  ['[x](./)', '5:5 no-file-named'],
  ['[x](folder/)', '5:5 no-file-named'],
  ['[x](folder/..)', '5:5 no-file-named'],
  ['![x](#y)', '5:6 no-file-named'],
  ['[x](javascript:f)', '5:5 note lost-address'],
  ['![x](javascript:f)', '5:6 lost-address'],
  ['`ttps:a` [x](ttps:a)', '5:14 note lost-address'],
  ['![x](/images/x.png)', '5:6 unserved-address'],
  ['![x](https://wire.example.org/x.png)', '5:6 unserved-address'],
]

/** Texts of which nothing is lost: all of it is in the output, or only looks. */
const SILENT: readonly string[] = [
  '<div class="a" style="b" data-x="1"><center><font color=red>x</font></center></div>',
  '<section><p align=right>x</p></section> <a href="https://e.org/" target=_blank rel=nofollow>y</a>',
  '<ul><li>one<li>two</ul><p>x<p>y',
  '<table><tr><td>x<td>y</table>',
  '<b><i>x</b></i> y<br>z<hr>',
  '<!-- a comment --> x <!---->',
  '| a | b |\n|---|---|\n| 1 | 2 |\n| 1 |\n\nx[^1]\n\n[^1]: y',
  '    <ul><li>a sample</li></ul>',
  'x <a href="https://e.org/">y</a> ~~z~~ <wbr> **b**',
  '<a name="x"></a>y [z](#x)',
  '# Part\n\n![x](https://e.org/a.png) [y](#part) [z](mailto:a@e.org) [top](#)',
  'At 10:30:45 the ratio was 3:2:1, says std::vector::x of fe80::1:2, and :) and (: a: b :c.',
  'If a == b or x==y, {a, b} and {1} is a set; f{x}, {.} and {#1}.',
  'See [[1]](https://e.org/) and a[[1, 2], [3]], and [x][y] of [z].\n\n[y]: https://e.org/',
  'From 5%% to 10%%, 100 % of it; import duties from "there"; export default.',
  'import duties rose from 3 to 4\nexport default values',
  '`{{ x }}` ``{% y %}`` <code>{: .z}</code> ~~:::~~\n\n```\n:::note\n[[x]]\n```',
  '\\{\\{ x \\}\\} \\[\\[x\\]\\]',
  'A dialogue::: really. [sic] [toc-like] [b] [1] :: x : y :',
  'Wait... [citation needed], 3 < 4 > 2, a <- b, I <3 you, x << 2',
]

const TAGS: readonly (readonly [tag: string, system: string])[] = [
  ['{% include map.html %}', 'Liquid'],
  ['{{ page.title }}', 'templates'],
  ['[x]({{ site.url }}/y)', 'templates'],
  ['{{< youtube abc >}}', 'Hugo'],
  [':::note', 'Pandoc or Docusaurus'],
  ['::: {.box}', 'Pandoc or Docusaurus'],
  ['x{: .small}', 'kramdown'],
  ['## Fares {#fares}', 'attributes'],
  ['[[A page|words]]', 'wikis'],
  ['![[a.png]]', 'wikis'],
  ['Hooray :tada:!', 'GitHub or Slack'],
  ['[TOC]', 'tables of contents'],
  ["import X from '../x.js'", 'MDX'],
  ['export const a = 1', 'MDX'],
  ['%% hidden %%', 'Obsidian'],
  ['a ==bright== day', 'highlighting'],
  ['[gallery ids="1,2"]', 'WordPress or BBCode'],
  ['!!! note "x"', 'MkDocs'],
  ['.. note:: x', 'reStructuredText'],
]

describe('what does not reach a reader', () => {
  it.for(LOSSES)('is told at its place: %s', ([body, ...told], { expect }) => {
    expect(bodyOf(body).problems.map(briefly)).toEqual(told)
  })

  it.for(SILENT)('is nothing, and nothing is told: %s', (body, { expect }) => {
    expect(bodyOf(body).problems.map(formatProblem)).toEqual([])
  })

  it.for(TAGS)('is a tag of another system, told once: %s', ([tag, system], { expect }) => {
    const { problems } = bodyOf(`\`${tag}\`\n\n${tag}\n\n${tag}`)
    expect(problems.map(briefly)).toEqual([expect.stringMatching(/^7:\d+ note foreign-tag$/)])
    expect(problems[0]).toMatchObject({ system })
  })

  it('is said with the address that was meant', ({ expect }) => {
    const body = '[a](e.example/b) [c](hhttps://e.org/) [d](d@e.example?subject=x) [e](htp:f)'
    const words = bodyOf(body).problems.map(describeFinding)
    expect(words.map((text) => /Did you mean `(.*)`\?/.exec(text)?.[1])).toEqual([
      'https://e.example/b',
      'https://e.org/',
      'mailto:d@e.example?subject=x',
      'http:f',
    ])
  })
})

describe('notes', () => {
  const files: Files = {
    'a.md': anArticle({}, 'x <object>y</object> [z](/nowhere)'),
    'b.md': anArticle({ aliases: '[/2020/old/]', tags: '[Peace]' }),
  }
  const open = (all: Files, cache = aCache()): string[] =>
    openPress(aFolder(all), { now: NOW }, platform, cache).findings.problems.map(briefly)

  it('are told again of what is remembered, and follow what other articles say', ({ expect }) => {
    const cache = aCache()
    const told = ['5:3 note lost-element', '5:26 note unserved-address']
    expect(open(files, cache)).toEqual(told)
    expect(open(files, cache)).toEqual(told)
    const moved = { ...files, 'b.md': anArticle({ aliases: '[/nowhere]' }) }
    expect(open(moved, cache)).toEqual(told.slice(0, 1))
  })

  it('name links to addresses of the site where nothing is', ({ expect }) => {
    const served = [
      '/',
      '/rss.xml',
      '/articles/b',
      'https://wire.example.org/articles/B/?x=1#y',
      '/articles/b.json',
      '/2020/old',
      '/tags/peace/',
      '/tags/peace/atom.xml',
      '/sitemap.xml',
      '//wire.example.org/articles/a',
    ]
    const astray = ['/about/', '/tags/war/', '/articles/c', 'https://wire.example.org/x.html']
    const body = [...served, ...astray].map((path) => `[x](${path})`).join('\n\n')
    const lines = astray.map((_, n) => `${5 + 2 * (served.length + n)}:5 note unserved-address`)
    expect(open({ ...files, 'a.md': anArticle({}, body) })).toEqual(lines)
  })

  it('are not made of an image of another host, or a file of an edition', ({ expect }) => {
    const site = `${SITE}icon: x.png\n`
    const image = (src: string): Files => ({
      'a.md': anArticle({}, `![x](${src})`),
      'x.png': new Uint8Array([137]),
      'site.yaml': site,
    })
    expect(open(image('https://e.org/images/x.png'))).toEqual([])
    expect(open(image(`/media/${'a'.repeat(43)}/x.png`))).toEqual([])
    expect(
      open({ ...image('x.png'), 'b.md': anArticle({ image: '{src: /x.png, alt: x}' }) }),
    ).toEqual(['4:14 unserved-address'])
  })
})

/** A piece of a text: what of it is to be found in the output, or else named at its line. */
type Piece = { readonly text: string; readonly parts: readonly string[]; readonly cuts?: boolean }

/** Elements of which nothing but the text is missed. */
const MUTE = ['div', 'section', 'center', 'font']
const NAMED = ['b', 'span', 'object', 'canvas', 'x-y', 'string', 'button', 'td', 'math', 'script']
const words = fc.stringMatching(/^[a-z]{6}$/)
const names = fc.constantFrom(...NAMED)
const addresses = fc
  .tuple(fc.constantFrom('https://e.org/', '/', 'javascript:', 'x.y/', 'ttp:', ''), words)
  .map(([start, word]) => start + word)

const attributes = fc.constantFrom('id', 'onload', 'title', 'hidden', 'cite')

const inner: fc.Arbitrary<Piece> = fc.oneof(
  words.map((word) => ({ text: word, parts: [word] })),
  fc.tuple(words, addresses).map(([word, to]) => ({ text: `[${word}](${to})`, parts: [word, to] })),
  fc
    .tuple(words, addresses)
    .map(([word, to]) => ({ text: `<a href="${to}">${word}</a>`, parts: [word, to] })),
  fc
    .tuple(words, addresses)
    .map(([word, to]) => ({ text: `![${word}](${to})`, parts: [word, to] })),
  fc.tuple(names, words).map(([name, word]) => ({
    text: `<${name}>${word}</${name}>`,
    parts: [`<${name}`, word],
  })),
  fc
    .tuple(fc.constantFrom(...MUTE, 'p', 'li'), attributes, words)
    .map(([name, attribute, word]) => ({
      text: `<${name} ${attribute}="${word}">${word}</${name}>`,
      parts: [`${attribute}="${word}"`, word],
    })),
  fc.tuple(names, words).map(([name, word]) => ({
    text: `<${name}>${word}`,
    parts: [`<${name}`, word],
    cuts: true,
  })),
  words.map((word) => ({ text: `<?${word}?>`, parts: [word] })),
  words.map((word) => ({ text: `</${word}>`, parts: [word] })),
)

const pieces: fc.Arbitrary<Piece> = fc.oneof(
  inner,
  fc.tuple(names, inner, words).map(([name, { text, parts }, word]) => ({
    text: `<${name}>${text} ${word}</${name}>`,
    parts: [`<${name}`, ...parts, word],
    cuts: true,
  })),
  fc.tuple(words, inner).map(([word, { text, parts, cuts }]) => ({
    text: `> - ${word} *${text}*`,
    parts: [word, ...parts],
    ...(cuts ? { cuts } : {}),
  })),
  fc.tuple(words, words).map(([a, b]) => ({ text: `[^${a}]: ${b}`, parts: [b] })),
)

describe('a text of Markdown and HTML', () => {
  it('is in the output, or named', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (all) => {
        const { html, problems } = bodyOf(`x\n\n${all.map(({ text }) => text).join('\n\n')}`)
        let cut = false
        for (const [index, { parts, cuts }] of all.entries()) {
          const isNamed = problems.some(({ line }) => line === 7 + 2 * index)
          // In feeds an `id` carries that of the article: several texts stand in one document.
          const lost = parts.filter((part) => !html.replaceAll(' id="a-', ' id="').includes(part))
          cut ||= cuts === true && isNamed
          // What is never closed has the rest, and is named itself.
          expect(isNamed || cut ? [] : lost).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})
