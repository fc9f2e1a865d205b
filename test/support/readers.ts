/** Feed readers of Debian, as a person uses them: what each shows once it has asked again. */

import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

/** An article as a reader shows it: new to its user, or among what they have. */
export type Shown = {
  readonly title: string
  readonly text: string
  readonly unread?: boolean
}

/** A feed reader in a folder of its own. */
export type Reader = (home: string, feed: string) => Promise<Shown[]>

/** Not in this thread: the server has to answer meanwhile. */
async function runReader(command: string, args: string[], home: string): Promise<string> {
  const env = { ...process.env, HOME: home, TERM: 'dumb', LC_ALL: 'C.UTF-8' }
  return (await promisify(execFile)(command, args, { env, cwd: home })).stdout
}

const LISTED =
  'SELECT title, content AS text, unread FROM rss_item WHERE deleted = 0 ORDER BY pubDate'

const newsboat: Reader = async (home, feed) => {
  writeFileSync(join(home, 'urls'), `${feed}\n`)
  writeFileSync(join(home, 'config'), '')
  const files = ['-u', 'urls', '-c', 'cache.db', '-C', 'config']
  await runReader('newsboat', [...files, '-x', 'reload'], home)
  const database = new DatabaseSync(join(home, 'cache.db'))
  const rows = database.prepare(LISTED).all() as { title: string; text: string; unread: number }[]
  // Its user reads everything between two looks.
  database.exec('UPDATE rss_item SET unread = 0')
  database.close()
  return rows.map(({ title, text, unread }) => ({ title, text, unread: unread === 1 }))
}

/** All mails that were ever sent. */
const rss2email: Reader = async (home, feed) => {
  const files = ['-c', 'r2e.cfg', '-d', 'r2e.json']
  const mail = join(home, 'mail')
  if (!readdirSync(home).includes('r2e.cfg')) {
    mkdirSync(mail)
    const settings = `from = a@example.org\nto = b@example.org\nemail-protocol = maildir\nmaildir-path = ${mail}\n`
    writeFileSync(join(home, 'r2e.cfg'), `[DEFAULT]\n${settings}`)
    await runReader('r2e', [...files, 'add', 'wire', feed], home)
  }
  await runReader('r2e', [...files, 'run'], home)
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
  await runReader('sfeed_update', [join(home, 'sfeedrc')], home)
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
  JSON.parse(await runReader('/usr/bin/python3', ['-c', PARSE, feed], tmpdir()))

export const READERS = { newsboat, rss2email, sfeed, feedparser }

export type ReaderName = keyof typeof READERS

const PRESENT: Readonly<Record<ReaderName, readonly [string, ...string[]]>> = {
  newsboat: ['newsboat', '-v'],
  rss2email: ['r2e', '--version'],
  sfeed: ['which', 'sfeed_update'],
  feedparser: ['/usr/bin/python3', '-c', 'import feedparser'],
}

/** Names the readers that this machine has; of the others it is said that nothing is proved. */
export function findReaders(): ReaderName[] {
  const all = Object.keys(READERS) as ReaderName[]
  return all.filter((name) => {
    const [command, ...args] = PRESENT[name]
    const isThere = spawnSync(command, args).status === 0
    if (!isThere) console.warn(`${name} is not installed: what it shows is NOT proved (Debian).`)
    return isThere
  })
}

/** Asks a reader, which has a folder of its own in `home`, to look at a feed once more. */
export function look(name: ReaderName, home: string, feed: string): Promise<Shown[]> {
  const own = join(home, name)
  mkdirSync(own, { recursive: true })
  return READERS[name](own, feed)
}
