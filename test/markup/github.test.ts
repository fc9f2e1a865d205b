import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, it } from 'vitest'
import type { Problem } from '../../src/article/problem.ts'
import { isElement, type ParsedNode, parseHtml, textOf } from '../../src/markup/html-parser.ts'
import { articlePage } from '../../src/page/article-page.ts'
import { contrast } from '../../src/page/colour.ts'
import { stylesheetOf } from '../../src/page/stylesheet.ts'
import { anArticle, aPress, articlesOf, findingsOf, platform, SITE } from '../support/corpus.ts'

type Front = Readonly<Record<string, string>>

const filesOf = (body: string, front: Front = {}, site = SITE): Record<string, string> => ({
  'site.yaml': site,
  'a.md': anArticle(front, body),
})

const inFeeds = (body: string, front?: Front, site?: string): string | undefined =>
  articlesOf(filesOf(body, front, site))[0]?.html

function onPage(body: string, highlight = platform.highlight): string {
  const files = filesOf(body)
  const [article] = articlesOf(files)
  return article ? articlePage(article, aPress(files).corpus.site, highlight).body : ''
}

const findingsIn = (body: string): readonly Problem[] => findingsOf(filesOf(body))

const notesOf = (body: string): string[] => findingsIn(body).map(({ reason }) => reason)

describe('an alert', () => {
  const CASES: readonly (readonly [written: string, html: string])[] = [
    ['> [!NOTE]\n> Text', '<blockquote class="alert-note">\n<p><strong>Note</strong></p>\n<p>Text'],
    ['> [!tip]\n> Text', '<blockquote class="alert-tip">\n<p><strong>Tip</strong></p>'],
    ['> [!IMPORTANT]\n>\n> Text', '<p><strong>Important</strong></p>\n<p>Text</p>\n</blockquote>'],
    ['> [!WARNING]  \nlazy', '<p><strong>Warning</strong></p>\n<p>lazy</p>'],
    ['> [!CAUTION]\n> - item', '<p><strong>Caution</strong></p>\n<ul>\n<li>item</li>'],
    ['- x\n\n  > [!NOTE]\n  > Text', '<blockquote class="alert-note">'],
    // None of these is one for GitHub.
    ['> [!NOTE]', '<blockquote>\n<p>[!NOTE]</p>'],
    ['> [!NOTE] Title\n> Text', '<blockquote>\n<p>[!NOTE] Title\nText</p>'],
    ['> Text\n> [!NOTE]', '<blockquote>\n<p>Text\n[!NOTE]</p>'],
    ['[!NOTE]\nText', '<p>[!NOTE]\nText</p>'],
  ]

  it.for(CASES)('%j is shown as by GitHub', ([written, html], { expect }) => {
    expect(inFeeds(written)).toContain(html)
  })

  it('has its word in the language of the text, or says in which it is', ({ expect }) => {
    const written = '> [!WARNING]\n> Text'
    expect(inFeeds(written, { language: 'uk' })).toContain('<strong>Попередження</strong>')
    expect(inFeeds(written, { language: 'fi' })).toContain('<strong lang="en">Warning</strong>')
    const words = `${SITE}words: { en: { alert_warning: Mind } }\n`
    expect(inFeeds(written, {}, words)).toContain('<strong>Mind</strong>')
  })

  it('keeps the places of what is in it', ({ expect }) => {
    expect(findingsIn('> [!NOTE]\n> See [x](ttps://x.example/).')).toMatchObject([
      { line: 6, column: 11 },
    ])
  })

  it('of another system is noted', ({ expect }) => {
    expect(notesOf('> [!info]- Folded\n> Text')).toEqual(['foreign-tag'])
    expect(notesOf('> [!NOTE]\n> Text')).toEqual([])
  })
})

describe('a task', () => {
  it('has its box in words that every reader shows', ({ expect }) => {
    const html = inFeeds('- [x] done\n- [ ] **open**\n- [x](https://x.example/) link\n- [y] no')
    expect(html).toContain('<li class="task">☑ done</li>\n<li class="task">☐ <strong>open</strong>')
    expect(html).toContain('<li><a href="https://x.example/">x</a> link</li>\n<li>[y] no</li>')
  })
})

