import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import {
  aProject,
  collect,
  finished,
  freePort,
  run,
  save,
  start,
  until,
} from '../support/command.ts'
import { anArticle, type Files } from '../support/corpus.ts'

/** Runs a server until `use` is done; it has to stop by itself when it is told to. */
async function serving(
  folder: string,
  args: readonly string[],
  use: (base: string, output: { stdout: string; stderr: string }) => Promise<void>,
): Promise<number | null> {
  const port = await freePort()
  const child = start(['start', ...args], { PORT: String(port) }, folder)
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

/** What readers do not see yet: only a preview shows it. */
const UNSEEN: Files = {
  'content/draft.md': anArticle({ title: 'Not ready', status: 'draft' }),
  'content/due.md': anArticle({ title: 'Much later', published: '2099-01-01T00:00:00Z' }),
  'content/new.md': anArticle({ title: 'Rather new', published: '2026-02-05T00:00:00Z' }),
  'content/fix.md': anArticle({ updated: '2026-02-20T00:00:00Z', correction: 'Mended.' }),
}
const UNSEEN_TITLES = ['Not ready', 'Much later', 'Rather new']

const text = async (url: string): Promise<string> => (await fetch(url)).text()

describe('edgewire start', () => {
  it('serves what is published, and publishes what is saved', async ({ expect }) => {
    const folder = aProject()
    const code = await serving(folder, [], async (base, output) => {
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

      const other = await run(['start'], { PORT: String(await freePort()) }, folder)
      expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('Another `start`') })
      const beside = await run(['publish'], {}, folder)
      expect(beside.stdout).toContain('Nothing changed')
    })
    expect(code).toBe(0)
  })

  it('shows the site as it stands at an instant', async ({ expect }) => {
    await serving(aProject(UNSEEN), ['--at', '2026-02-03T00:00:00Z'], async (base) => {
      const feed = await text(`${base}/feed.json`)
      expect(feed).toContain('A title')
      for (const title of UNSEEN_TITLES) expect(feed).not.toContain(title)
    })
  })

  it('starts although content/ has problems, serves it once it is mended or replaced, and ends with its folder', async ({
    expect,
  }) => {
    const folder = aProject({ 'content/bad.md': 'no front matter' })
    const content = join(folder, 'content')
    renameSync(content, join(folder, 'real'))
    symlinkSync('real', content)
    let said = { stderr: '' }
    const code = await serving(folder, [], async (base, output) => {
      said = output
      expect(output.stderr).toContain('bad.md:1:1: An article begins with front matter')
      expect((await fetch(`${base}/rss.xml`)).status).toBe(503)
      save(folder, { 'content/bad.md': anArticle({ title: 'No longer bad' }) })
      await until(
        async () => (await text(`${base}/rss.xml`)).includes('No longer bad'),
        'the mended story is served',
      )
      // Another folder, which nobody watched, and a story in it that comes later.
      rmSync(content)
      cpSync(join(folder, 'real'), content, { recursive: true })
      save(folder, { 'content/bad.md': anArticle({ title: 'In another folder' }) })
      await until(
        async () => (await text(`${base}/rss.xml`)).includes('In another folder'),
        'the other folder is served',
      )
      save(folder, { 'content/late.md': anArticle({ title: 'Rather late' }) })
      await until(
        async () => (await text(`${base}/rss.xml`)).includes('Rather late'),
        'the other folder is watched',
      )
      rmSync(folder, { recursive: true })
      await until(async () => !(await answers(base)), 'the server has ended')
    })
    expect(code).toBe(3)
    // The bundler's own process may add that it found nothing either.
    expect(said.stderr).toMatch(/^The folder that this was started in was removed: .* stays\.$/m)
    expect(said.stderr).not.toContain('should not have happened')
  })
})

/** Whether a server answers. */
const answers = (base: string): Promise<boolean> =>
  fetch(`${base}/health`).then(
    () => true,
    () => false,
  )

/** The stores of previews in a folder. */
function previewsOf(folder: string): string[] {
  const previews = join(folder, '.edgewire/previews')
  return existsSync(previews) ? readdirSync(previews) : []
}

