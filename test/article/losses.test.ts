import fc from 'fast-check'
import { describe, it, vi } from 'vitest'
import type { ArticleBody } from '../../src/article/body.ts'
import { readCorpus } from '../../src/article/corpus.ts'
import { describeFinding, formatProblem, type Problem } from '../../src/article/problem.ts'
import { openPress } from '../../src/compile/open-press.ts'
import { OWN_ADDRESSES } from '../../src/compile/own-addresses.ts'
import { originsIn } from '../../src/markup/origin.ts'
import {
  aCache,
  aFolder,
  anArticle,
  type Files,
  findingsOf,
  NOW,
  platform,
  SITE,
} from '../support/corpus.ts'

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
  ['The words <video> and x', '5:11 note never-closed'],
  ['A List<String> is', '5:7 note lost-element'],
  ['x <my-map lat="1"></my-map>', '5:3 note lost-element'],
  ['x\n\n<object data="a"><p>y</p></object>', '7:1 note lost-element'],
  ['x <script>alert(1)</script>', '5:3 note lost-element'],
  ['x <canvas></canvas> <embed src="https://e.org/a">', '5:3 note lost-element', '5:21 note frame'],
  ['<form>x <select><option>1</select></form>', '5:1 note lost-element', '5:9 note lost-element'],
  ['> <div>\n> <p lang="ar">x</p></div>\n\n- <div lang="ar">x</div>', '8:8 note lost-attribute'],
  ['x <b onclick="f()" class="y">y</b>', '5:6 note lost-attribute'],
  [
    'x <i id="y">y</i> <a name="y">y</a> <b id="y">y</b>',
    '5:19 note same-part',
    '5:40 note same-part',
  ],
  ['x <input\nvalue="<object>">', '5:3 note lost-element'],
  ['use </video> here', '5:5 note lost-tag'],
  ['<p><b>x</b and more</p>', '5:8 note lost-tag'],
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
  ['x[^1]\n\n[^1]: y\n[^1]: z', '7:1 note lost-footnote'],
  ['> x [y][z]\n> ![v][]', '5:5 note near-markdown', '6:3 note near-markdown'],
  ['x[^1] `[^2]`', '5:2 note near-markdown'],
  ['`[x](y z.png)` [x](y z.png) ![](y z)', '5:16 note near-markdown', '5:29 note near-markdown'],
  ['[x](https://e.org/y z)', '5:1 note near-markdown'],
  ['##x\n\n-\u00a0y\n1.\u00a0z', ...['5:1', '7:1', '8:1'].map((at) => `${at} note near-markdown`)],
  ['\u200b# x', '5:1 note near-markdown'],
  ['x <span style="color: red; Vertical-Align:super">2</span>', '5:9 note lost-style'],
  ['<p style="display:none">x</p>', '5:4 note lost-style'],
  ['<b style="font-weight: 400">x</b>', '5:4 note lost-style'],
  ['x\ndon\u0092t \u0007', '6:4 note lost-character'],
  ['x <iframe data-src="https://e.org/"></iframe>', '5:3 note frame'],
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
  '<b id="docs-internal-guid-1"><p>x</p><p>y</p><table><tr><td>z</table></b>',
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
  'In a[i][j], [1][2] and [3](see there) \\[x\\][y] \\[^1\\] [x](<https://e.org/y z>) #tag C# a ## b',
  '<h2 style="font-weight:bold">x</h2><span style="font-weight:400;vertical-align:baseline">y</span>',
  'don&#146;t, \u00a0x, 5\u00a0km',
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
      'https://wire.example.org/articles/B/?x=1#top',
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

  const PARTS: Files = {
    'site.yaml': `${SITE}feeds: { eu: { title: EU, filter: { tags: [eu] }, aliases: [/index.xml] } }\n`,
    'in/b.md': anArticle(
      { tags: '[eu]', aliases: '[/2020/old/, "/?p=42&x=1", /index.php?b]' },
      '## Café au lait\n\n## Café au lait\n\n<p id="x y">a</p>\n\n<a name="Łódź"></a>z[^1]\n\n[^1]: n',
    ),
    'gone.md': anArticle({ status: 'retracted', retracted_at: '2026-02-02T00:00:00Z' }, '## A'),
    'draft.md': anArticle({ status: 'draft' }, '## A'),
    'unsound.md': anArticle({ colour: 'red' }, '## A'),
  }
  const ADDRESSES = [
    'in/b.md',
    'in/b.md?y=1',
    '/articles/b',
    '//wire.example.org/articles/B/?y=1',
    'https://wire.example.org/articles/b/index.html',
    '/2020/old',
    '/2020/old/index.html?y=1',
    '/?x=1&y=2&p=42',
    '/index.php?b=',
  ]
  const LANDING = [
    ...['caf%C3%A9-au-lait', 'café-au-lait-1', 'x%20y', 'Łódź', 'fn-b-1', '', 'TOP'],
    ...[':~:text=Caf%C3%A9', 'Łódź:~:text=z'],
  ]
  const STRAY = ['cafe-au-lait', 'caf%C3%A9-au-lait-2', 'x', 'a-title', 'fn-b-2', 'stray:~:text=x']

  /** Opens an article in `a.md`, one paragraph a line, with others beside it. */
  const openLinks = (links: readonly string[], cache = aCache(), others = PARTS): string[] =>
    open(
      { ...others, 'a.md': anArticle({}, links.map((to) => `[x](<${to}>)`).join('\n\n')) },
      cache,
    )

  it.for(ADDRESSES)('name parts that another article does not have: %s', (address, { expect }) => {
    const landing = LANDING.map((part) => `${address}#${part}`)
    const stray = STRAY.map((part) => `${address}#${part}`)
    const lines = stray.map((_, n) => `${5 + 2 * (landing.length + n)}:6 note no-such-part`)
    expect(openLinks([...landing, ...stray]).filter((line) => / no-such-part/.test(line))).toEqual(
      lines,
    )
  })

  it('say which article has no such part, and which is near', ({ expect }) => {
    const body = '## Fares\n\n[a](#fare) [b](in/b.md#caf%C3%A9-au-lai) [c](unsound.md#b)'
    const told = findingsOf({ ...PARTS, 'a.md': anArticle({}, body) })
    const words = told.filter(({ reason }) => reason === 'no-such-part').map(describeFinding)
    expect(words.map((text) => text.replace(/ Headings.*/, ''))).toEqual([
      'The text has no part `#fare`: the link leads to its beginning. Did you mean `fares`?',
      '`b` has no part `#café-au-lai`: the link leads to its beginning. Did you mean `café-au-lait` or `café-au-lait-1`?',
      '`unsound` has no part `#b`: the link leads to its beginning. Did you mean `a`?',
    ])
  })

  it('say nothing of a part of what is not read here, or not yet', ({ expect }) => {
    const silent = ['/index.xml#x', '/feeds/eu/#x', '/articles/b.json#x', '/#x', 'https://e.org/#x']
    const { 'unsound.md': _, ...sound } = PARTS
    expect(openLinks([...silent, '/articles/gone#a', 'draft.md#b'], aCache(), sound)).toEqual([
      '15:6 note no-such-part',
      '17:6 note hidden-link',
    ])
  })

  it('follow the parts of other articles, whatever is remembered', ({ expect }) => {
    const cache = aCache()
    const { 'unsound.md': _, ...sound } = PARTS
    const links = ['in/b.md#a', '/2020/old#a']
    const told = ['5:6 note no-such-part', '7:6 note no-such-part']
    const b = (body: string): Files => ({
      ...sound,
      'in/b.md': anArticle({ aliases: '[/2020/old]' }, body),
    })
    expect(openLinks(links, cache, b('## B'))).toEqual(told)
    expect(openLinks(links, cache, b('## B'))).toEqual(told)
    expect(openLinks(links, cache, b('## A'))).toEqual([])
    expect(openLinks(links, cache, b('## B'))).toEqual(told)
    expect(openLinks(links, cache, b('## A'))).toEqual([])
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

/** HTML whose blocks are left out, and the text of it as readers see it. */
const APART: readonly (readonly [written: string, shown: string])[] = [
  ['<div>One.</div><div>Two.</div>', '<p>One.</p><p>Two.</p>'],
  ['<div>a<div>b</div>c <b>d</b></div>', '<p>a</p><p>b</p><p>c <b>d</b></p>'],
  ['<center>a</center>b<footer>c</footer>', '<p>a</p>b<p>c</p>'],
  ['<div><div><p>a</p></div>b</div>', '<p>a</p><p>b</p>'],
  ['<table><tr><td><div><div>a</div></div></td></tr></table>', '<td>a</td>'],
  ['<ul><li><div>a</div><div>b</div></li></ul>', '<li><p>a</p><p>b</p></li>'],
  ['<dl><div><dt>a</dt><dd>b</dd></div></dl>', '<dl><dt>a</dt><dd>b</dd></dl>'],
  ['<div><figure><div>a</div></figure></div>', '<figure>a</figure>'],
]

describe('places in one long line', () => {
  it('are found in one search of it', ({ expect }) => {
    const line = 'x '.repeat(1000)
    const originOf = originsIn(`> ${line}`)
    const block = { line: 0, content: line }
    const search = vi.spyOn(String.prototype, 'lastIndexOf')
    const places = Array.from({ length: 100 }, (_, at) => originOf(block, at))
    const searches = search.mock.calls.length
    search.mockRestore()
    expect(searches).toBe(1)
    expect(places).toEqual(Array.from({ length: 100 }, (_, at) => at + 2))
  })
})

describe('brackets that are escaped', () => {
  it('are sought a hundred times in vain, and no more', ({ expect }) => {
    const search = vi.spyOn(String.prototype, 'indexOf')
    const { problems } = bodyOf('\\[x\\][y] '.repeat(1000))
    const searches = search.mock.calls.filter(([text]) => text === '[x][y]').length
    search.mockRestore()
    expect(problems).toEqual([])
    expect(searches).toBeLessThan(200)
    expect(searches).toBeGreaterThan(0)
  })
})

describe('blocks that are left out', () => {
  it.for(APART)('leave their text apart: %s', ([written, shown], { expect }) => {
    const { html, problems } = bodyOf(written)
    expect(html).toContain(shown)
    expect(problems).toEqual([])
  })
})

describe('a number of Windows-1252', () => {
  it('is the letter that browsers show', ({ expect }) => {
    const { html } = bodyOf('&#147;don&#x92;t&#0148; &#150; [a&#146;b](#) `&#146;` &#129;')
    expect(html).toMatch(/^<p>“don’t” – <a [^>]*>a’b<\/a> <code>&amp;#146;<\/code> \ufffd<\/p>$/)
  })
})

/** A piece of a text: what of it is to be found in the output, or else named at its line. */
type Piece = { readonly text: string; readonly parts: readonly string[]; readonly cuts?: boolean }

/** Elements of which nothing but the text is missed. */
const MUTE = (
  'address article aside basefont big body center div fieldset font footer head header hgroup html label ' +
  'legend link main meta nav nobr noscript param tt'
).split(' ')
/** All other elements of the HTML standard, the obsolete ones, and some that nobody knows. */
const NAMED = (
  'a abbr area audio b base bdi bdo blockquote br button canvas caption cite code col colgroup data ' +
  'datalist dd del details dfn dialog dl dt em embed figcaption figure form h1 h2 h6 hr i iframe img input ' +
  'ins kbd li map mark math menu meter object ol optgroup option output p picture pre progress q rp rt ruby ' +
  's samp script search section select selectedcontent slot small source span strong style sub summary sup ' +
  'svg table tbody td template textarea tfoot th thead time title tr track u ul var video wbr acronym ' +
  'applet bgsound blink dir frame frameset image isindex keygen listing marquee menuitem multicol nextid ' +
  'noembed noframes plaintext rb rtc spacer strike xmp mi mrow mfrac annotation maction g path text desc ' +
  'foreignObject x-y string portal font-face'
).split(' ')
/** Attributes that say something: everywhere, or of an element; with what stands around that. */
const SAYING: readonly (readonly [tag: string, attributes: string])[] = [
  [
    '<p @>w</p>',
    'id lang dir title hidden inert popover aria-label aria-description onclick xml:lang cite',
  ],
  [
    '<span @>w</span>',
    'id lang dir title hidden aria-label aria-valuetext datetime href src value',
  ],
  ['<body @>w</body>', 'id lang dir title hidden onload'],
  ['<div @>w</div>', 'id lang dir title hidden aria-roledescription aria-placeholder'],
  ['<a href="https://e.org/" @>w</a>', 'hreflang download coords'],
  [
    '<img src="https://e.org/" alt="w" @>',
    'srcset="https://e.org/b 2x" width height usemap ismap longdesc',
  ],
  ['<audio src="https://e.org/" @></audio>', 'controls loop muted preload autoplay'],
  ['<video src="https://e.org/" @></video>', 'poster="https://e.org/" playsinline width height'],
  ['<video controls><track src="https://e.org/" @></video>', 'kind label srclang default'],
  ['<ol @><li>w</ol>', 'start reversed'],
  ['<ol><li @>w</ol>', 'value'],
  ['<table @><tr><td>w</table>', 'summary'],
  ['<table><tr><td @>w</table>', 'colspan rowspan headers abbr axis'],
  ['<table><tr><th @>w</table>', 'scope colspan rowspan abbr'],
  ['<table><colgroup @><tr><td>w</table>', 'span'],
  ['<del @>w</del>', 'cite datetime'],
  ['<q @>w</q>', 'cite'],
  ['<time @>w</time>', 'datetime'],
  ['<details @><summary>w</summary></details>', 'open name'],
  ['<bdo @>w</bdo>', 'dir'],
  ['<math @><mi>w</mi></math>', 'display="block" alttext altimg'],
  ['<math><mi @>w</mi></math>', 'mathvariant="normal" href'],
]
/** What is not as it should be, and yet means something. */
const BROKEN = ['<b>@</i></b>', '<B>@</B>', '<b/>@', '<a title=@ href=x.y/@>z</a>', '<p>@<p>@']
const MORE_BROKEN = ['<b <i>@</i>', '<b title="@">z</b', '</@ x="y">', '<@', '<!@>', '<b>@&#0;</b>']
const words = fc.stringMatching(/^[a-z]{6}$/)
const names = fc.constantFrom(...NAMED)
const addresses = fc
  .tuple(fc.constantFrom('https://e.org/', '/', 'javascript:', 'x.y/', 'ttp:', ''), words)
  .map(([start, word]) => start + word)

const attributes = fc.constantFrom('id', 'onload', 'title', 'hidden', 'cite', 'lang', 'aria-label')

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
    // It has no end, whatever is written.
    cuts: name === 'plaintext',
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
  fc
    .tuple(fc.constantFrom(...BROKEN, ...MORE_BROKEN), words)
    .map(([text, word]) => ({ text: text.replaceAll('@', word), parts: [word], cuts: true })),
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

/**
 * Lists the parts that are not in HTML. A heading may stand lower than it was written, and in feeds
 * an `id` carries that of the article: several texts stand in one document.
 */
function notIn(html: string, parts: readonly string[]): string[] {
  const levelled = (text: string): string => text.replaceAll(/<h[1-6]/g, '<h_')
  const plain = levelled(html.replaceAll(' id="a--', ' id="'))
  return parts.filter((part) => !plain.includes(levelled(part)))
}

describe('a text of Markdown and HTML', () => {
  /** Tells what is neither in the output of a line nor named: nothing, or these parts of it. */
  const missed = (text: string, parts: readonly string[]): string[] => {
    const { html, problems } = bodyOf(`x\n\n${text}\n\nend`)
    const lost = notIn(html, parts)
    return problems.some(({ line }) => line === 7) ? [] : lost
  }

  it.for([
    ['it stands alone', '@'],
    ['it stands in a line', 'y @ z'],
    ['it stands in another element', '<div>@</div>'],
    ['it stands in a list', '- y\n\n  @'.replaceAll('\n\n', ' ')],
  ] as const)('has every element, or a name for its loss, if %s', ([, around], { expect }) => {
    const astray = NAMED.flatMap((name) =>
      missed(around.replace('@', `<${name}>word</${name}>`), [`<${name}`, 'word', 'end']).map(
        (part) => `${part} of ${name}`,
      ),
    )
    expect(astray).toEqual([])
    const mute = MUTE.flatMap((name) =>
      missed(around.replace('@', `<${name}>word</${name}>`), ['word', 'end']),
    )
    expect(mute).toEqual([])
  })

  it.for(SAYING)('has every attribute of %s, or a name for its loss', ([tag, all], { expect }) => {
    const astray = all.match(/[\w:-]+(?:="[^"]*")?/g)?.flatMap((attribute) => {
      const [name = '', value = '"said"'] = attribute.split(/=(?=")/)
      return missed(tag.replace('@', `${name}=${value}`), [`${name}=${value}`, 'end'])
    })
    expect(astray).toEqual([])
  })

  it('is in the output, or named', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (all) => {
        const { html, problems } = bodyOf(`x\n\n${all.map(({ text }) => text).join('\n\n')}`)
        let cut = false
        for (const [index, { parts, cuts }] of all.entries()) {
          const isNamed = problems.some(({ line }) => line === 7 + 2 * index)
          const lost = notIn(html, parts)
          cut ||= cuts === true && isNamed
          // What is never closed has the rest, and is named itself.
          expect(isNamed || cut ? [] : lost).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})
