import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { describe, it } from 'vitest'
import { aProject, collect, freePort, save, start, until } from '../support/command.ts'
import { anArticle, SITE } from '../support/corpus.ts'

const isInstalled = spawnSync('newsboat', ['-v']).status === 0
if (!isInstalled)
  console.warn(
    'newsboat is not installed: that it takes deltas is NOT proved here (Debian: newsboat).',
  )

type Seen = {
  readonly asked: IncomingHttpHeaders
  readonly status: number | undefined
  readonly answered: IncomingHttpHeaders
  readonly body: string
}

/** Stands between a reader and the site, and writes down what is said. */
async function aWitness(port: number): Promise<{ base: string; seen: Seen[]; close: () => void }> {
  const seen: Seen[] = []
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const headers = { ...incoming.headers, host: `localhost:${port}` }
    const options = { host: 'localhost', port, path: incoming.url, headers }
    request(options, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => {
        const body = Buffer.concat(pieces)
        seen.push({
          asked: incoming.headers,
          status: answer.statusCode,
          answered: answer.headers,
          body: unpacked(body, answer.headers['content-encoding']),
        })
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(body)
      })
    }).end()
  }
  const server = createServer(pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return { base: `http://127.0.0.1:${own}`, seen, close: () => server.close() }
}

/** The development server packs some types by itself. */
function unpacked(body: Buffer, coding: string | undefined): string {
  return (coding === 'gzip' && body.length > 0 ? gunzipSync(body) : body).toString()
}

/** What it lists: its cache is all that it shows. */
function titlesIn(cache: string): unknown[] {
  const database = new DatabaseSync(cache, { readOnly: true })
  const rows = database.prepare('SELECT title FROM rss_item WHERE deleted = 0').all()
  database.close()
  return rows.map(({ title }) => title)
}

describe('newsboat', () => {
  if (!isInstalled) {
    it('is not installed, so that nothing is tested', ({ expect }) => {
      expect(isInstalled).toBe(false)
    })
    return
  }

  it.for(['rss.xml', 'atom.xml'])(
    'transfers only the new entry of %s, and shows it',
    { timeout: 120_000 },
    async (file, { expect }) => {
      const stories = Object.fromEntries(
        Array.from({ length: 20 }, (_, n) => [
          `content/story-${n}.md`,
          anArticle({ title: `Story ${n}` }, `Words of story ${n}. `.repeat(40)),
        ]),
      )
      const folder = aProject(stories)
      const port = await freePort()
      const server = start(['start'], { PORT: String(port) }, folder)
      const output = collect(server)
      const witness = await aWitness(port)
      const home = mkdtempSync(join(tmpdir(), 'edgewire-newsboat-'))
      const path = (name: string): string => join(home, name)
      writeFileSync(path('urls'), `${witness.base}/${file}\n`)
      writeFileSync(path('config'), '')
      // Not in this thread: the witness has to answer meanwhile.
      const newsboat = async (command: string): Promise<string> => {
        const files = ['-u', path('urls'), '-c', path('cache.db'), '-C', path('config')]
        const env = { ...process.env, HOME: home, TERM: 'dumb' }
        const { stdout } = await promisify(execFile)('newsboat', [...files, '-x', command], { env })
        return stdout
      }
      const unread = async (): Promise<number> =>
        Number(/\d+/.exec(await newsboat('print-unread'))?.[0])
      try {
        await until(() => output.stdout.includes('Watching'), 'the server starts')
        // It notes validators when it reloads for the second time.
        await newsboat('reload')
        await newsboat('reload')
        expect(await unread()).toBe(21)
        await newsboat('reload')
        expect(witness.seen.at(-1)?.status).toBe(304)
        save(folder, { 'content/new.md': anArticle({ title: 'Brand new' }, 'Just in.') })
        await until(
          async () =>
            (await (await fetch(`http://localhost:${port}/${file}`)).text()).includes('Brand new'),
          'the story is served',
        )
        await newsboat('reload')
        const last = witness.seen.at(-1)
        expect(last?.asked).toMatchObject({ 'a-im': 'feed', 'if-none-match': expect.any(String) })
        expect(last?.status).toBe(226)
        expect(last?.answered['im']).toBe('feed')
        expect(last?.body.match(/<(?:item|entry)[ >]/g)).toHaveLength(1)
        expect(last?.body).toContain('Brand new')
        expect(await unread()).toBe(22)
        expect(titlesIn(path('cache.db'))).toContain('Brand new')
        await newsboat('reload')
        expect(witness.seen.at(-1)?.status).toBe(304)
        expect(await unread()).toBe(22)
      } finally {
        witness.close()
        server.kill('SIGTERM')
        await new Promise((resolve) => server.on('close', resolve))
        rmSync(home, { recursive: true, force: true })
      }
    },
  )

  it('imports the list of feeds: each once, under the name of its group', async ({ expect }) => {
    const folder = aProject({
      'content/site.yaml': `${SITE}feeds: { bridges: { title: Bridges, filter: { tags: [bridges] } } }\n`,
      'content/a.md': anArticle({ section: 'roads', tags: '[bridges]', authors: '[desk]' }),
    })
    const port = await freePort()
    const server = start(['start'], { PORT: String(port) }, folder)
    const output = collect(server)
    const home = mkdtempSync(join(tmpdir(), 'edgewire-newsboat-'))
    const path = (name: string): string => join(home, name)
    try {
      await until(() => output.stdout.includes('Watching'), 'the server starts')
      const base = `http://localhost:${port}`
      writeFileSync(path('feeds.opml'), await (await fetch(`${base}/feeds.opml`)).text())
      writeFileSync(path('urls'), '')
      writeFileSync(path('config'), '')
      const files = ['-u', path('urls'), '-c', path('cache.db'), '-C', path('config')]
      const env = { ...process.env, HOME: home, TERM: 'dumb' }
      await promisify(execFile)('newsboat', [...files, '-i', path('feeds.opml')], { env })
      const lines = readFileSync(path('urls'), 'utf8').trim().split('\n')
      expect(lines.map((line) => line.replace(base, ''))).toEqual(
        [
          ['/', 'Everything'],
          ['/sections/roads/', 'Sections'],
          ['/tags/bridges/', 'Tags'],
          ['/authors/desk/', 'Authors'],
          ['/feeds/bridges/', 'Feeds'],
        ].map(([feed, group]) => `${feed}rss.xml "${group}"`),
      )
    } finally {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.on('close', resolve))
      rmSync(home, { recursive: true, force: true })
    }
  }, 120_000)
})
