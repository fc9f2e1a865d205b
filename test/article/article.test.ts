import { describe, it, vi } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { formatInstant, parseInstant } from '../../src/article/instant.ts'
import { MOST_TEXT } from '../../src/article/source.ts'
import {
  anArticle,
  articlesAnyway,
  articlesOf,
  type Files,
  problemsOf,
  SITE,
} from '../support/corpus.ts'
import { must } from '../support/results.ts'

const PNG = new Uint8Array([137, 80, 78, 71])

function theArticle(text: string, more: Files = {}): Article {
  const [article] = articlesOf({ 'a.md': text, ...more })
  if (!article) throw new Error('no article')
  return article
}

const htmlOf = (body: string, more: Files = {}): string =>
  theArticle(anArticle({}, body), more).html

const cleanedOf = (body: string): string | undefined =>
  articlesAnyway({ 'a.md': anArticle({}, body) })[0]?.html

describe('the HTML of an article', () => {
  it('names its parts as no other article does', ({ expect }) => {
    const body =
      '## c\n\n## b c\n\n<i id="-c">x</i> <i id="fn-a-1-1">x</i> <i id="fn-a-b-1">x</i> x[^1]\n\n[^1]: y'
    const files = ['a.md', 'a-b.md', 'a-1.md'].map((file) => [file, anArticle({}, body)])
    const ids = articlesOf(Object.fromEntries(files)).flatMap(({ html }) =>
      Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id),
    )
    // Two texts have the name of a footnote of theirs before it.
    expect(ids.length).toBe(19)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has tables, footnotes, strikethrough and code', ({ expect }) => {
    const html = htmlOf(
      '| a | b |\n|---|---|\n| 1 | 2 |\n\n~~no~~ yes[^1]\n\n```js\nif (a < b) {}\n```\n\n[^1]: A note.',
    )
    expect(html).toContain('<td>1</td>')
    expect(html).toContain('<s>no</s>')
    expect(html).toContain('<pre><code class="language-js">if (a &lt; b) {}\n</code></pre>')
    expect(html).toContain('href="https://wire.example.org/articles/a#fn-a-1"')
    expect(html).toContain('<li id="fn-a-1">')
  })

  it.for([
    ['<script>alert(1)</script>x', 'x'],
    [
      '<img src="https://e.org/a.png" alt="A" onerror="alert(1)">',
      '<img src="https://e.org/a.png" alt="A" />',
    ],
    ['<a href="javascript:alert(1)">x</a>', '<p><a>x</a></p>'],
    ['<a href="JaVaScRiPt&colon;alert(1)">x</a>', '<p><a>x</a></p>'],
    ['[x](javascript:alert(1))', '<p><a>x</a></p>'],
    ['<iframe src="https://e.org/"></iframe>x', '<p><a href="https://e.org/">e.org</a></p>x'],
    [
      'a <iframe src="https://e.org/x" title="A map"></iframe>',
      '<p>a <a href="https://e.org/x">A map</a></p>',
    ],
    ['<iframe srcdoc="x"></iframe>x', 'x'],
    ['<iframe src="javascript:alert(1)"></iframe>x', 'x'],
    [
      '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=3" title="A song"></iframe>',
      '<figure><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"><img src="https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg" alt="A song" /></a><figcaption><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">A song</a></figcaption></figure>',
    ],
    [
      '<embed src="https://player.vimeo.com/video/42">',
      '<p><a href="https://vimeo.com/42">player.vimeo.com</a></p>',
    ],
    ['## A *b* c', '<h2 id="a--a-b-c">A <em>b</em> c</h2>'],
    ['# A\n\n# A', '<h2 id="a--a">A</h2>\n<h2 id="a--a-1">A</h2>'],
    ['<a name="x">y</a>', '<p><a id="a--x">y</a></p>'],
    ['<i id="x">a</i><b id="x">b</b>', '<p><i id="a--x">a</i><b>b</b></p>'],
    [
      '<b id="x"><p>a</p><p>b</p></b>',
      '<p><b id="a--x"></b></p><p><b>a</b></p><p><b>b</b></p><p></p>',
    ],
    ['<div id="x">a</div><h2 id="x">b</h2>', '<p>a</p><h2 id="a--x">b</h2>'],
    ['<i id="">a</i>', '<p><i>a</i></p>'],
    ['<code class="x language-c++ y">z</code>', '<p><code class="language-c++">z</code></p>'],
    ['<p style="position:fixed" class="a">x</p>', '<p>x</p>'],
    ['<form action="/x"><input></form>x', 'x'],
    ['a <b>bold', '<p>a <b>bold</b></p>'],
    ['<svg><script>alert(1)</script></svg>x', '<p>x</p>'],
    ['<math><mi xlink:href="javascript:alert(1)">x</mi></math>', '<p><math><mi>x</mi></math></p>'],
    ['y <svg><a href="https://e.org/">x</a></svg>', '<p>y </p>'],
    [
      '<math href="https://e.org/"><mtext>a<b>b</b><mi>c</mi><math><mi>d</mi></math></mtext><semantics><mi>x</mi><annotation>y</annotation><annotation-xml encoding="text/html"><p>z</p></annotation-xml></semantics></math>',
      '<p><math><mtext>abcd</mtext><semantics><mi>x</mi></semantics></math></p>',
    ],
    [
      '<p><math><maction><mi>x</mi></maction></math><mi>y</mi></p>',
      '<p><math><mi>x</mi></math>y</p>',
    ],
    [
      '<details open><summary>A?</summary><p>B.</p></details>',
      '<details open=""><summary>A?</summary><p>B.</p></details>',
    ],
    [
      '<audio src="//e.org/a" preload="none" autoplay></audio>',
      '<p><audio src="https://e.org/a" preload="none" controls=""></audio></p>',
    ],
    [
      '<video src="//e.org/a" loop muted playsinline><track kind="captions" src="//e.org/b.vtt" srclang="en" label="E" default></video>',
      '<p><video src="https://e.org/a" loop="" muted="" playsinline="" controls=""><track kind="captions" src="https://e.org/b.vtt" srclang="en" label="E" default="" /></video></p>',
    ],
    [
      '<img alt="A" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="//e.org/a.png">',
      '<img alt="A" src="https://e.org/a.png" />',
    ],
    [
      '<p><img alt="A" data-src="//e.org/a.png"> <noscript><img alt="A" src="//e.org/a.png"></noscript></p>',
      '<p><img alt="A" src="https://e.org/a.png" /> </p>',
    ],
    [
      '<p><img alt="A" src="data:,x"><noscript><img alt="B" src="//e.org/b.png"></noscript></p>',
      '<p><img alt="B" src="https://e.org/b.png" /></p>',
    ],
    [
      '<img alt="A" srcset="//e.org/a.png 1x,//e.org/b,c.png 2x" sizes="(min-width: max(1em, 2px)) 50vw, nonsense, calc(1px + (2vw))">',
      '<img alt="A" srcset="https://e.org/a.png 1x, https://e.org/b,c.png 2x" sizes="(min-width: max(1em, 2px)) 50vw, calc(1px + (2vw))" src="https://e.org/a.png" />',
    ],
    ['Set $a_b_c$ and $a*b*c$, for $5 and $6.', '<p>Set $a_b_c$ and $a*b*c$, for $5 and $6.</p>'],
    ['<pre>\n\nx</pre>', '<pre>\n\nx</pre>'],
    ['<b>a</b>&#x338; onclick=x', '<p><b>a</b>&#x338; onclick=x</p>'],
    ['<p>e<x>&#x301;&#7;</x></p>', '<p>é</p>'],
    [
      '<img alt="A" srcset="//e.org/a.png 2x, //e.org/b.png bad, //e.org/c,.png,,">',
      '<img alt="A" srcset="https://e.org/a.png 2x, https://e.org/c,.png" src="https://e.org/a.png" />',
    ],
    ['a&nbsp;b &eacute;', '<p>a\u00a0b é</p>'],
    ['a&#7;b &#xD800;', '<p>a\ufffdb \ufffd</p>'],
  ] as const)('is cleaned: %s', ([body, html], { expect }) => {
    expect(cleanedOf(body)).toBe(html)
  })

  it.for([
    ['[x](/about)', 'https://wire.example.org/about'],
    ['[x](//e.org/y)', 'https://e.org/y'],
    ['[x](#part)', 'https://wire.example.org/articles/a#part'],
    ['[x](b.md)', 'https://wire.example.org/articles/bee'],
    ['[x](b.md#part)', 'https://wire.example.org/articles/bee#part'],
    ['[x](https://e.org/Łódź)', 'https://e.org/%C5%81%C3%B3d%C5%BA'],
    ['[x](https://łódź.example/)', 'https://xn--d-uga0v4h.example/'],
    ['[x](mailto:a@e.org)', 'mailto:a@e.org'],
  ] as const)('has absolute addresses: %s', ([body, address], { expect }) => {
    expect(htmlOf(body, { 'b.md': anArticle({ id: 'bee' }) })).toBe(
      `<p><a href="${address}">x</a></p>`,
    )
  })

  it('is made without printing anything', ({ expect }) => {
    const spies = [
      ...(['debug', 'error', 'info', 'log', 'warn'] as const).map((name) =>
        vi.spyOn(console, name),
      ),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ]
    htmlOf(
      '<img alt=x src="https://e.org/a.png" srcset="https://e.org/a.png bad, , x 1q"><p style="x:"><a href="https://[">',
    )
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })

  it('links files under the digest of what they contain', ({ expect }) => {
    const article = theArticle(anArticle({}, '![A map](<media/map of Łódź.png>)'), {
      'media/map of Łódź.png': PNG,
    })
    const [media] = article.media
    expect(media?.path).toBe(`/media/${media?.digest}/map%20of%20%C5%81%C3%B3d%C5%BA.png`)
    expect(media?.type).toBe('image/png')
    expect(article.html).toContain(`src="https://wire.example.org${media?.path}"`)
  })
})

