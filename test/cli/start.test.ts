import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { aProject, collect, freePort, run, save, start, until } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

const folders: string[] = []

function project(files: Parameters<typeof aProject>[0] = {}): { folder: string; content: string } {
  const folder = aProject(files)
  folders.push(folder)
  return { folder, content: join(folder, 'content') }
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Runs a server until `use` is done; it has to stop by itself when it is told to. */
async function serving(
  args: readonly string[],
  use: (base: string, output: { stdout: string; stderr: string }) => Promise<void>,
): Promise<number | null> {
  const port = await freePort()
  const child = start([...args], { PORT: String(port) })
  const output = collect(child)
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  try {
    await until(
      () => output.stdout.includes('Watching') || child.exitCode !== null,
      'the server starts',
    )
    await use(`http://localhost:${port}`, output)
  } finally {
    child.kill('SIGTERM')
  }
  return closed
}

const text = async (url: string): Promise<string> => (await fetch(url)).text()

describe('edgewire start', () => {
  it('serves what is published, and publishes what is saved', async ({ expect }) => {
    const { folder, content } = project()
    const code = await serving(
      ['--content', content, 'start', '--drafts'],
      async (base, output) => {
        for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
          expect(output.stdout).toContain(`${base}/${file}`)
          const response = await fetch(`${base}/${file}`)
          expect(response.status).toBe(200)
          expect(await response.text()).toContain(`${base}/articles/hello`)
          const headers = { 'If-None-Match': response.headers.get('ETag') ?? '' }
          expect((await fetch(`${base}/${file}`, { headers })).status).toBe(304)
        }

        save(folder, { 'content/second.md': anArticle({ title: 'A second story' }) })
        await until(
          async () => (await text(`${base}/rss.xml`)).includes('A second story'),
          'the story is served',
        )

        save(folder, { 'content/second.md': anArticle({ title: '""', published: '2026-02-30' }) })
        await until(
          () => output.stderr.includes('2 problems. Nothing was published.'),
          'the problems are told',
        )
        expect(output.stderr).toContain('second.md:2:8: `title` is empty')
        expect(output.stderr).toContain('second.md:3:12: `published` is `2026-02-30`')
        expect(await text(`${base}/rss.xml`)).toContain('A second story')

        save(folder, { 'content/second.md': anArticle({ title: 'Mended' }) })
        await until(
          async () => (await text(`${base}/rss.xml`)).includes('Mended'),
          'the mended story is served',
        )
        expect(output.stderr).not.toMatch(/\n\s+at /)
        expect(output.stdout + output.stderr).not.toMatch(/warn|fetch failed|ENOTFOUND/i)
      },
    )
    expect(code).toBe(0)
  })

  it('previews drafts, and the site at another instant', async ({ expect }) => {
    const { content } = project({
      'content/draft.md': anArticle({ title: 'Not ready', status: 'draft' }),
      'content/due.md': anArticle({ title: 'Much later', published: '2099-01-01T00:00:00Z' }),
      'content/new.md': anArticle({ title: 'Rather new', published: '2026-02-05T00:00:00Z' }),
      'content/fix.md': anArticle({ updated: '2026-02-20T00:00:00Z', correction: 'Mended.' }),
    })
    const ahead = ['--content', content, 'start', '--drafts', '--at', '2099-06-01T00:00:00Z']
    await serving(ahead, async (base) => {
      const feed = await text(`${base}/feed.json`)
      for (const title of ['Not ready', 'Much later', 'Rather new']) expect(feed).toContain(title)
    })
    await serving(['--content', content, 'start', '--at', '2026-02-03T00:00:00Z'], async (base) => {
      const feed = await text(`${base}/feed.json`)
      expect(feed).toContain('A title')
      for (const title of ['Not ready', 'Much later', 'Rather new'])
        expect(feed).not.toContain(title)
    })
  })

  it('says where it cannot start, and ends with 1', async ({ expect }) => {
    const { content } = project({ 'content/bad.md': 'no front matter' })
    const port = await freePort()
    const refused = await run(['--content', content, 'start', '--drafts'], { PORT: String(port) })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('bad.md:1:1: An article begins with front matter')
    expect(await run(['start', '--port', '99999'])).toMatchObject({ code: 1 })
    const named = await run(['start'], { PORT: 'foo' })
    expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining('Expected a number') })
    const based = await run(['publish', '--base', 'https://e.org/path'])
    expect(based).toMatchObject({ code: 1, stderr: expect.stringContaining('without a path') })
    const nowhere = await run(['--content', 'no-such-folder', 'check'])
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no site.yaml'),
    })
    for (const { stderr } of [named, based, nowhere]) expect(stderr).not.toMatch(/\n\s+at /)
    expect(await run(['start', '--at', 'tomorrow'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Expected an instant with an offset'),
    })
  })
})

describe('edgewire check', () => {
  it('ends with 0 where all is well, and with 1 where it is not', async ({ expect }) => {
    const { content } = project()
    expect(await run(['--content', content, 'check'])).toEqual({
      code: 0,
      stdout: '1 articles, no problems.\n',
      stderr: '',
    })
    const bad = project({ 'content/bad.md': anArticle({ colour: 'red' }) })
    const refused = await run(['--content', bad.content, 'check'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('bad.md:4:1: There is no key `colour`.')
  })

  it('prints fifty problems and the number of the rest', async ({ expect }) => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`content/b-${n}.md`, 'x']),
    )
    const refused = await run(['--content', project(files).content, 'check'])
    expect(refused.stderr.trim().split('\n')).toHaveLength(51)
    expect(refused.stderr).toContain('60 problems (10 not shown). Nothing was published.')
  })

  it('names the verb that was probably meant', async ({ expect }) => {
    const { code, stderr } = await run(['chekc'])
    expect(code).toBe(1)
    expect(stderr).toContain('Did you mean check?')
  })
})
