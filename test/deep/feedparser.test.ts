import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, it } from 'vitest'
import { startNginx } from '../support/caches.ts'
import { anArticle, SITE } from '../support/corpus.ts'
import { type ServedSite, serveSite } from '../support/served-site.ts'

/** Programs of Debian: rss2email, python3-feedparser, nginx-light. */
const PYTHON = '/usr/bin/python3'
const isInstalled = (command: string, ...given: string[]): boolean =>
  spawnSync(command, given).status === 0
const has = {
  rss2email: isInstalled('r2e', '--version'),
  feedparser: isInstalled(PYTHON, '-c', 'import feedparser'),
  nginx: isInstalled('/usr/sbin/nginx', '-v'),
}
for (const [name, there] of Object.entries(has))
  if (!there) console.warn(`${name} is not installed: what it makes of deltas is NOT proved here.`)

const run = promisify(execFile)

/** A site of stories long enough for a delta to be worth it. */
async function aSite(): Promise<
  ServedSite & { readonly publish: (title: string) => Promise<void> }
> {
  const stories = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [
      `content/story-${n}.md`,
      anArticle(
        { title: `Story ${n}` },
        Array.from({ length: 300 }, (_, m) => `w${n * 7919 + m * 104_729}`).join(' '),
      ),
    ]),
  )
  // Short enough for a cache to ask again between two publishes.
  const site = await serveSite({ ...stories, 'content/site.yaml': `${SITE}ttl: 1\n` })
  return {
    ...site,
    publish: (title) =>
      site.change(
        { [`content/${title.toLowerCase()}.md`]: anArticle({ title }, 'Just in.') },
        '/rss.xml',
        (text) => text.includes(title),
      ),
  }
}

const NEWS = ['Alpha', 'Beta', 'Gamma']

/** Says of a program that is not there that nothing is proved of it. */
function lacks(program: keyof typeof has): boolean {
  if (has[program]) return false
  it('is not installed, so that nothing is tested', ({ expect }) => {
    expect(has[program]).toBe(false)
  })
  return true
}

describe('a subscriber with rss2email', () => {
  if (lacks('rss2email')) return

  it('gets a mail for each article at the next look', { timeout: 240_000 }, async ({ expect }) => {
    const site = await aSite()
    const home = mkdtempSync(join(tmpdir(), 'edgewire-rss2email-'))
    for (const part of ['new', 'cur', 'tmp'])
      mkdirSync(join(home, 'mail', 'INBOX', part), { recursive: true })
    const [config, data, mail] = ['config', 'data', 'mail'].map((name) => join(home, name))
    const r2e = async (...given: string[]): Promise<string> => {
      const env = { ...process.env, HOME: home }
      const { stdout, stderr } = await run('r2e', ['-c', `${config}`, '-d', `${data}`, ...given], {
        env,
      })
      return stdout + stderr
    }
    const mails = (): string[] =>
      readdirSync(join(`${mail}`, 'INBOX', 'new')).map((name) =>
        readFileSync(join(`${mail}`, 'INBOX', 'new', name), 'utf8'),
      )
    try {
      await r2e('new', 'me@example.org')
      const settings = readFileSync(`${config}`, 'utf8')
        .replace(/^email-protocol.*/m, 'email-protocol = maildir')
        .replace(/^maildir-path.*/m, `maildir-path = ${mail}`)
      writeFileSync(`${config}`, settings)
      await r2e('add', 'wire', `${site.base}/rss.xml`)
      await r2e('run')
      const before = mails().length
      expect(before).toBeGreaterThan(19)
      for (const [index, title] of NEWS.entries()) {
        await site.publish(title)
        expect(await r2e('run')).not.toContain('ERROR')
        expect(mails()).toHaveLength(before + index + 1)
        expect(mails().some((text) => text.includes(title))).toBe(true)
      }
    } finally {
      await site.close()
      rmSync(home, { recursive: true, force: true })
    }
  })
})

describe('a client with feedparser', () => {
  if (lacks('feedparser')) return

  it('gets whole documents, and 304 in between', { timeout: 240_000 }, async ({ expect }) => {
    const site = await aSite()
    const program =
      'import feedparser, json, sys; ' +
      'd = feedparser.parse(sys.argv[1], etag=sys.argv[2] or None); ' +
      'print(json.dumps([d.status, d.get("etag", ""), len(d.entries)]))'
    const parse = async (tag: string): Promise<[number, string, number]> => {
      const { stdout } = await run(PYTHON, ['-c', program, `${site.base}/atom.xml`, tag])
      return JSON.parse(stdout)
    }
    try {
      const [status, tag, entries] = await parse('')
      expect([status, entries]).toEqual([200, 21])
      expect((await parse(tag))[0]).toBe(304)
      await site.publish('Alpha')
      expect(await parse(tag)).toMatchObject([200, expect.not.stringMatching(tag), 22])
    } finally {
      await site.close()
    }
  })
})

describe('a cache that revalidates with its own tag', () => {
  if (lacks('nginx')) return

  it('never hands a delta to a client that has nothing', { timeout: 240_000 }, async ({
    expect,
  }) => {
    const site = await aSite()
    const home = mkdtempSync(join(tmpdir(), 'edgewire-nginx-'))
    const cache = await startNginx(home, site.port)
    const newsboat = { 'A-IM': 'feed', 'User-Agent': 'newsboat/2.32 (Linux x86_64)' }
    const clients = [{}, { 'A-IM': 'feed' }, newsboat, { 'A-IM': 'feed, edgewire' }]
    const get = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${cache.base}/rss.xml`, { headers })
    try {
      for (const title of ['', ...NEWS]) {
        if (title) await site.publish(title)
        for (const headers of clients) {
          const response = await get(headers)
          expect(response.status).toBe(200)
          expect(await response.text()).toContain('Story 7')
        }
      }
      // It keeps what is everybody's, and nothing else.
      expect((await get({})).headers.get('X-Cache')).not.toBe('MISS')
      expect((await get(newsboat)).headers.get('X-Cache')).toBe('MISS')
      // And who has a document is given what is new in it.
      const tag = (await get(newsboat)).headers.get('ETag') ?? ''
      await site.publish('Delta')
      const delta = await get({ ...newsboat, 'If-None-Match': tag })
      expect([200, 226]).toContain(delta.status)
      expect(await delta.text()).toContain('Delta')
    } finally {
      await cache.close()
      await site.close()
      rmSync(home, { recursive: true, force: true })
    }
  })
})