/** The first bytes of images of 40 × 30 pixels, as each format writes them. */
const FORTY_BY_THIRTY: Readonly<Record<string, Uint8Array | string>> = {
  'a.png': hex('89504e470d0a1a0a 0000000d 49484452 00000028 0000001e'),
  'a.gif': hex('474946383961 2800 1e00'),
  'a.jpg': hex('ffd8 ffe0 0004 0000 ffc0 0011 08 001e 0028 03'),
  // Stored lying on its side (EXIF orientation 6).
  'turned.jpeg': hex(
    'ffd8 ffe0 0004 0000 ffe1 0024 457869660000 4d4d002a00000008' +
      ' 0001 0112 0003 00000001 00060000 00000000 0000 ffc0 0011 08 0028 001e 03',
  ),
  'a.webp': hex('52494646 16000000 57454250 56503858 0a000000 00000000 270000 1d0000'),
  'a.avif': hex(
    '00000014 66747970 61766966 00000000 6d696631' +
      ' 00000030 6d657461 00000000 00000024 69707270 0000001c 6970636f' +
      ' 00000014 69737065 00000000 00000028 0000001e',
  ),
  'a.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>',
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16))
}

describe('an image', () => {
  it.for(Object.entries(FORTY_BY_THIRTY))(
    'has the size of its file: %s',
    ([name, bytes], { expect }) => {
      const front = { image: `{src: ${name}, alt: A}` }
      const { image, html } = theArticle(anArticle(front, `Text.\n\n![A](${name})`), {
        [name]: bytes,
      })
      expect(image).toMatchObject({ width: 40, height: 30 })
      expect(html).toMatch(/<img src="[^"]+" alt="A" width="40" height="30" \/>/)
    },
  )

  it('has the size that the article says', ({ expect }) => {
    const front = { image: '{src: a.png, alt: A, width: 20}' }
    const body = 'Text. <img src="a.png" alt="A" height="15">'
    const { image, html } = theArticle(anArticle(front, body), FORTY_BY_THIRTY)
    expect(image).toMatchObject({ width: 20, height: undefined })
    expect(html).toMatch(/<img src="[^"]+" alt="A" height="15" \/>/)
  })

  it.for([
    ['that is broken', { 'a.png': PNG }],
    ['that is not what its ending says', { 'a.png': FORTY_BY_THIRTY['a.gif'] ?? '' }],
    ['without a size', { 'a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' }],
    ['of no width', { 'a.svg': '<svg width="0" height="30" viewBox="0 0 0 30"/>' }],
  ] as const)('%s is shown without one', ([, files], { expect }) => {
    const [name = ''] = Object.keys(files)
    expect(htmlOf(`![A](${name})`, files)).toMatch(/<img src="[^"]+" alt="A" \/>/)
  })
})

