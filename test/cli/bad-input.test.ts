import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeBreakdown } from '../../src/cli/breakdown.ts'
import { aProject, type Finished, finished, run, save } from '../support/command.ts'
import { anArticle, type Files } from '../support/corpus.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const MEGABYTES = 1024 * 1024
/** Runs a command as somebody who may only read: root may do everything. */
function runAsNobody(command: string, folder: string): Promise<Finished> {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const env = { ...process.env, NO_COLOR: '1', HOME: folder }
  return finished(spawn(process.execPath, [MAIN, command], { cwd: folder, env, ...nobody }))
}

/** The edition that is current, and how many articles it has. */
async function current(folder: string): Promise<unknown> {
  const { stdout } = await run(['--json', 'status'], {}, folder)
  const { number, counts } = JSON.parse(stdout).edition
  return { number, articles: counts.articles }
}

describe('a full disk', () => {
  it.each([
    'database or disk is full: SQLITE_FULL',
    'e = rust/worker/ffi.rs:110: overloaded: No space left on device (os error 28)',
  ])('is known by what the KV emulation says of it: %s', (message) => {
    const { exit, words } = describeBreakdown(new Error(message))
    expect(exit).toBe('unreachable')
    expect(words).toMatch(/^The disk is full: make room, and run it again\./)
  })
})

const DAMAGED: Files = {
  'content/binary.md': Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
  'content/huge.md': anArticle({ title: 'Huge' }, 'Some words.\n'.repeat(2.5 * MEGABYTES)),
  'content/image.md': anArticle({ title: 'A map' }, 'Look:\n\n![A map](map.png)'),
  'content/map.png': new Uint8Array(30 * MEGABYTES),
  'content/folder.md/inside.md': 'No front matter.',
}

const LINKS = [
  ['itself.md', 'itself.md'],
  ['nowhere', 'dangling.md'],
  ['..', 'sub/up'],
] as const

const TOLD = [
  'binary.md:1:1: The file is not UTF-8 text. Save it as UTF-8, or give it another ending than .md.',
  'dangling.md:1:1: The file cannot be read (ENOENT). Check its permissions, or move it out of content/.',
  'folder.md/inside.md:1:1: An article begins with front matter: a line `---`, its keys, and a line `---`. Add it, with title and published.',
  'huge.md:1:1: The article has 31457333 bytes; the most is 2097152. Split it, or publish it as a file that a short article links to.',
  'image.md:7:10: `map.png` has 31457280 bytes; the most that can be stored is 26210304. Make it smaller, or host it elsewhere and link to it.',
  'itself.md:1:1: The file cannot be read (ELOOP). Check its permissions, or move it out of content/.',
  'sub/up:1:1: The file cannot be read (a link that leads back to a folder around it). Check its permissions, or move it out of content/.',
].map((line) => `content/${line}`)

describe.concurrent('content that cannot be published', () => {
  it('is told file by file, and what was published stays', async () => {
    const folder = aProject()
    await run(['publish'], {}, folder)
    save(folder, DAMAGED)
    mkdirSync(join(folder, 'content/sub'))
    for (const [target, link] of LINKS) symlinkSync(target, join(folder, 'content', link))
    const [published, checked] = await Promise.all([
      run(['publish'], {}, folder),
      run(['check'], {}, folder),
    ])
    expect(published).toMatchObject({ code: 1, stdout: '' })
    expect(published.stderr.split('\n')).toEqual([
      ...TOLD,
      '7 problems. Nothing was published.',
      '',
    ])
    expect(checked).toMatchObject({ code: 1, stderr: `${TOLD.join('\n')}\n7 problems.\n` })
    expect(await current(folder)).toEqual({ number: 1, articles: 1 })
  })
})

describe('ten thousand problems', () => {
  it('are told by the first fifty, and how many there are', async () => {
    const wrong = Array.from({ length: 5000 }, (_, index) => [
      `content/wrong-${index}.md`,
      anArticle({ title: '""', published: 'tomorrow' }),
    ])
    const folder = aProject(Object.fromEntries(wrong))
    const { code, stderr } = await run(['publish'], {}, folder)
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(51)
    for (const line of lines.slice(0, 50))
      expect(line).toMatch(/^content\/wrong-\d+\.md:[23]:\d+: `(?:title|published)` is /)
    expect(lines.at(-1)).toBe('10000 problems (9950 not shown). Nothing was published.')
    expect(code).toBe(1)
  })
})

describe.concurrent('what this user may not', () => {
  it('read is named', async () => {
    const folder = aProject({ 'content/secret.md': anArticle({ title: 'Secret' }) })
    mkdirSync(join(folder, 'content/closed'))
    mkdirSync(join(folder, '.edgewire'))
    for (const open of ['', '.edgewire']) chmodSync(join(folder, open), 0o777)
    for (const closed of ['secret.md', 'closed']) chmodSync(join(folder, 'content', closed), 0)
    const { code, stdout, stderr } = await runAsNobody('check', folder)
    chmodSync(join(folder, 'content/closed'), 0o755)
    expect(stderr.split('\n')).toEqual([
      ...['closed', 'secret.md'].map(
        (file) =>
          `content/${file}:1:1: The file cannot be read (EACCES). Check its permissions, or move it out of content/.`,
      ),
      '2 problems.',
      '',
    ])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('write is named, and no trace is shown', async () => {
    const folder = aProject()
    chmodSync(folder, 0o555)
    const cacheless = await runAsNobody('check', folder)
    chmodSync(folder, 0o755)
    for (const made of ['.edgewire', '.wrangler']) mkdirSync(join(folder, made))
    chmodSync(join(folder, '.edgewire'), 0o777)
    chmodSync(join(folder, '.wrangler'), 0o555)
    chmodSync(folder, 0o555)
    const stateless = await runAsNobody('publish', folder)
    chmodSync(join(folder, '.wrangler'), 0o755)
    chmodSync(folder, 0o755)
    for (const { code, stderr } of [cacheless, stateless]) {
      expect(stderr).toContain('This user may not read or write here: check the permissions.')
      expect(code).toBe(3)
    }
    expect(existsSync(join(folder, '.wrangler/state'))).toBe(false)
    expect(stateless.stderr).not.toMatch(/\n\s+at /)
  })
})