describe('a table', () => {
  const TABLE = '| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |'

  it('keeps in feeds how its columns are aligned', ({ expect }) => {
    const html = inFeeds(TABLE)
    for (const cell of ['left">a', 'center">b', 'right">c'])
      expect(html).toContain(`<th align="${cell}</th>`)
    expect(html).toContain('<td align="right">3</td>\n<td>4</td>')
    expect(inFeeds('<table><tr><td align=evil>x</td></tr></table>')).toContain('<td>x</td>')
  })

  it('says it on pages by classes', ({ expect }) => {
    expect(onPage(TABLE)).toContain('<td class="aligned-right">3</td>')
    expect(onPage(TABLE)).not.toContain('align=')
  })
})

describe('TeX', () => {
  const MATH = `${SITE}math: true\n`

  it.for([
    ['$$x_1$$\n\n$y^2$', 5, 1],
    ['- x\n\n  $$\n  x\n  $$', 7, 3],
    ['It costs $5 and $6; text $\\alpha$', 5, 26],
  ] as const)('that is not rendered is noted once: %j', ([body, line, column], { expect }) => {
    expect(findingsIn(body)).toMatchObject([{ line, column, reason: 'plain-formula' }])
    expect(findingsOf(filesOf(body, {}, MATH))).toEqual([])
  })

  it.for(['$5 and $6', '$HOME_DIR and $x', 'a $x$ b', '`$$x$$`'])(
    'is not seen where none is: %j',
    (body, { expect }) => {
      expect(notesOf(body)).toEqual([])
    },
  )
})

describe('a list of definitions', () => {
  it('is read as other systems write it', ({ expect }) => {
    expect(inFeeds('Term\n: Meaning\n: Another')).toBe(
      '<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n<dd>Another</dd>\n</dl>',
    )
    expect(inFeeds('Time: 12\n:no list')).toBe('<p>Time: 12\n:no list</p>')
  })

  it.for([
    ['One\nTwo\n: Meaning', 7],
    ['# Term\n: Meaning', 6],
    ['- Term\n: Meaning', 6],
  ] as const)('under no term of its own is noted: %j', ([body, line], { expect }) => {
    expect(findingsIn(body)).toMatchObject([
      { line, column: 1, reason: 'near-markdown', text: ': Meaning', why: 'no-term' },
    ])
  })

  it.for(['Term\n: Meaning', 'Time\n:30', 'a\\\n\\: b', '\\##Heading'])(
    'is not seen where none is: %j',
    (body, { expect }) => {
      expect(notesOf(body)).toEqual([])
    },
  )
})

function textIn(nodes: readonly ParsedNode[]): string {
  return nodes.map((node) => (isElement(node) ? textIn(node.childNodes) : textOf(node))).join('')
}

/** The code of the only listing of a page, as a browser reads it. */
function listingOf(page: string): string {
  const [, listing = ''] = /<pre tabindex="0">(.*?)<\/pre>/s.exec(page) ?? []
  return textIn(parseHtml(listing, { scripting: true }))
}

const LANGUAGES = ['js', 'ts', 'python', 'c++', 'html', 'css', 'yaml', 'bash', 'diff', 'sql', 'C#']
const PIECES = ['let a = 1\n', '"s', "'", '<b>', '&amp;', '/*', '*/', '# x\n', '\n', '{', '}', '=>']

