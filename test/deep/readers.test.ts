import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { describe, it } from 'vitest'
import { aProject, collect, freePort, save, start, until } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

/** An article as a reader shows it: new to its user, or among what they have. */
type Shown = { readonly title: string; readonly text: string }

/** A feed reader in a folder of its own: what it shows once it has asked again. */
type Reader = (home: string, feed: string) => Promise<Shown[]>

/** Not in this thread: the server has to answer meanwhile. */
async function run(command: string, args: string[], home: string): Promise<string> {
  const env = { ...process.env, HOME: home, TERM: 'dumb', LC_ALL: 'C.UTF-8' }
  return (await promisify(execFile)(command, args, { env, cwd: home })).stdout
}

const LISTED = 'SELECT title, content AS text FROM rss_item WHERE deleted = 0 ORDER BY pubDate'

const newsboat: Reader = async (home, feed) => {
  writeFileSync(join(home, 'urls'), `${feed}\n`)
  writeFileSync(join(home, 'config'), '')
  await run('newsboat', ['-u', 'urls', '-c', 'cache.db', '-C', 'config', '-x', 'reload'], home)
  const database = new DatabaseSync(join(home, 'cache.db'), { readOnly: true })
  const rows = database.prepare(LISTED).all() as Shown[]
  database.close()
  return rows
}

/** All mails that were ever sent. */
const rss2email: Reader = async (home, feed) => {
  const files = ['-c', 'r2e.cfg', '-d', 'r2e.json']
  const mail = join(home, 'mail')
  if (!readdirSync(home).includes('r2e.cfg')) {
    mkdirSync(mail)
    const settings = `from = a@example.org\nto = b@example.org\nemail-protocol = maildir\nmaildir-path = ${mail}\n`
    writeFileSync(join(home, 'r2e.cfg'), `[DEFAULT]\n${settings}`)
    await run('r2e', [...files, 'add', 'wire', feed], home)
  }
  await run('r2e', [...files, 'run'], home)
  return ['new', 'cur'].flatMap((folder) => {
    const path = join(mail, 'INBOX', folder)
    return readdirSync(path).map((file) => {
      const text = readFileSync(join(path, file), 'utf8')
      return { title: /^Subject: (.*)$/m.exec(text)?.[1] ?? '', text }
    })
  })
}

const sfeed: Reader = async (home, feed) => {
  const fetch = 'fetch() { curl -s "$2"; }\n'
  const feeds = `feeds() { feed wire "${feed}"; }\n`
  writeFileSync(join(home, 'sfeedrc'), `sfeedpath="${home}/feeds"\n${fetch}${feeds}`)
  mkdirSync(join(home, 'feeds'), { recursive: true })
  await run('sfeed_update', [join(home, 'sfeedrc')], home)
  const lines = readFileSync(join(home, 'feeds/wire'), 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [, title = '', , text = ''] = line.split('\t')
    return { title, text }
  })
}

const PARSE = `import feedparser, json, sys
entries = feedparser.parse(sys.argv[1]).entries
print(json.dumps([{'title': e.title, 'text': e.content[0].value} for e in entries]))`

/** A program that keeps nothing: it sees what is there. */
const feedparser: Reader = async (_, feed) =>
  JSON.parse(await run('/usr/bin/python3', ['-c', PARSE, feed], tmpdir()))

const FALSE_TEXT = 'The bridge is closed'
const STORY = { title: 'Road works', published: '2026-02-01T10:00:00Z' }
const files = (story: string): Record<string, string> => ({ 'content/works.md': story })

/** What each shows of an article that was retracted, the oldest first where it has an order. */
const READERS = [
  {
    name: 'newsboat',
    test: ['newsboat', '-v'],
    reader: newsboat,
    after: ['Retracted: Road works', 'Retraction: Road works'],
    keepsText: false,
  },
  {
    name: 'rss2email',
    test: ['r2e', '--version'],
    reader: rss2email,
    after: ['Road works', 'Retraction: Road works'],
    keepsText: true,
  },
  {
    name: 'sfeed',
    test: ['which', 'sfeed_update'],
    reader: sfeed,
    after: ['Road works', 'Retracted: Road works', 'Retraction: Road works'],
    keepsText: true,
  },
  {
    name: 'feedparser',
    test: ['/usr/bin/python3', '-c', 'import feedparser'],
    reader: feedparser,
    after: ['Retracted: Road works', 'Retraction: Road works'],
    keepsText: false,
  },
] as const

const MISSING = READERS.filter(({ test: [command, ...args] }) => {
  return spawnSync(command, args).status !== 0
}).map(({ name }) => name)
if (MISSING.length > 0)
  console.warn(`${MISSING.join(', ')}: not installed. What they show is NOT proved here (Debian).`)

/** What each of those that are installed shows now. */
async function showAll(
  home: string,
  feed: string,
): Promise<((typeof READERS)[number] & { shown: Shown[] })[]> {
  const all = []
  for (const one of READERS.filter(({ name }) => !MISSING.includes(name))) {
    mkdirSync(join(home, one.name), { recursive: true })
    all.push({ ...one, shown: await one.reader(join(home, one.name), feed) })
  }
  return all
}

const titlesOf = (shown: readonly Shown[]): string[] => shown.map(({ title }) => title).toSorted()

describe('the notice of a retraction', () => {
  it.for(['rss.xml', 'atom.xml'])(
    'is shown once by every reader of %s, and none shows the text as if it stood',
    { timeout: 240_000 },
    async (file, { expect }) => {
      const folder = aProject(files(anArticle(STORY, `${FALSE_TEXT} all week.`)))
      const port = await freePort()
      const server = start(['start'], { PORT: String(port) }, folder)
      const output = collect(server)
      const feed = `http://localhost:${port}/${file}`
      const home = mkdtempSync(join(tmpdir(), 'edgewire-readers-'))
      try {
        await until(() => output.stdout.includes('Watching'), 'the server starts')
        for (const { name, shown } of await showAll(home, feed)) {
          expect(titlesOf(shown), name).toEqual(['A title', 'Road works'])
          expect(JSON.stringify(shown), name).toContain(FALSE_TEXT)
        }
        save(folder, files(anArticle({ ...STORY, status: 'retracted', reason: 'It is open.' }, '')))
        const served = async (): Promise<string> => (await fetch(feed)).text()
        await until(async () => (await served()).includes('Retraction:'), 'the notice is served')
        // Asked again they say nothing more: in mail, once is once.
        const asked = [...(await showAll(home, feed)), ...(await showAll(home, feed))]
        for (const { name, after, keepsText, shown } of asked) {
          expect(titlesOf(shown), name).toEqual(['A title', ...after].toSorted())
          expect(JSON.stringify(shown).includes(FALSE_TEXT), name).toBe(keepsText)
          const notices = shown.filter(({ title }) => title.startsWith('Retract'))
          for (const { text } of notices) expect(text, name).toContain('It is open.')
        }
      } finally {
        server.kill('SIGTERM')
        await new Promise((resolve) => server.on('close', resolve))
        rmSync(home, { recursive: true, force: true })
      }
    },
  )
})
