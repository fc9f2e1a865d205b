import { parseFragment } from 'parse5'
import { describe, it } from 'vitest'
import { openPress } from '../../src/compile/open-press.ts'
import type { Press } from '../../src/compile/press.ts'
import { StoredObject } from '../../src/edition/object.ts'
import {
  aCache,
  aFolder,
  anArticle,
  aPress,
  type Files,
  NOW,
  platform,
  problemsOf,
  SITE,
} from '../support/corpus.ts'

const PNG = new Uint8Array([137, 80, 78, 71])

type Parts = Readonly<Record<'rss' | 'atom' | 'json' | 'html', string>>

/** The entry of `a.md` in each format, and the body of its page. */
function partsOf(files: Files, press: Press = aPress(files)): Parts {
  const [article] = press.corpus.articles
  if (!article) throw new Error('no article')
  const { object } = press.render(article, article.published)
  const stored = new StoredObject(press.cache.object(object) ?? new Uint8Array())
  const part = (name: string): string => stored.text(name) ?? ''
  return { rss: part('rss'), atom: part('atom'), json: part('json'), html: part('html') }
}

const unescaped = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** The HTML that readers show of each format. */
function contentsOf({ rss, atom, json }: Parts): readonly string[] {
  const between = (text: string, element: string): string | undefined =>
    new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`).exec(text)?.[1]
  return [
    unescaped(between(rss, 'content:encoded') ?? between(rss, 'description') ?? ''),
    unescaped(between(atom, 'content') ?? ''),
    String((JSON.parse(json) as { content_html: string }).content_html),
  ]
}

const contentOf = (front: Readonly<Record<string, string>>, body: string, more: Files = {}) =>
  contentsOf(partsOf({ 'a.md': anArticle(front, body), ...more }))

const LINK = 'https://elsewhere.example/story?a=1&b=2'
const AUDIO = 'https://cdn.example/e2.mp3?x=1&y=2'

describe('the content of an entry', () => {
  it.for([
    [
      'a link post without text',
      { external_url: LINK },
      '',
      `<p><a href="${LINK}">${LINK}</a></p>`,
    ],
    [
      'a link post',
      { external_url: LINK },
      'Read it.',
      `<p>Read it.</p><p><a href="${LINK}">${LINK}</a></p>`,
    ],
    [
      'a link post that says it',
      { external_url: LINK },
      `[It](${LINK})`,
      `<p><a href="${LINK}">It</a></p>`,
    ],
    [
      'where it was found',
      { via: 'https://b.example/' },
      'x',
      '<p>x</p><p><span lang="en" dir="ltr">Found at</span> <a href="https://b.example/">https://b.example/</a></p>',
    ],
    [
      'a file',
      { attachments: `[{ src: "${AUDIO}", title: Two, size: 1000000, duration: 3909 }]` },
      '',
      `<ul><li><a href="${AUDIO}">Two</a> (audio/mpeg, 1.0 MB, 1:05:09)</li></ul>`,
    ],
    [
      'a file without a title',
      { attachments: `[{ src: "${AUDIO}", duration: 42 }]` },
      'x',
      `<p>x</p><ul><li><a href="${AUDIO}">e2.mp3</a> (audio/mpeg, 0:42)</li></ul>`,
    ],
    [
      'an image alone',
      { image: '{ src: "https://e.org/a.png", alt: A }' },
      '',
      '<figure><img src="https://e.org/a.png" alt="A"></figure>',
    ],
  ] as const)('holds %s, in all formats', ([, front, body, html], { expect }) => {
    const plain = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('/>', '>')
    for (const content of contentOf(front, body)) expect(plain(content)).toBe(plain(html))
  })

  it.for([
    ['![A](a.png)\n\nText.', 1],
    ['![A](a.png) Text.', 1],
    ['[![A](a.png)](https://e.org/)\n\nText.', 1],
    ['<figure><img src="a.png" alt="A"><figcaption>C</figcaption></figure>\n\nText.', 1],
    ['<picture><img src="a.png" alt="A"></picture>\n\nText.', 1],
    ['Text.\n\n![A](a.png)', 2],
    ['![A](b.png)\n\nText.', 2],
  ] as const)(
    'shows the article’s image once where the text begins with it: %s',
    ([body, count], { expect }) => {
      const files = { 'a.png': PNG, 'b.png': new Uint8Array([...PNG, 1]) }
      const parts = partsOf({
        'a.md': anArticle({ image: '{ src: a.png, alt: A }' }, body),
        ...files,
      })
      const images = (html: string): number => html.match(/<img/g)?.length ?? 0
      expect(contentsOf(parts).map(images)).toEqual([count, count, count])
      expect(images(parts.html)).toBe(count)
      expect(parts.html).toContain('Text.')
    },
  )

  it.for([
    ['https://cdn.example/a.mp3', 'audio/mpeg'],
    ['https://cdn.example/a.M4A?sig=.zip#x', 'audio/mp4'],
    ['https://cdn.example/episode', 'application/octet-stream'],
  ])('has the type of a file elsewhere, by its address: %s', ([src, type], { expect }) => {
    const { rss, atom, json } = partsOf({
      'a.md': anArticle({ attachments: `[{ src: "${src}" }]` }),
    })
    expect(rss).toContain(`type="${type}"/>`)
    expect(atom).toContain(`rel="enclosure" type="${type}"`)
    expect(json).toContain(`"mime_type":"${type}"`)
  })

  it('is missing only where there is nothing to read, to see or to hear', ({ expect }) => {
    const [problem] = problemsOf({ 'a.md': anArticle({}, '') })
    expect(problem?.reason).toBe('empty-body')
  })
})

describe('an article without a title', () => {
  const untitled = (body: string): Files => ({
    'a.md': `---\npublished: 2026-02-01T10:00:00Z\n---\n${body}\n`,
  })

  it('is what each format allows', ({ expect }) => {
    const { rss, atom, json, html } = partsOf(untitled('Just landed. The *coffee* is good.'))
    expect(rss).not.toContain('<title>')
    expect(rss).toContain('<description>Just landed. The coffee is good.</description>')
    expect(atom).toContain('<title type="text">Just landed. The coffee is good.</title>')
    expect(JSON.parse(json)).not.toHaveProperty('title')
    expect(html).toContain('<h1 class="unseen">Just landed. The coffee is good.</h1>')
  })

  it('is listed by the beginning of its text, from the cache too', ({ expect }) => {
    const files = untitled(`Rain ${'and more rain '.repeat(20)}`)
    const first = aPress(files)
    for (const press of [first, aPress(files, {}, first.cache)]) {
      const [article] = press.corpus.articles
      const title = article && press.render(article, article.published).article.title
      expect(title).toMatch(/^Rain and more rain .{30,70}…$/)
    }
  })

  it('is called by its image where it has no words', ({ expect }) => {
    const { atom } = partsOf(untitled('![A cat](https://e.org/cat.png)'))
    expect(atom).toContain('<title type="text">A cat</title>')
  })
})

/** Texts that a reader would take for markup, a reference, or nothing. */
const TEXTS = [
  '<script>alert(1)</script>',
  'a <b> & "c" \'d\'',
  '&lt;i&gt;',
  ']]>',
  '<!-- x',
  'a\u0338>',
  '🎈 ‮x',
]

describe('a text in a field', () => {
  it.for(TEXTS)('is read back as it is, and as no element: %s', (text, { expect }) => {
    const quoted = JSON.stringify(text)
    const { html, json } = partsOf({
      'site.yaml': `${SITE}sections:\n  ${quoted}: { title: ${quoted} }\n`,
      'a.md': anArticle({
        title: quoted,
        summary: quoted,
        correction: quoted,
        updated: '2026-02-02T10:00:00Z',
        authors: `[${quoted}]`,
        section: quoted,
        tags: `[${quoted}]`,
        copyright: quoted,
        image: `{ src: "https://e.org/a.png", alt: ${quoted}, credit: ${quoted} }`,
        attachments: `[{ src: "https://e.org/a.mp3", title: ${quoted} }]`,
      }),
    })
    const item = JSON.parse(json) as { title: string; summary: string; tags: string[] }
    expect([item.title, item.summary, item.tags[0]]).toEqual([text, text, text])
    const tree = JSON.stringify(parseFragment(html), (key, value) =>
      key === 'parentNode' ? undefined : value,
    )
    expect(tree).not.toContain('"nodeName":"script"')
    expect(tree).not.toContain('"nodeName":"#comment"')
    // Title, standfirst, correction, author, section, tag, credit, and the file.
    expect(tree.split(JSON.stringify(text)).length).toBeGreaterThan(7)
  })
})

describe('what an article may do without', () => {
  it.for([
    ['published: 2026-02-01T10:00:00Z', ['untitled']],
    [
      `title: A\npublished: 2026-02-01T10:00:00Z\nattachments: [{ src: "${AUDIO}" }]`,
      ['unsized-attachment'],
    ],
    [`title: A\npublished: 2026-02-01T10:00:00Z\nattachments: [{ src: "${AUDIO}", size: 1 }]`, []],
    ['title: A\npublished: 2026-02-01T10:00:00Z\nattachments: [{ src: a.png }]', []],
  ] as const)('is noted, and published: %s', ([front, reasons], { expect }) => {
    const files = { 'a.md': `---\n${front}\n---\nText. ![A](a.png)\n`, 'a.png': PNG }
    const { findings } = openPress(aFolder(files), { now: NOW }, platform, aCache())
    expect(findings.problems.map(({ reason }) => reason)).toEqual(reasons)
    expect(findings.problems.every(({ isNote }) => isNote)).toBe(true)
    aPress(files)
  })
})