describe('a listing', () => {
  it('is coloured on pages, and plain in feeds', ({ expect }) => {
    const body = '```js\nconst a = "<b>" // why\n```'
    expect(onPage(body)).toContain(
      '<code class="language-js"><span class="purple">const</span> a = <span class="green">"&lt;b&gt;"</span> <span class="quiet">// why</span>\n</code>',
    )
    expect(inFeeds(body)).toContain('<code class="language-js">const a = "&lt;b&gt;" // why\n')
  })

  it('may begin a text, with all its blanks', ({ expect }) => {
    for (const lines of ['', '\n', ' \n\n'])
      expect(inFeeds(`${lines}      let a\n    b`)).toBe('<pre><code>  let a\nb\n</code></pre>')
    expect(findingsIn('\n  [x](ttps://x.example/)')).toMatchObject([{ line: 6, column: 7 }])
  })

  it.for([
    '<pre class="language-js"><code>let a</code></pre>',
    '<pre><code class="lang-js">let a</code></pre>',
    '<pre class="chroma"><code class="hljs language-js" data-lang="js"><span class="line"><span class="k">let</span> a</span></code></pre>',
  ])('in HTML keeps its language, and is coloured: %s', (body, { expect }) => {
    expect(inFeeds(body)).toMatch(/ class="lang(?:uage)?-js"/)
    expect(onPage(body)).toContain('<span class="purple">let</span> a</code>')
    expect(notesOf(body)).toEqual([])
  })

  it.for([
    '<pre><code class="language-js"><mark>let</mark> a</code></pre>',
    '<pre><code class="language-js"><span title="why">let</span> a</code></pre>',
  ])('stays as it is where markup in it says something: %s', (body, { expect }) => {
    expect(onPage(body)).toMatch(/<(?:mark|span title="why")>let<\/(?:mark|span)> a<\/code>/)
  })

  it.for(['', 'nobody', 'text', '__proto__', 'constructor'])(
    'in the language %j stays plain, without a word',
    (language, { expect }) => {
      const body = `\`\`\`${language}\nlet a\n\`\`\``
      expect(onPage(body)).not.toContain('<span class="purple"')
      expect(notesOf(body)).toEqual([])
    },
  )

  it('says the same text, in whichever colours', ({ expect }) => {
    const pieces = array(constantFrom(...PIECES), { maxLength: 12 }).map((all) => all.join(''))
    void assert(
      property(constantFrom(...LANGUAGES), pieces, string(), (language, code, other) => {
        const written = `${code}${other.replace(/[`~\p{C}]/gu, '')}x`
        const page = onPage(`~~~~ ${language}\n${written}\n~~~~`)
        expect(listingOf(page)).toBe(`${written}\n`)
      }),
      { numRuns: 60 },
    )
  })

  it('is not believed to be what a highlighter makes of it', ({ expect }) => {
    const body = '```js\nlet a\n```'
    const plain = '<code class="language-js">let a\n</code>'
    expect(onPage(body, () => '<span class="keyword">let</span> b\n')).toContain(plain)
    expect(onPage(body, () => '<img src="x" onerror="y"><i class="evil">let a\n</i>')).toContain(
      plain,
    )
  })

  it('is coloured within bounds, so that no text takes a time that grows with its square', ({
    expect,
  }) => {
    const counted = (body: string): number => {
      let characters = 0
      onPage(body, (code) => {
        characters += code.length
        return undefined
      })
      return characters
    }
    const listing = (code: string): string => `\`\`\`js\n${code}\n\`\`\`\n\n`
    expect(counted(listing('a b c '.repeat(100)))).toBe(601)
    expect(counted(listing('a b c '.repeat(1000)))).toBe(0)
    expect(counted(listing('a'.repeat(101)))).toBe(0)
    expect(counted(listing('a b c '.repeat(800)).repeat(8))).toBeLessThanOrEqual(20_000)
  })

  it('has colours that can be read, in the light and in the dark', ({ expect }) => {
    const { site } = aPress({ 'a.md': anArticle() }).corpus
    const sheets = stylesheetOf(site).match(/:root\{[^}]*--paper[^}]*\}/g) ?? []
    expect(sheets.length).toBeGreaterThanOrEqual(2)
    for (const sheet of sheets.slice(0, 2)) {
      const colourOf = (name: string): string =>
        new RegExp(`--${name}:(#\\w+)`).exec(sheet)?.[1] ?? '#777777'
      for (const name of ['blue', 'green', 'purple', 'amber', 'red', 'quiet'])
        expect(contrast(colourOf(name), colourOf('raised')), name).toBeGreaterThanOrEqual(4.5)
    }
  })
})