describe('the Markdown of an article', () => {
  const markdownOf = (body: string, more: Files = {}): string | undefined =>
    theArticle(anArticle({}, body), more).markdown

  it.for([
    [
      '[x](/a) and ![y](//e.org/c.png "T")',
      '[x](https://wire.example.org/a) and ![y](https://e.org/c.png "T")',
    ],
    ['[x][r]\n\n[r]: /a "T"', '[x][r]\n\n[r]: https://wire.example.org/a "T"'],
    [
      '[x](/a_(b)) and [x](/a\\_b)',
      '[x](https://wire.example.org/a_(b)) and [x](https://wire.example.org/a_b)',
    ],
    ['`[x](b.md)` and [y](#z)', '`[x](b.md)` and [y](#z)'],
  ] as const)('has absolute addresses: %s', ([body, markdown], { expect }) => {
    expect(markdownOf(body)).toBe(markdown)
  })

  it.for([
    '<b>x</b>',
    '[x](javascript:alert(1))',
    '`[x](javascript:alert(1))`',
    '`[x](&#106;avascript:alert(1))`',
    '```\n[x]: data:text/html,x\n```',
  ])('is left out where it could be live elsewhere: %s', (body, { expect }) => {
    expect(markdownOf(`x ${body}`)).toBeUndefined()
  })
})

