/** What a reader does with a site, whatever is published there. */

import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { openSite, type Site, shiftOf, violationsOf } from './browser.ts'

/** Addresses of a site: of every kind of page, and of what the walk meets. */
export type Corpus = {
  readonly pages: Readonly<Record<string, string>>
  /** A section that the newest article is in, and a tag of that article. */
  readonly article: { readonly title: string; readonly tag: string }
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** The narrowest window that nothing may be cut off in (WCAG 2.2 §1.4.10). */
const NARROWEST = { viewport: { width: 320, height: 640 } }
const MOST_BYTES = 30 * 1024

/** The tests of a site that serves `folder()`. */
export function describeReading(name: string, folder: () => string, corpus: Corpus): void {
  describe(name, () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite(folder())
    }, 120_000)
    afterAll(() => site.close())
    const kinds = Object.entries(corpus.pages)

    it.for([
      ['with scripts', {}],
      ['without scripts', { javaScriptEnabled: false }],
      ['on a phone', PHONE],
    ] as const)(
      'is walked from the front page to an article, to a tag, to its feed %s',
      async ([, options], { expect }) => {
        const { page, context, complaints, strangers } = await site.open(options)
        await page.goto('/')
        await page.getByRole('link', { name: corpus.article.title, exact: true }).click()
        await page.getByRole('heading', { level: 1, name: corpus.article.title }).waitFor()
        await page
          .getByRole('list', { name: 'Tags' })
          .getByRole('link', { name: corpus.article.tag })
          .click()
        await page.getByRole('heading', { level: 1, name: corpus.article.tag }).waitFor()
        const feed = page.getByRole('listitem').filter({ hasText: 'RSS 2.0' }).locator('code')
        const address = (await feed.first().textContent()) ?? ''
        expect(address).toBe(`${page.url()}rss.xml`)
        const saved = page.waitForEvent('download')
        await page.getByRole('link', { name: 'Save the document' }).first().click()
        expect((await saved).suggestedFilename()).toBe('rss.xml')
        expect(
          await page.getByRole('link', { name: 'Open in a reader' }).first().getAttribute('href'),
        ).toBe(`feed:${address}`)
        const buttons = page.getByRole('button', { name: /Copy the address/ })
        expect(await buttons.count()).toBe('javaScriptEnabled' in options ? 0 : 3)
        expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] })
        await context.close()
      },
    )

    it('shows a feed, where a link to its document was sent', async ({ expect }) => {
      const { page, context } = await site.open(PHONE)
      for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
        await page.goto(`${corpus.pages['tag']}${file}`)
        expect(new URL(page.url()).pathname).toBe(corpus.pages['tag'])
        await page.getByRole('heading', { name: 'Subscribe' }).waitFor()
      }
      await page.getByRole('contentinfo').getByRole('link', { name: 'RSS 2.0' }).click()
      await page.waitForURL('/')
      // Whoever fetches it gets it: here a script, where no policy of a page forbids scripts to ask.
      await page.goto('/health')
      const read = await page.evaluate<string>(`fetch('/rss.xml').then((answer) => answer.text())`)
      expect(read).toMatch(/^<\?xml/)
      await context.close()
    })

    it('copies the address of a feed, by keyboard too', async ({ expect }) => {
      const { page, context } = await site.open({
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const copied = (): Promise<string> => page.evaluate('navigator.clipboard.readText()')
      await page.goto('/')
      await page.getByRole('button', { name: 'Copy the address of RSS 2.0' }).click()
      await page.getByRole('button', { name: 'Copied' }).waitFor()
      expect(await copied()).toBe(`${site.base}/rss.xml`)
      await page.getByRole('button', { name: 'Copy the address of JSON Feed 1.1' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Copied' }).nth(1).waitFor()
      expect(await copied()).toBe(`${site.base}/feed.json`)
      await context.close()
    })

    it('selects the address, where a browser does not let it be copied', async ({ expect }) => {
      const { page, context, complaints } = await site.open()
      await page.addInitScript(
        `Object.defineProperty(navigator, 'clipboard', { value: undefined })`,
      )
      await page.goto('/')
      await page.getByRole('button', { name: 'Copy the address of RSS 2.0' }).click()
      await page.getByRole('button', { name: 'Press Ctrl+C' }).waitFor()
      expect(await page.evaluate('String(getSelection())')).toBe(`${site.base}/rss.xml`)
      expect(complaints).toEqual([])
      await context.close()
    })

    it.for(['light', 'dark'] as const)(
      'has no page that WCAG 2.2 AA objects to (%s)',
      async (colorScheme, { expect }) => {
        const { page, context, complaints, strangers } = await site.open({ colorScheme })
        for (const [kind, address] of kinds) {
          await page.goto(address)
          expect(await violationsOf(page), `${kind} ${address}`).toEqual([])
        }
        expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] })
        await context.close()
      },
    )

    it('cuts nothing off in the narrowest window, and moves nothing while it loads', async ({
      expect,
    }) => {
      const { page, context } = await site.open(NARROWEST)
      for (const [kind, address] of kinds) {
        await page.goto(address)
        expect(
          await page.evaluate('document.documentElement.scrollWidth'),
          kind,
        ).toBeLessThanOrEqual(320)
        expect(await shiftOf(page), kind).toBe(0)
      }
      await context.close()
    })

    it('has pages of 30 KB at most', async ({ expect }) => {
      for (const [kind, address] of kinds) {
        const response = await fetch(site.base + address, { headers: { Accept: 'text/html' } })
        const page = Buffer.from(await response.arrayBuffer())
        expect(gzipSync(page).length, `${kind} ${address}`).toBeLessThanOrEqual(MOST_BYTES)
      }
    })

    it('is used by keyboard: the first key leads to the content, and what has it is seen', async ({
      expect,
    }) => {
      const { page, context } = await site.open()
      await page.goto('/')
      await page.keyboard.press('Tab')
      const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)
      expect(await focused(page)).toBe('Skip to the content')
      expect(outline).toBe('solid')
      await page.keyboard.press('Enter')
      expect(new URL(page.url()).hash).toBe('#page.content')
      await context.close()
    })

    it('is printed without what only a screen is for, and keeps still where that is asked for', async ({
      expect,
    }) => {
      const { page, context } = await site.open({ reducedMotion: 'reduce' })
      await page.goto('/archive/')
      const moving = await page.evaluate(
        `getComputedStyle(document.querySelector('.months a')).transitionDuration`,
      )
      expect(moving).toBe('0s')
      await page.goto('/')
      await page.emulateMedia({ media: 'print' })
      expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0)
      expect(await page.locator('.subscribe').isVisible()).toBe(false)
      expect(await page.getByRole('main').isVisible()).toBe(true)
      await context.close()
    })
  })
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.textContent')
}
