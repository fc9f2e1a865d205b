/** Files that stand in a text itself, and formulae. */

import { parseXml } from '@rgrove/parse-xml'
import { describe, it } from 'vitest'
import {
  aCache,
  anArticle,
  aPress,
  articlesOf,
  findingsOf,
  NOW,
  problemsOf,
  SITE,
} from '../support/corpus.ts'

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const DRAWING =
  '<svg viewBox="0 0 9 9" onload="alert(1)"><title>A  red &amp; round dot</title><script>alert(1)</script><style>@import "//e.org/x"</style><image href="https://e.org/x.png"/><use xlink:href="#a"/><circle id="a" r="4" fill="url(https://e.org/#x)" stroke="url(#b)"/><foreignObject><p>x</p></foreignObject></svg>'

function theArticle(body: string, site = SITE) {
  const [article] = articlesOf({ 'site.yaml': site, 'a.md': anArticle({}, body) })
  if (!article) throw new Error('no article')
  return article
}

describe('an image in an address', () => {
  it('is published as a file, with its size, and named by the Markdown of the article', ({
    expect,
  }) => {
    const { html, media, markdown } = theArticle(`![A dot](${DOT})`)
    const [file] = media
    expect(file).toMatchObject({ name: 'image.png', type: 'image/png', size: 70, width: 1 })
    expect(file?.load()?.length).toBe(70)
    const url = `https://wire.example.org${file?.path}`
    expect(html).toBe(`<p><img src="${url}" alt="A dot" width="1" height="1" /></p>`)
    expect(markdown).toBe(`![A dot](${url})`)
  })

  it('is there as well when the rendering is remembered', ({ expect }) => {
    const cache = aCache()
    const files = { 'a.md': anArticle({}, `![A dot](${DOT})`) }
    const [first, second] = [1, 2].map(() => {
      const press = aPress(files, {}, cache)
      const [article] = press.corpus.articles
      return article && press.render(article, NOW).media.map(({ path, load }) => [path, load()])
    })
    expect(second).toHaveLength(1)
    expect(second).toEqual(first)
  })

  it.for(['data:image/png;base64,%%%', 'data:text/html,x', 'data:image/bmp;base64,AAAA', 'data:,'])(
    'is refused with its place if it is none that is served: %s',
    (address, { expect }) => {
      const [problem] = problemsOf({ 'a.md': anArticle({}, `Text ![A](<${address}>)`) })
      expect(problem).toMatchObject({ reason: 'unserved-data', line: 5, column: 12 })
    },
  )
})

describe('a drawing in a text', () => {
  it('becomes an image file that is XML, loads nothing and runs nothing', ({ expect }) => {
    const { html, media } = theArticle(`Look: ${DRAWING}`)
    const [file] = media
    const xml = new TextDecoder().decode(file?.load())
    expect(parseXml(xml).root?.name).toBe('svg')
    expect(xml).not.toMatch(/alert|e\.org|script|foreignObject/)
    expect(xml).toContain('<use href="#a"></use><circle id="a" r="4" stroke="url(#b)"></circle>')
    expect(file).toMatchObject({ name: 'image.svg', type: 'image/svg+xml' })
    expect(html).toContain(`alt="A red &amp; round dot"`)
    expect(html).not.toContain('<svg')
  })

  it('is refused with its place where nothing says what it shows', ({ expect }) => {
    const [problem] = problemsOf({ 'a.md': anArticle({}, 'Look: <svg><path d="M0 0"/></svg>') })
    expect(problem).toMatchObject({ reason: 'untitled-drawing', line: 5, column: 7 })
  })
})

