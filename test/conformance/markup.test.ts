import fc from 'fast-check'
import { describe, it } from 'vitest'
import { htmlOf } from '../../src/markup/markup.ts'
import { withScope } from '../../src/markup/parts.ts'
import { refusePage } from '../../src/page/gate.ts'
import { anyText } from '../support/arbitraries.ts'
import { anArticle, articlesAnyway } from '../support/corpus.ts'
import { refuse } from '../support/gate.ts'
import { dangersIn, markupOf, written } from './attack.ts'
import { combinedPayloads, PAYLOADS } from './payloads.ts'

/** The elements in which a parser changes its language, around every payload. */
const AROUND = ['math', 'svg', 'noscript'].map((name) => {
  const bodies = Object.values(PAYLOADS).flat()
  return [`in ${name}`, bodies.map((body) => `x <${name}>${body}</${name}>`)] as const
})

describe('an attacker’s article', () => {
  it.for([
    ...Object.entries(PAYLOADS),
    ...AROUND,
    ['combined', combinedPayloads(200, 12)] as const,
  ])('brings nothing past the sanitiser: %s', ([, bodies], { expect }) => {
    const articles = written(bodies)
    expect(articles).toHaveLength(bodies.length)
    for (const { body, markup, places, refused } of articles) {
      for (const [place, html] of Object.entries(places))
        expect(dangersIn(html), `${place} of ${JSON.stringify(body)}`).toEqual([])
      expect(refused).toEqual([])
      expect(markupOf(htmlOf(markup)), body).toEqual(markup)
    }
  })
})

describe('the HTML written for an article', () => {
  it('is parsed into the tree that was judged, whatever Unicode and tags stand in it', ({
    expect,
  }) => {
    const bodies = fc.array(fc.oneof(anyText, tags), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(
        bodies.map((pieces) => `x${pieces.join('')}`),
        (body) => {
          for (const { html, markup } of articlesAnyway({ 'a.md': anArticle({}, body) })) {
            expect(markupOf(html)).toEqual(withScope(markup, 'a'))
            // Whoever normalises it once more changes nothing of it.
            expect(html.normalize('NFC')).toBe(html)
            expect(dangersIn(html)).toEqual([])
          }
        },
      ),
      { numRuns: 500, seed: 14 },
    )
  })
})

/** Start and end tags without addresses, which may not be what they should, in any order. */
const NAMES =
  'a b i p table tr td li ul pre svg math mi desc style script noscript template select option ' +
  'button nobr h1 span br hr caption ruby rt textarea title xmp foreignobject mtext font'
const tags = fc.oneof(
  fc.constantFrom('\u0338', '&#x338;', '\n\n', '&#13;', '<pre>\n\n', '<b>&#x338; a=b '),
  fc
    .tuple(
      fc.constantFrom(...NAMES.split(' ')),
      fc.constantFrom('<@>', '</@>', '<@ title=">">', '<@ x'),
    )
    .map(([name, shape]) => shape.replace('@', name)),
)

describe('the gate', () => {
  it.for([
    ['<script>alert(1)</script>', '<script>'],
    ['<img src="https://e.org/a" onerror="alert(1)">', 'onerror of <img>'],
    ['<a href="javascript:alert(1)">x</a>', 'href of <a>'],
    ['<img srcset="https://e.org/a 1x, data:,x 2x">', 'srcset of <img>'],
    ['<svg><a>x</a></svg>', '<svg>'],
    ['<p>x<!-- y --></p>', '#comment'],
    ['<b>'.repeat(500), 'too-deep'],
  ] as const)(
    'refuses markup that the sanitiser would have removed: %s',
    ([html, found], { expect }) => {
      const escaped = htmlOf([html])
      const rss = (slot: string): string =>
        `<r xmlns:content="c"><item><${slot}>${escaped}</${slot}></item></r>`
      expect(refuse('rss', rss('description'))).toBe(`<description> has ${found}`)
      expect(refuse('rss', rss('content:encoded'))).toBe(`<content:encoded> has ${found}`)
      expect(refuse('atom', `<content type="html">${escaped}</content>`)).toBe(
        `<content> has ${found}`,
      )
      expect(refuse('json', aJsonFeed(html))).toBe(found)
      expect(refusePage({ head: '', body: `<article class="whole">${html}</article>` })).toBe(found)
    },
  )

  it('refuses markup in the texts of a channel, and an address that leaves the page’s site', ({
    expect,
  }) => {
    const channel = '<rss><channel><title>&lt;b&gt;x</title></channel></rss>'
    expect(refuse('rss', channel)).toBe('<title> has markup')
    for (const address of ['//evil.example/x', '/\\evil.example/', '/\t/evil.example/'])
      expect(refusePage({ head: '', body: `<a href="${address}">x</a>` })).toBe('href of <a>')
    expect(refusePage({ head: '', body: '<a href="/x">x</a>' })).toBeUndefined()
  })
})

function aJsonFeed(html: string): string {
  const author = { name: 'A' }
  const instant = '2026-01-01T00:00:00Z'
  const item = {
    id: 'a',
    url: 'https://e.org/',
    title: 'A',
    content_html: html,
    date_published: instant,
    date_modified: instant,
    authors: [author],
    author,
  }
  const home = { title: 'A', home_page_url: 'https://e.org/' }
  return JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', ...home, items: [item] })
}