describe('the address of an article', () => {
  const TEMPLATE = 'pages: false\nurl: https://www.example.org/{year}/{month}/{day}/{id}\n'

  it.for([
    ['its page here', {}, '', 'https://wire.example.org/articles/a'],
    ['what it says', { url: 'https://e.org/ł' }, '', 'https://e.org/%C5%82'],
    ['that of the site’s template', {}, TEMPLATE, 'https://www.example.org/2026/02/01/a'],
    ['what it says in spite of one', { url: 'https://e.org/' }, TEMPLATE, 'https://e.org/'],
    [
      'its page here while there are pages',
      {},
      'url: https://e.org/{id}\n',
      'https://wire.example.org/articles/a',
    ],
  ] as const)('is %s', ([, front, more, url], { expect }) => {
    const published = '2026-02-01T00:30:00+01:00'
    const files = { 'site.yaml': SITE + more }
    expect(theArticle(anArticle({ published, ...front }), files).url).toBe(url)
  })

  it.for([
    ['[x](b.md)', 'https://e.org/?p=b'],
    ['[x](b.md?print=1#part)', 'https://e.org/?p=b&amp;print=1#part'],
    ['[x](spa.md#part)', 'https://e.org/#/spa'],
    // Whether the publisher's page has a place of that name, nobody knows here.
    ['[x](#part)', 'https://wire.example.org/articles/a#part'],
  ] as const)('is where links lead: %s', ([body, address], { expect }) => {
    const files = {
      'b.md': anArticle({ url: 'https://e.org/?p=b' }),
      'spa.md': anArticle({ url: 'https://e.org/#/spa' }),
    }
    const { html } = theArticle(anArticle({ url: 'https://e.org/a' }, body), files)
    expect(html).toBe(`<p><a href="${address}">x</a></p>`)
  })
})