describe('a preview', () => {
  it('shows drafts and what is due, to this machine alone, and is gone when it is killed', async ({
    expect,
  }) => {
    const folder = aProject({
      ...UNSEEN,
      // A process that was never heard of again; every system has the first.
      '.edgewire/previews/4194304999-a/v3/kv': 'An old draft',
      '.edgewire/previews/1-b/v3/kv': 'Shown right now',
    })
    const port = await freePort()
    const base = `http://localhost:${port}`
    const args = ['--json', 'start', '--drafts', '--at', '2099-06-01T00:00:00Z']
    const child = start([...args, '--port', String(port)], {}, folder)
    const output = collect(child)
    await until(() => output.stdout.endsWith('}\n'), 'the server starts')
    expect(JSON.parse(output.stdout)).toMatchObject({ ok: true, serving: `${base}/` })

    const [store = '', ...others] = previewsOf(folder).filter((name) => name !== '1-b')
    expect(others).toEqual([])
    expect(statSync(join(folder, '.edgewire/previews', store)).mode & 0o777).toBe(0o700)

    for (const path of ['/feed.json', '/articles/draft', '/nothing', '/changes.json?since=0']) {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await fetch(base + path, {
          method,
          headers: { Origin: 'https://e.org' },
        })
        const names = [...headers.keys()]
        expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
        expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
      }
    }
    const feed = await text(`${base}/feed.json`)
    for (const title of UNSEEN_TITLES) expect(feed).toContain(title)
    for (const [host, status] of [
      [`127.0.0.1:${port}`, 200],
      [`rebound.example:${port}`, 421],
      [`localhost.rebound.example`, 421],
    ] as const)
      expect((await askedAs(host, port)).status).toBe(status)

    child.kill('SIGKILL')
    await until(() => !previewsOf(folder).includes(store), 'the drafts are gone')
    await until(async () => !(await answers(base)), 'nobody serves them')
    expect(JSON.parse(output.stdout)).toMatchObject({ ok: true })
    expect(output.stderr).toMatch(/^Published edition 1 /)
  })
})

/** What is answered to a request for a host that leads here. */
function askedAs(host: string, port: number): Promise<{ status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: 'localhost', path: '/feed.json', headers: { Host: host } })
    asked.on('error', reject).on('response', (response) => {
      response.resume()
      resolve({ status: response.statusCode })
    })
    asked.end()
  })
}

describe('a server whose parent goes away, or whose folder went', () => {
  it.for(['SIGTERM', 'SIGKILL'] as const)('ends with its npm (%s)', async (signal, { expect }) => {
    const root = join(import.meta.dirname, '../..')
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const here = String(scripts.start).replace('src/cli/', `${root}/src/cli/`)
    const folder = aProject({ 'package.json': JSON.stringify({ scripts: { start: here } }) })
    const port = await freePort()
    const base = `http://localhost:${port}`
    const env = { ...process.env, PORT: String(port), NO_COLOR: '1' }
    const npm = spawn('npm', ['start'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = collect(npm)
    await until(() => output.stdout.includes('Watching'), 'the server starts')
    expect(await answers(base)).toBe(true)
    npm.kill(signal)
    await until(async () => !(await answers(base)), 'the server has ended')
    const lock = join(folder, '.wrangler/state/edgewire-start.json')
    await until(() => !existsSync(lock), 'it has ended in order')
  })

  it.for([['start'], ['check'], ['publish']])(
    'is refused in a removed folder: %s',
    async (args, { expect }) => {
      const folder = aProject()
      const command = 'rm -r "$PWD"; exec "$0" "$@"'
      const main = join(import.meta.dirname, '../../src/cli/main.ts')
      const all = ['-c', command, process.execPath, main, ...args]
      const { code, stderr } = await finished(spawn('sh', all, { cwd: folder }))
      expect(stderr).toMatch(/^The folder that this was started in was removed: .*\n$/)
      expect(code).toBe(3)
    },
  )
})

describe('the command line', () => {
  it('ends with exit code 2 if it was not understood', async ({ expect }) => {
    const wrong: [string[], Record<string, string>, string][] = [
      [['start', '--port', '99999'], {}, 'Expected a number'],
      [['start'], { PORT: 'foo' }, 'Expected a number'],
      [['publish', '--base', 'https://e.org/path'], {}, 'without a path'],
      [['start', '--at', 'tomorrow'], {}, 'Expected an instant with an offset'],
      [['publish', '--base', 'https://u:p@e.org'], {}, 'without a path'],
      [['publish', '--wait', 'https://.e.org'], {}, 'without a path'],
      [['pull', 'https://u:p@e.org', 'mirror'], {}, 'is not the address of a site'],
      [['rollback', 'yesterday'], {}, 'is not the number of an edition'],
      [['new'], {}, "missing required argument 'title'"],
      [['chekc'], {}, 'Did you mean check?'],
    ]
    const ends = await Promise.all(wrong.map(([args, env]) => run(args, env)))
    for (const [index, { code, stderr }] of ends.entries()) {
      expect(stderr).toContain(wrong[index]?.[2])
      expect(code).toBe(2)
      expect(stderr).not.toMatch(/\n\s+at /)
    }
  })

  it('explains every verb', async ({ expect }) => {
    const [all, one] = await Promise.all([run(['--help']), run(['prune', '--help'])])
    for (const verb of ['start', 'new', 'check', 'publish', 'status', 'diff', 'rollback', 'prune'])
      expect(all.stdout).toMatch(new RegExp(`^  ${verb} .*[a-z]{3}`, 'm'))
    expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: edgewire prune') })
  })
})
