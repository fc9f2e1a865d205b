/** A real browser, at a real site: what `npm start` serves. */

import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { aProject, collect, freePort, start, until } from './command.ts'

/** It asks nobody on the network for anything but the site. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Milliseconds: what never comes is found, and what is slow is not. */
const PATIENCE = 120_000

export type Site = {
  readonly base: string
  /** A window; what it was told on its console, and what it asked other hosts for, is noted. */
  readonly open: (options?: Parameters<Browser['newContext']>[0]) => Promise<Visit>
  readonly close: () => Promise<void>
}

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[]
  readonly strangers: string[]
}

/** Starts the browser of this machine. */
export function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined)
    throw new Error('No Chromium was found. Install it, or say where it is in CHROMIUM_PATH.')
  return chromium.launch({ executablePath, args: QUIET })
}

/** Serves the folder of a project, and starts a browser. */
export async function openSite(folder: string): Promise<Site> {
  const port = await freePort()
  const server = start(['start', '--port', `${port}`], {}, folder)
  const output = collect(server)
  const browser = await launch()
  await until(() => output.stdout.includes('Watching'), 'the site is served')
  const base = `http://localhost:${port}`
  return {
    base,
    async open(options = {}) {
      const context = await browser.newContext({ baseURL: base, ...options })
      context.setDefaultTimeout(PATIENCE)
      const page = await context.newPage()
      const [complaints, strangers]: [string[], string[]] = [[], []]
      page.on('console', (message) => {
        // That an address is gone is what some pages are about.
        const isStatus = /status of 4(?:04|10)/.test(message.text())
        if (['error', 'warning'].includes(message.type()) && !isStatus)
          complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => {
        if (!request.url().startsWith(base)) strangers.push(request.url())
      })
      return { page, context, complaints, strangers }
    },
    async close() {
      await browser.close()
      const ended = new Promise((resolve) => server.once('close', resolve))
      server.kill('SIGTERM')
      await ended
    },
  }
}

/** What WCAG 2.2, levels A and AA, finds wrong with a page, as far as a program can tell. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const options = JSON.stringify({ runOnly: { type: 'tag', values } })
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(`axe.run(${options})`)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** How far a page moved under its reader (Cumulative Layout Shift). */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    let sum = 0
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) sum += value
    }).observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
  })`)
}

/** A project with the shipped articles. */
export function aShippedProject(): string {
  const folder = aProject()
  rmSync(join(folder, 'content'), { recursive: true })
  cpSync(join(import.meta.dirname, '../../content'), join(folder, 'content'), { recursive: true })
  return folder
}
