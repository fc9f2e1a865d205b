import { afterAll, beforeAll, describe, it } from 'vitest'
import { openSite, type Site } from '../support/browser.ts'
import { aProject } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

/** Parts of a text: how it is written, the fragment that leads to it, and the words that it has. */
const PARTS: readonly (readonly [written: string, fragment: string, words: string])[] = [
  ['## What it costs', 'what-it-costs', 'What it costs'],
  ['## Twice', 'twice', 'Twice'],
  ['## Twice', 'twice-1', 'Twice'],
  ['## Café & *crème*, 2.5 `x`!', 'café--crème-25-x', 'Café & crème, 2.5 x!'],
  ['## Łódź', '%C5%82%C3%B3d%C5%BA', 'Łódź'],
  ['## 北京的消息', '北京的消息', '北京的消息'],
  [
    '## Новости дня',
    '%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8-%D0%B4%D0%BD%D1%8F',
    'Новости дня',
  ],
  ['## أخبار', 'أخبار', 'أخبار'],
  ['## Content', 'content', 'Content'],
  ['## Files', 'files', 'Files'],
  ['## fn-b-7', 'fn-b-7', 'fn-b-7'],
  ['Setext\n---', 'setext', 'Setext'],
  ['<h3 id="own.Id">Its own</h3>', 'own.Id', 'Its own'],
  ['<h3 name="no">Named <a name="old name"></a></h3>', 'old%20name', ''],
  ['<p id="paragraph">A paragraph.</p>', 'paragraph', 'A paragraph.'],
  ['<table><tr><td id="cell">A cell.</td></tr></table>', 'cell', 'A cell.'],
  ['<details><summary>More</summary><p id="within">Within.</p></details>', 'within', 'Within.'],
]

const BODY = [
  'A claim.[^1] Another.[^long]',
  ...PARTS.map(([written]) => `${written}\n\n${'Text between. '.repeat(100)}`),
  PARTS.map(([, fragment]) => `[to](#${fragment})`).join(' '),
  '[^1]: The source.\n\n[^long]: Another source.',
].join('\n\n')

const links = (to: string): string =>
  PARTS.map(([, fragment]) => `[to](${to}#${fragment})`).join(' ')

describe('a link to a part', () => {
  let site: Site

  beforeAll(async () => {
    site = await openSite(
      aProject({
        'content/a.md': anArticle(
          { attachments: '[{ src: note.txt, title: A note }]', aliases: '[/old/a.html]' },
          BODY,
        ),
        // Its ids are those of the other text, and of its footnotes.
        'content/b.md': anArticle(
          {},
          `${BODY}\n\n## fn-a-1\n\n${links('a.md')} ${links('/old/a.html')}`,
        ),
        'content/note.txt': 'Only words.\n',
      }),
    )
  })
  afterAll(() => site.close())

  /** Tells at which part a browser stands: its words, and where it is in the window. */
  const LANDED = `(() => {
    const target = document.querySelector(':target')
    const top = target && Math.round(target.getBoundingClientRect().top)
    return target && { words: target.textContent.trim().slice(0, 50), isSeen: top >= 0 && top < innerHeight }
  })()`

  it.for([
    ['the page', '/articles/a', 1],
    ['another article', '/articles/b', 3],
  ] as const)('lands, from %s', async ([, from, times], { expect }) => {
    const { page, context, complaints } = await site.open()
    await page.goto(from)
    const to = "[...document.querySelectorAll('a')].filter((a) => a.textContent === 'to')"
    expect(await page.evaluate(`${to}.length`)).toBe(times * PARTS.length)
    for (let index = (times - 1) * PARTS.length; index < times * PARTS.length; index++) {
      const [, fragment = '', words = ''] = PARTS[index % PARTS.length] ?? []
      if (new URL(page.url()).pathname !== from) await page.goto(from)
      await page.evaluate(`${to}[${index}].click()`)
      await page.waitForURL((url) => url.pathname === '/articles/a' && url.hash !== '')
      await expect
        .poll(() => page.evaluate(LANDED), { message: fragment, timeout: 20_000 })
        .toEqual({ words, isSeen: true })
    }
    expect(complaints).toEqual([])
    await context.close()
  })

  it('lands from a footnote, and back', async ({ expect }) => {
    const { page, context } = await site.open()
    await page.goto('/articles/a')
    const signs = page.locator('sup a')
    for (const [index, words] of ['The source.', 'Another source.'].entries()) {
      await signs.nth(index).click()
      await expect
        .poll(() => page.evaluate(LANDED))
        .toMatchObject({ words: expect.stringContaining(words) })
      await page.locator(':target a').click()
      await expect.poll(() => page.evaluate(LANDED)).toMatchObject({ words: `[${index + 1}]` })
    }
    await context.close()
  })

  it('lands on the page from a feed, whose texts stand in one document', async ({ expect }) => {
    const { page, context } = await site.open()
    const feed = await (await fetch(`${site.base}/feed.json`)).json()
    const { items } = feed as { items: readonly { content_html: string }[] }
    const contents = items.map(({ content_html: html }) => html)
    await page.goto('/')
    const [ids, hrefs] = await page.evaluate<[string[], string[]]>(`(() => {
      document.body.innerHTML = ${JSON.stringify(contents.join(''))}
      const all = (selector) => [...document.querySelectorAll(selector)]
      return [all('[id]').map(({ id }) => id), all('a').map(({ href }) => href)]
    })()`)
    expect(ids.length).toBeGreaterThan(2 * PARTS.length)
    expect(new Set(ids).size).toBe(ids.length)
    const parts = [...new Set(hrefs.filter((href) => href.includes('#')))]
    expect(parts).toHaveLength(3 * PARTS.length + 8)
    for (const href of parts.filter((one) => one.includes('/a#'))) {
      await page.goto(href)
      await expect
        .poll(() => page.evaluate(LANDED), { message: href })
        .toMatchObject({ isSeen: true })
    }
    await context.close()
  })
})
