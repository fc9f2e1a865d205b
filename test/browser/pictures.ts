/**
 * Makes the pictures of README.md from the shipped articles, as they stand at an instant: a page in
 * Chromium, and a feed in newsboat. Needs both, and tmux, which is newsboat's terminal.
 *
 *     npx node test/browser/pictures.ts
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../support/chromium.ts'
import { drawScreen } from './screen.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(import.meta.dirname, 'pictures')
const PORT = 8791
const BASE = `http://localhost:${PORT}`
/** The pictures show the site as it stands then, whenever they are made. */
const INSTANT = '2026-11-24T12:00:00Z'
const TITLE = 'newsboat lists the articles of the feed'
const SCREEN = { columns: 100, rows: 24 }

/** Serves the shipped articles in a store of their own, which is gone afterwards. */
async function serve(): Promise<ChildProcess> {
  const main = join(ROOT, 'src/cli/main.ts')
  const args = [main, 'start', '--at', INSTANT, '--port', String(PORT)]
  const server = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('The site cannot be served.')))
    server.stdout.on('data', (data: Buffer) => {
      if (data.includes('Watching')) resolve()
    })
  })
  return server
}

/** Writes what a browser shows of an article. */
async function pictureOfPage(): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found: say where it is in CHROMIUM_PATH.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } })
  await page.goto(`${BASE}/articles/from-file-to-feed`, { waitUntil: 'networkidle' })
  const session = await page.context().newCDPSession(page)
  const picture = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
  writeFileSync(join(FOLDER, 'page.webp'), Buffer.from(picture.data, 'base64'))
  await browser.close()
}

/** Writes what newsboat shows of the feed of everything, in a terminal of its own. */
async function pictureOfFeed(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'edgewire-pictures-'))
  const file = (name: string): string => join(home, name)
  writeFileSync(file('urls'), `${BASE}/atom.xml\n`)
  writeFileSync(file('config'), 'show-read-feeds yes\n')
  const newsboat = ['newsboat', '-q', '-u', file('urls'), '-c', file('cache'), '-C', file('config')]
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', 'edgewire-pictures', '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' },
    })
  const screen = (): string => tmux('capture-pane', '-p', '-e', '-N')
  try {
    execFileSync(newsboat[0] ?? '', [...newsboat.slice(1), '-x', 'reload'], {
      env: { ...process.env, HOME: home },
    })
    const { columns, rows } = SCREEN
    tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, ...newsboat)
    await shows(screen, 'Your feeds')
    tmux('send-keys', 'Enter')
    await shows(screen, 'Articles in feed')
    writeFileSync(join(FOLDER, 'newsboat.svg'), drawScreen(screen(), columns, TITLE))
  } finally {
    tmux('kill-server')
    rmSync(home, { recursive: true })
  }
}

/** Waits until a screen has some words. */
async function shows(screen: () => string, words: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (screen().includes(words)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`newsboat never showed: ${words}\n${screen()}`)
}

const server = await serve()
try {
  await pictureOfPage()
  await pictureOfFeed()
} finally {
  server.removeAllListeners('exit')
  server.kill('SIGTERM')
}