describe('a formula', () => {
  const MATH = `${SITE}math: true\n`

  it.for([
    ['$a_b$', '<p><math><msub><mi>a</mi><mi>b</mi></msub></math></p>'],
    ['中文$x$中文', '<p>中文<math><mi>x</mi></math>中文</p>'],
    ['$`a_b`$', '<p><math><msub><mi>a</mi><mi>b</mi></msub></math></p>'],
    [
      '$$\na\n=\nb\n$$',
      '<p><math display="block"><mrow><mi>a</mi><mo>=</mo><mi>b</mi></mrow></math></p>',
    ],
    [
      '$\\overline{x}$',
      '<p><math><mover><mrow><mi>x</mi></mrow><mo stretchy="true">‾</mo></mover></math></p>',
    ],
    ['$\\color{red}x$', '<p><math><mrow><mi mathcolor="#ff0000">x</mi></mrow></math></p>'],
    ['$5 and $6; a $20 bill, a 20$ note; \\$x\\$', '<p>$5 and $6; a $20 bill, a 20$ note; $x$</p>'],
    ['`$x$`', '<p><code>$x$</code></p>'],
  ] as const)('is made of TeX between dollars: %s', ([body, html], { expect }) => {
    expect(theArticle(body, MATH).html).toBe(html)
  })

  it.for([
    ['Text $\\foo$', 'broken-formula'],
    ['Text $\\def\\f{\\f\\f}\\f$', 'broken-formula'],
    ['Text $\\cancel{x}$', 'lost-part'],
    ['Text <math><mfenced><mi>x</mi></mfenced></math>', 'lost-part'],
  ] as const)(
    'is refused with its place if it cannot be shown: %s',
    ([body, reason], { expect }) => {
      const [problem] = problemsOf({ 'site.yaml': MATH, 'a.md': anArticle({}, body) })
      expect(problem).toMatchObject({
        reason,
        line: 5,
        column: reason === 'lost-part' && body.includes('<') ? 12 : 6,
      })
    },
  )
})

describe('a formula of which Core has no part', () => {
  it.for(['\\boxed{x}', '\\fbox{x}', '\\begin{array}{c|c}a&b\\end{array}'])(
    'is shown without it, and told: %s',
    (tex, { expect }) => {
      const files = { 'site.yaml': `${SITE}math: true\n`, 'a.md': anArticle({}, `Text $${tex}$`) }
      const told = findingsOf(files).map(({ reason, isNote }) => [reason, isNote])
      expect(told).toEqual([['bare-formula', true]])
    },
  )

  it('keeps the side at which a cell stands', ({ expect }) => {
    const { html } = theArticle('$\\begin{array}{lr}a&b\\end{array}$', `${SITE}math: true\n`)
    expect(html).toContain('<mtd columnalign="left"><mi>a</mi></mtd>')
    expect(html).toContain('<mtd columnalign="right"><mi>b</mi></mtd>')
  })
})

describe('a formula that a script wrote twice', () => {
  const MATHML = '<math><mi>x</mi></math>'
  it.for([
    `<span class="katex"><span class="katex-mathml">${MATHML}</span><span class="katex-html" aria-hidden="true">x</span></span>`,
    `<mjx-container class="MathJax"><mjx-math aria-hidden="true">x</mjx-math><mjx-assistive-mml>${MATHML}</mjx-assistive-mml></mjx-container>`,
    `<mjx-container><svg><path d="M0"/></svg><mjx-assistive-mml>${MATHML}</mjx-assistive-mml></mjx-container>`,
    `<span class="MathJax"><nobr>x</nobr><span class="MJX_Assistive_MathML">${MATHML}</span></span>`,
  ])('stands once: %s', (body, { expect }) => {
    const { html } = theArticle(`a ${body} b`)
    expect(html.replace(/<\/?span>/g, '')).toBe(`<p>a ${MATHML} b</p>`)
  })
})

describe('an image of the article that a text shows behind a blank', () => {
  it('leaves one text, as a browser reads it', ({ expect }) => {
    const front = { image: '{ src: "https://e.org/a.png", alt: A }' }
    const body = '<p> <img src="https://e.org/a.png" alt="A"> x</p>'
    const [article] = articlesOf({ 'a.md': anArticle(front, body) })
    const [paragraph] = article?.markup ?? []
    expect(typeof paragraph === 'object' && paragraph.children).toEqual(['  x'])
  })
})
