import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { htmlOf } from '../../src/markup/markup.ts'
import { dangersIn, markupOf, written } from '../conformance/attack.ts'
import { combinedPayloads, PAYLOADS } from '../conformance/payloads.ts'
import { launch } from '../support/browser.ts'

const COUNT = 10_000
const SEEDS = [1, 2, 3, 4]

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(() => browser.close())

describe('ten thousand attackers’ articles', () => {
  it.for(SEEDS)('bring nothing past the sanitiser: seed %i', (seed, { expect }) => {
    const found = written(combinedPayloads(COUNT / SEEDS.length, seed)).filter(
      ({ markup, places, refused }) =>
        refused.length > 0 ||
        Object.values(places).some((html) => dangersIn(html).length > 0) ||
        JSON.stringify(markupOf(htmlOf(markup))) !== JSON.stringify(markup),
    )
    expect(found).toEqual([])
  })
})

/** How many articles stand in one window. */
const TOGETHER = 100

describe('a browser without any policy', () => {
  it('runs nothing of attackers’ articles, and finds no address that would run', async ({
    expect,
  }) => {
    const bodies = [...Object.values(PAYLOADS).flat(), ...combinedPayloads(1500, 5)]
    const articles = written(bodies)
    const page = await browser.newPage()
    for (let at = 0; at < articles.length; at += TOGETHER) {
      const some = articles.slice(at, at + TOGETHER)
      const htmls = some.flatMap(({ places }) => Object.values(places))
      expect(await executions(page, htmls), `from article ${at}`).toEqual([])
    }
  })

  it('runs articles that are not sanitised, which shows that the test would notice', async ({
    expect,
  }) => {
    const page = await browser.newPage()
    const html = ['<img src="x.png" onerror="alert(1)">', '<a href="java\nscript:alert(1)">x</a>']
    expect(await executions(page, html)).toEqual(['javascript:', 'alert'])
    expect(await executions(page, ['<script>alert(1)</script>'])).toEqual(['alert'])
    expect(await executions(page, ['<b onmouseover="alert(1)">x</b>'])).toEqual(['alert'])
  })
})

/** Shows HTML, as a document and as a reader puts it into one, and tells what ran, or would. */
async function executions(page: Page, htmls: readonly string[]): Promise<string[]> {
  const trap = '<script>ran = []; alert = () => ran.push("alert")</script>'
  const document = `<!doctype html>${trap}${htmls.map((html) => `<div>${html}</div>`).join('')}`
  await page.unrouteAll()
  // No file is there, so that what waits for an error hears of one.
  await page.route('**', (route) =>
    route.request().isNavigationRequest() && route.request().frame() === page.mainFrame()
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: document })
      : route.abort(),
  )
  await page.goto('https://wire.example.org/')
  const script = `(async (htmls) => {
    document.body.insertAdjacentHTML('beforeend', htmls.map((html) => '<div>' + html + '</div>').join(''))
    const events = ['mouseover', 'focus', 'toggle', 'animationstart', 'begin', 'load', 'error', 'start']
    for (const element of document.querySelectorAll('body *'))
      for (const name of events) element.dispatchEvent(new Event(name))
    await new Promise((resolve) => setTimeout(resolve))
    const addresses = [...document.querySelectorAll('[href]')].map(({ protocol }) => protocol)
    const live = addresses.filter((one) => !['https:', 'http:', 'mailto:', 'tel:'].includes(one))
    return [...new Set([...live, ...ran])]
  })(${JSON.stringify(htmls)})`
  return page.evaluate<string[]>(script)
}
