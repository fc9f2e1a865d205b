import { parseXml, XmlElement } from '@rgrove/parse-xml'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { localAddress } from '../../src/page/address.ts'
import { articlePage } from '../../src/page/article-page.ts'
import { hostsOfArticle, hostsOfList } from '../../src/page/hosts.ts'
import { anArticle, aPress, articlesOf, platform, SITE } from '../support/corpus.ts'

/** The path of a file of an edition. */
const MEDIA = `/media/${'a'.repeat(43)}`

const OWN = 'wire.example.org'
const PRIVATE = 'https://private.example/'

/** The ways in which a body shows something. */
const SHOWN: readonly ((address: string) => string)[] = [
  (address) => `![A](${address})`,
  (address) => `<img alt="A" src='${address}'>`,
  (address) => `<img alt="A" src="${MEDIA}/a.png" srcset="${MEDIA}/b.png 1x, ${address} 2x">`,
  (address) => `<IMG ALT="A" SRC="${MEDIA}/a.png" SRCSET="${address},  ${MEDIA}/b.png 2x">`,
  (address) => `<video poster="${address}" src="${MEDIA}/a.mp4"></video>`,
  (address) => `<video src="${address}" title='a > b src="${PRIVATE}"'></video>`,
  (address) => `<audio><source type="audio/ogg" src="${address}"></audio>`,
  (address) => `<video src="${MEDIA}/a.mp4"><track kind="captions" src="${address}"></video>`,
  (address) => `<video><source src="${MEDIA}/a.mp4"><source src='${address}'></video>`,
  (address) =>
    `<picture><source srcset="${MEDIA}/b.png 1x, ${address} 2x"><img alt="A" src="${MEDIA}/a.png"></picture>`,
  (address) => `<img alt="A" sizes="9em" src="${MEDIA}/a.png" srcset="${address} 9w">`,
  (address) => `<img alt="A" src="data:image/gif;base64,R0lGOA==" data-src="${address}">`,
  (address) => `<img alt="A" src="${MEDIA}/a.png" data-srcset="${address} 2x">`,
  (address) => `<noscript><img alt="A" src="${address}"></noscript>`,
]
/** What only looks like it, and what is left out: nothing is loaded from there. */
const NOT_SHOWN: readonly string[] = [
  `[a link](${PRIVATE})`,
  `\`<img src="${PRIVATE}">\``,
  `<a href="${PRIVATE}" title="src=&quot;${PRIVATE}&quot;">x</a>`,
  `<script src="${PRIVATE}"></script>`,
  `<iframe src="${PRIVATE}"></iframe>`,
  `<object data="${PRIVATE}"></object> <embed src="${PRIVATE}">`,
  `<blockquote cite="${PRIVATE}">x</blockquote> <del cite="${PRIVATE}">x</del>`,
  `<table background="${PRIVATE}"><tr><td background="${PRIVATE}">x</table>`,
  `<input type="image" src="${PRIVATE}"> <a ping="${PRIVATE}" href="https://e.org/">x</a>`,
  `<img alt="A" src="${MEDIA}/a.png" longdesc="${PRIVATE}" usemap="${PRIVATE}" lowsrc="${PRIVATE}">`,
  `<math href="${PRIVATE}"><mi>x</mi></math>`,
  `The attribute src="${PRIVATE}" is not one.`,
]

const hosts = fc.constantFrom(
  'e.org',
  'img.e.org',
  'e.org:8443',
  'łódź.example',
  OWN,
  `${OWN}:8443`,
)
const addresses = fc
  .record({
    scheme: fc.constantFrom('https:', 'HTTPS:', 'http:', ''),
    host: hosts,
    path: fc.constantFrom(
      `${MEDIA}/a.png`,
      `${MEDIA}/a.png?x=1&y=https://other.example/`,
      `${MEDIA}/a,b.png#c`,
    ),
  })
  .map(({ scheme, host, path }) => `${scheme}//${host}${path}`)

function theArticle(body: string, image?: string): Article {
  const front = image === undefined ? {} : { image: `{ src: "${image}", alt: A }` }
  const [article] = articlesOf({ 'a.md': anArticle(front, body) })
  if (!article) throw new Error('no article')
  return article
}

/** Attributes with an address that nobody loads by himself, and with words. */
const FOLLOWED = new Set(['href', 'cite', 'title', 'type'])

/** What a browser would load of well-formed HTML, as another parser reads it. */
function loadedBy(html: string): string[] {
  const found: string[] = []
  const visit = ({ attributes, children }: XmlElement): void => {
    // Whatever has an address, but for what a reader has to follow.
    for (const [attribute, value] of Object.entries(attributes))
      if (!FOLLOWED.has(attribute) && value.includes('/')) found.push(...value.split(', '))
    for (const child of children) if (child instanceof XmlElement) visit(child)
  }
  const { root } = parseXml(`<r>${html}</r>`)
  if (root) visit(root)
  return found.map((candidate) => candidate.split(' ')[0] ?? '')
}