describe('an article', () => {
  it('has an identity that depends on neither title nor address', ({ expect }) => {
    expect(theArticle(anArticle())).toMatchObject({ id: 'a', guid: 'tag:example.org,2026:a' })
    expect(theArticle(anArticle({ id: 'b', guid: 'urn:x' }))).toMatchObject({
      id: 'b',
      guid: 'urn:x',
    })
  })

  it('names authors by their key in site.yaml, or by name', ({ expect }) => {
    const { authors } = theArticle(anArticle({ authors: '[desk, Ana]' }))
    expect(authors.map(({ name, url }) => [name, url])).toEqual([
      ['The desk', 'https://example.org/desk'],
      ['Ana', undefined],
    ])
  })

  it('measures the files that it attaches', ({ expect }) => {
    const article = theArticle(anArticle({ attachments: '[{src: t.csv, title: Table}]' }), {
      't.csv': 'a,b\n',
    })
    expect(article.attachments).toMatchObject([
      { type: 'text/csv; charset=utf-8', size: 4, title: 'Table' },
    ])
  })

  it('is left out while it is a draft, unless drafts are asked for', ({ expect }) => {
    const files = { 'a.md': anArticle({ status: 'draft' }), 'b.md': anArticle() }
    expect(articlesOf(files).map(({ id }) => id)).toEqual(['b'])
    expect(articlesOf(files, { drafts: true })).toHaveLength(2)
  })

  it('may be retracted without a text', ({ expect }) => {
    const { retraction } = theArticle(anArticle({ status: 'retracted', reason: 'Wrong.' }, ''))
    expect(retraction).toMatchObject({ reason: 'Wrong.' })
  })

  it('keeps texts in composed form, on one line, without controls', ({ expect }) => {
    expect(theArticle(anArticle({ title: '"e\\u0301\\u0007\\n x"' })).title).toBe('é x')
  })
})

describe('a README.md', () => {
  it.for<[is: string, bytes: string | Uint8Array]>([
    ['a text', '# Articles\n\nWrite here.\n'],
    ['front matter, as an article has it', anArticle()],
    ['no text', new Uint8Array([0xff, 0xfe])],
    ['more than an article may have', 'x'.repeat(MOST_TEXT + 1)],
  ])('is no article in any folder, and is not refused: %s', ([, bytes], { expect }) => {
    const files = { 'README.md': bytes, 'a.md': anArticle(), '2026/README.md': bytes }
    expect(articlesOf(files).map(({ id }) => id)).toEqual(['a'])
  })

  it('is nothing that an article can link to', ({ expect }) => {
    const files = { 'README.md': 'x', 'a.md': anArticle({}, '[x](README.md)') }
    expect(problemsOf(files)).toMatchObject([{ file: 'a.md', line: 5, reason: 'no-article' }])
  })

  it('leaves other names to articles', ({ expect }) => {
    const files = { 'readme.md': anArticle(), 'about-README.md': anArticle({ id: 'about' }) }
    expect(articlesOf(files).map(({ id }) => id)).toEqual(['about', 'readme'])
  })
})

describe('instants', () => {
  it.for([
    ['2026-01-15T09:30:00+01:00', '2026-01-15T08:30:00Z'],
    ['2026-01-15T09:30Z', '2026-01-15T09:30:00Z'],
    ['2026-01-15 09:30:00.123z', '2026-01-15T09:30:00Z'],
    ['2024-02-29T00:00:00-05:30', '2024-02-29T05:30:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
  ] as const)('are read: %s', ([text, instant], { expect }) => {
    expect(formatInstant(must(parseInstant(text)))).toBe(instant)
  })
})
