import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { aProject, collect, freePort, run, save, start, until } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'
import {
  type Answering,
  anItem,
  aScriptedSite,
  cursor,
  say,
  sayPage,
} from '../support/scripted-site.ts'

type Told = { cursor: string; requests: number; saved: number; gone: number; restarted: boolean }

async function pull(address: string, folder: string): Promise<{ code: number | null; told: Told }> {
  const { code, stdout } = await run(['--json', 'pull', address, folder])
  return { code, told: JSON.parse(stdout) }
}

function heldIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => !file.startsWith('.'))
    .sort()
}

describe('edgewire pull', () => {
  it('mirrors a running site, and takes in what changes', { timeout: 120_000 }, async ({
    expect,
  }) => {
    const tagged = { tags: '[osce]' }
    const folder = aProject({
      'content/hello.md': anArticle(tagged),
      'content/other.md': anArticle(),
    })
    const [mirror, tag] = [join(aProject(), 'mirror'), join(aProject(), 'mirror')]
    const port = await freePort()
    const server = start(['start'], { PORT: String(port) }, folder)
    const output = collect(server)
    const base = `http://localhost:${port}`
    try {
      await until(() => output.stdout.includes('Watching'), 'the server starts')
      expect(await pull(base, mirror)).toMatchObject({
        code: 0,
        told: { saved: 2, gone: 0, requests: 2 },
      })
      expect(heldIn(mirror)).toEqual(['hello.json', 'other.json'])
      const feed = await (await fetch(`${base}/feed.json`)).json()
      const [first] = (feed as { items: { _edgewire: { id: string } }[] }).items
      const file = join(mirror, `${first?._edgewire.id}.json`)
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first)
      expect((await pull(base, mirror)).told).toMatchObject({ saved: 0, gone: 0, requests: 1 })

      const osce = await run(['pull', `${base}/tags/osce/`, tag])
      expect(osce.stdout).toContain('1 saved')
      save(folder, {
        'content/hello.md': anArticle({}, 'No longer of that tag.'),
        'content/other.md': anArticle({ status: 'retracted' }),
        'content/new.md': anArticle({ ...tagged, title: 'New' }),
      })
      await until(
        async () => (await (await fetch(`${base}/rss.xml`)).text()).includes('<title>New'),
        'the change is served',
      )
      expect((await pull(base, mirror)).told).toMatchObject({ saved: 2, gone: 1 })
      expect(heldIn(mirror)).toEqual(['hello.json', 'new.json'])
      await run(['pull', `${base}/tags/osce/changes.json`, tag])
      expect(heldIn(tag)).toEqual(['new.json'])

      const wrong = await run(['pull', base, tag])
      expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('something else') })
      const none = await run(['pull', `${base}/tags/none/`, join(folder, 'none')])
      expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('answers 404') })
    } finally {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.on('close', resolve))
    }
  })

  it('waits as long as the site asks, goes on where it stopped, and starts again if it must', async ({
    expect,
  }) => {
    const mirror = join(aProject(), 'mirror')
    const { base, asked, answers } = await aScriptedSite()
    const page = (ids: readonly string[], said: object, next?: string): Answering =>
      sayPage(
        { items: ids.map((id) => anItem(id)), said, ...(next && { next: base + next }) },
        { ETag: '"tag"' },
      )
    answers.push(
      say(503, { 'Retry-After': '1' }),
      page(['a', 'b'], { caught_up: false }, `/changes.json?since=0&to=${cursor(1)}&after=b`),
      say(500),
    )
    const begun = performance.now()
    const broken = await pull(base, mirror)
    expect(broken.code).toBe(3)
    expect(performance.now() - begun).toBeGreaterThan(1000)
    expect(heldIn(mirror)).toEqual(['a.json', 'b.json'])
    answers.push(
      page(['c'], { caught_up: true, cursor: cursor(1) }),
      page([], { caught_up: true, cursor: cursor(1) }),
    )
    expect((await pull(base, mirror)).told).toMatchObject({ saved: 1, requests: 2 })
    answers.push(say(304))
    expect((await pull(base, mirror)).told).toMatchObject({ cursor: cursor(1), requests: 1 })
    answers.push(
      say(410),
      page(['b'], { caught_up: true, cursor: cursor(2) }),
      page([], { caught_up: true, cursor: cursor(2) }),
    )
    expect((await pull(base, mirror)).told).toMatchObject({ restarted: true, gone: 2 })
    expect(heldIn(mirror)).toEqual(['b.json'])
    expect(asked).toEqual([
      '/changes.json?since=0',
      '/changes.json?since=0',
      `/changes.json?since=0&to=${cursor(1)}&after=b`,
      `/changes.json?since=0&to=${cursor(1)}&after=b`,
      `/changes.json?since=${cursor(1)}`,
      `/changes.json?since=${cursor(1)} "tag"`,
      `/changes.json?since=${cursor(1)} "tag"`,
      '/changes.json?since=0',
      `/changes.json?since=${cursor(2)}`,
    ])
    // An id that would be a path is no id.
    answers.push(page(['../x'], { caught_up: true, cursor: cursor(3) }))
    expect((await pull(base, mirror)).code).toBe(3)
    writeFileSync(join(mirror, '.edgewire.json'), '{"half')
    answers.push(
      page([], { caught_up: true, cursor: cursor(3) }),
      page([], { caught_up: true, cursor: cursor(3) }),
    )
    expect((await pull(base, mirror)).told).toMatchObject({ saved: 0, gone: 1 })
  })
})