/** Its origin, if it is not that of the site. */
function originOf(address: string): string[] {
  const { host } = new URL(address, `https://${OWN}`)
  return host === OWN ? [] : [`https://${host}`]
}

describe('an address of the site on a page', () => {
  const site = { base: `https://${OWN}` }

  it('leads to the same place without the host, or keeps it', ({ expect }) => {
    const step = fc.constantFrom(
      '/',
      '//',
      '\\',
      '/\\',
      '.',
      '..',
      'evil.example',
      '\t',
      '\n',
      '?',
      '#',
      '@',
      ':',
      'a',
      '%2f',
      '\u3000',
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const address = `https://${OWN}/${steps.join('')}`
        const local = localAddress(address, site)
        expect(new URL(local, 'https://preview.example/').host).toBe(
          local === address ? OWN : 'preview.example',
        )
        expect(new URL(local, site.base).href).toBe(new URL(address).href)
      }),
      { numRuns: 2000, seed: 16 },
    )
    expect(localAddress(`https://${OWN}/a?b#c`, site)).toBe('/a?b#c')
  })

  it('never becomes that of another site, in any element that shows it or links to it', ({
    expect,
  }) => {
    const own = `https://${OWN}//evil.example/x`
    const body = `[x](${own}) <video src="${own}" poster="${own}"></video> <img alt=A src="${MEDIA}/b" srcset="${own} 1x, ${MEDIA}/c 2x">`
    const article = theArticle(body, own)
    const { body: page } = articlePage(
      article,
      aPress({ 'a.md': anArticle() }).corpus.site,
      platform.highlight,
    )
    expect(page).not.toMatch(/["\s]\/[/\\]/)
    expect(page.split(own)).toHaveLength(6)
    expect(page).toContain(`src="${MEDIA}/b"`)
    expect(page).toContain(`, ${MEDIA}/c 2x"`)
  })
})

describe('the hosts of an article', () => {
  const { site } = aPress({ 'a.md': anArticle() }).corpus

  it('are those of everything that the article shows, and no others', ({ expect }) => {
    const pieces = fc.array(
      fc.oneof(
        fc
          .tuple(fc.constantFrom(...SHOWN), addresses)
          .map(([show, address]) => ({ text: show(address), address })),
        fc.constantFrom(...NOT_SHOWN).map((text) => ({ text, address: undefined })),
      ),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(pieces, fc.option(addresses, { nil: undefined }), (shown, image) => {
        const article = theArticle(['Text.', ...shown.map(({ text }) => text)].join('\n\n'), image)
        const all = [...shown.map(({ address }) => address), image]
        const expected = [...new Set(all.flatMap((one) => (one ? originOf(one) : [])))].sort()
        const found = hostsOfArticle(article, site)
        expect(found).toEqual(expected)
        for (const address of loadedBy(article.html))
          expect(found).toEqual(expect.arrayContaining(originOf(address)))
      }),
      { numRuns: 200, seed: 11 },
    )
  })

  it.for(['https://a;script-src/', 'https://*/', "https://'self'/", 'https://[::1]/', 'data:,x'])(
    'never contain text that is no source in a policy: %s',
    (address, { expect }) => {
      // No article comes to have such an address; a policy is the last to believe it.
      const article = theArticle('Text.', 'https://e.org/a.png')
      const image = article.image && { ...article.image, url: address }
      const html = `<img alt="A" src="${address}">`
      expect(hostsOfArticle({ ...article, image, html }, site)).toEqual([])
    },
  )

  it('stand in the article’s facts, and those of its images in a list', ({ expect }) => {
    const press = aPress({
      'site.yaml': SITE,
      'a.md': anArticle(
        { image: '{ src: "https://b.example/x.png", alt: A }' },
        '![A](//a.example/)',
      ),
      'b.md': anArticle({}, '![A](//a.example/)'),
      'c.md': anArticle({ image: '{ src: c.png, alt: A }' }),
      'c.png': new Uint8Array([1]),
    })
    const { articles } = press.corpus
    const headers = articles.map((article) => {
      const bytes = press.bytesOf(press.render(article, article.published).object)
      return new TextDecoder().decode(bytes).split('\n')[0]
    })
    expect(headers[0]).toContain('"hosts":["https://a.example","https://b.example"]')
    expect(headers[1]).toContain('"hosts":["https://a.example"]')
    expect(headers[2]).not.toContain('"hosts"')
    expect(hostsOfList(articles, press.corpus.site)).toEqual(['https://b.example'])
  })
})
