import { afterAll, beforeAll, describe, it } from 'vitest'
import { openSite, type Site } from '../support/browser.ts'
import { aProject } from '../support/command.ts'
import { anArticle, type Files } from '../support/corpus.ts'
import { deepestHoleOf, emptyShareOf, leastRoomAboveHeadings, namesOf } from '../support/layout.ts'

const DESK = { viewport: { width: 1280, height: 800 } }
const WINDOWS = [
  DESK,
  { viewport: { width: 768, height: 1024 } },
  { viewport: { width: 360, height: 780 } },
]

const aDrawing = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path fill="#468" d="M0 0h${width}v${height}H0z"/></svg>`

const SHORT = 'The bridge opens again.'
const LONG =
  'After eleven years the council, the ministry and the railway agree on who pays for the bridge, and why nobody may cross it before spring.'
const WIDE = '{ src: wide.svg, alt: A bridge }'
const TALL = '{ src: tall.svg, alt: A tower }'

/** Articles as they come: with an image and without, with much to say and little, in any script. */
const SHAPES: readonly Readonly<Record<string, string>>[] = [
  { title: 'One that is new and has no image' },
  { title: LONG, image: WIDE },
  { title: 'A short one', summary: SHORT },
  { title: 'A tall image', summary: LONG, image: TALL },
  { title: 'A long summary without an image', summary: LONG },
  { title: 'A wide image', summary: SHORT, image: WIDE },
  { title: 'الجسر يفتح من جديد', language: 'ar', image: TALL },
  { title: '桥梁重新开放', language: 'zh', summary: '市议会表示票价不变。' },
]

/** A project of thirty articles: of two years, two months, a section, and a tag for each of them. */
function aBusyProject(): string {
  const files: [string, string][] = Array.from({ length: 30 }, (_, n) => {
    const month = n < 20 ? '2026-02' : '2024-11'
    const published = `${month}-${String(28 - (n % 20)).padStart(2, '0')}T10:00:00Z`
    const shape = SHAPES[n % SHAPES.length]
    return [
      `content/a-${n}.md`,
      anArticle({ published, tags: `[topic ${n}, all]`, section: 'news', ...shape }, SHORT),
    ]
  })
  const withdrawn = { title: 'Gone', status: 'retracted', reason: 'It was not so.' }
  const project: Files = {
    ...Object.fromEntries(files),
    'content/gone.md': anArticle(withdrawn, ''),
    'content/wide.svg': aDrawing(1600, 500),
    'content/tall.svg': aDrawing(600, 1200),
  }
  return aProject(project)
}

const LISTS = ['/', '/tags/all/', '/tags/topic-0/']
/** Pages that are made of parts with headings. */
const PARTED = ['/', '/feeds/', '/archive/', '/archive/2026-02/', '/articles/a-0']
const BUSY = [...LISTS, '/feeds/', '/archive/', '/archive/2026-02/', '/articles/gone', '/nothing']
/** The pages of a site with one article. */
const THIN = ['/', '/feeds/', '/archive/', '/archive/2026-02/', '/articles/hello', '/nothing']

describe('a page', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite(aBusyProject())
  })
  afterAll(() => site.close())

  it('has no holes beside the images of a list', async ({ expect }) => {
    for (const window of WINDOWS) {
      const { page, context } = await site.open(window)
      for (const address of LISTS) {
        await page.goto(address)
        const { width } = window.viewport
        expect(await page.locator('.story').count(), address).toBeGreaterThan(0)
        expect(await deepestHoleOf(page), `${address} ${width}`).toBeLessThanOrEqual(48)
      }
      await context.close()
    }
  })

  it('leads with an image, and keeps no hole beside it', async ({ expect }) => {
    const { page, context } = await site.open(DESK)
    await page.goto('/')
    const image = await page.locator('.lead img').boundingBox()
    const words = await page.locator('.lead .words').boundingBox()
    expect(image?.width).toBeGreaterThan(500)
    expect(image?.height).toBeGreaterThanOrEqual(words?.height ?? Number.POSITIVE_INFINITY)
    await context.close()
  })

  it('leaves no third of a window empty, however little it has to say', async ({ expect }) => {
    const thin = await openSite(aProject())
    try {
      for (const [one, addresses] of [
        [site, BUSY],
        [thin, THIN],
      ] as const) {
        const { page, context } = await one.open(DESK)
        for (const address of addresses) {
          await page.goto(address)
          expect(await emptyShareOf(page), `${one.base}${address}`).toBeLessThan(1 / 3)
        }
        await context.close()
      }
    } finally {
      await thin.close()
    }
  })

  it('keeps its headings apart from what is above them', async ({ expect }) => {
    for (const window of WINDOWS) {
      const { page, context } = await site.open(window)
      for (const address of PARTED) {
        await page.goto(address)
        const { width } = window.viewport
        expect(await leastRoomAboveHeadings(page), `${address} ${width}`).toBeGreaterThanOrEqual(16)
      }
      await context.close()
    }
  })

  it('lists all feeds as an index, and the months that have articles', async ({ expect }) => {
    const { page, context } = await site.open(DESK)
    await page.goto('/')
    const list = page.getByRole('region', { name: 'Tags' }).getByRole('list')
    expect(await list.getByRole('listitem').count()).toBe(24)
    expect((await list.boundingBox())?.height).toBeLessThan(200)
    await page.goto('/archive/')
    const months = page.locator('.months').getByRole('listitem')
    expect(await months.allTextContents()).toEqual(['February21 articles', 'November10 articles'])
    await context.close()
  })

  it('calls nothing by the same name that leads elsewhere or does something else', async ({
    expect,
  }) => {
    const { page, context } = await site.open()
    for (const address of ['/', '/tags/topic-0/', '/feeds/', '/archive/']) {
      await page.goto(address)
      const names = await namesOf(page)
      const doings = Map.groupBy(names, ({ name }) => name)
      const twofold = [...doings].filter(([, all]) => new Set(all.map(({ does }) => does)).size > 1)
      const titles = new Set(SHAPES.map(({ title }) => title))
      expect(
        twofold.map(([name]) => name).filter((name) => !titles.has(name)),
        address,
      ).toEqual([])
      const buttons = page.getByRole('button')
      expect(await buttons.allTextContents()).toEqual(['Copy', 'Copy', 'Copy'])
      await page.getByRole('button', { name: 'Copy the address of Atom 1.0' }).waitFor()
    }
    await context.close()
  })
})
