import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeBreakdown } from '../../src/machine/breakdown.ts'
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
  ['/dev/zero', 'endless.md'],
  ['/', 'sub/all'],
  ['/proc/self/environ', 'media/figures.csv'],
  ['../hello.md', 'media/inside.txt'],
] as const

/** What an article may name, and nobody reads. */
const NAMED: Files = {
  'content/names.md': anArticle(
    {},
    [
      'media/figures.csv',
      'media/inside.txt',
      'sub/all/etc/passwd.txt',
      'pipe.txt',
      '.env.txt',
      '.git/x.txt',
      'a%5Cb.txt',
      'a%00.txt',
      'media/folder.txt',
      'hello.md/x.txt',
    ]
      .map((file, index) => `[${index}](${file})`)
      .join('\n'),
  ),
  'content/.env.txt': 'SECRET=1',
  'content/.git/x.txt': 'x',
  'content/a\\b.txt': 'x',
  'content/media/folder.txt/x.png': 'x',
}

const isLink =
  'is a symbolic link, or lies behind one. Links are not followed: put the file itself there.'
const noFile = 'is no regular file. Only such are read: put one there, or remove it.'
const isOdd = 'has a backslash or a control character in its name, or is not UTF-8. Rename it.'
const isHidden = 'begins with a dot. Such files are not published: give it another name.'

const TOLD = [
  `a\\b.txt:1:1: \`a\\b.txt\` ${isOdd}`,
  'binary.md:1:1: The file is not UTF-8 text. Save it as UTF-8, or give it another ending than .md.',
  `dangling.md:1:1: \`dangling.md\` ${isLink}`,
  `endless.md:1:1: \`endless.md\` ${isLink}`,
  'folder.md/inside.md:1:1: An article begins with front matter: a line `---`, its keys, and a line `---`. Add it, with title and published.',
  'huge.md:1:1: The article has 31457333 bytes; the most is 2097152. Split it, or publish it as a file that a short article links to.',
  'image.md:7:10: `map.png` has 31457280 bytes; the most that can be stored is 26210304. Make it smaller, or host it elsewhere and link to it.',
  `itself.md:1:1: \`itself.md\` ${isLink}`,
  `media/figures.csv:1:1: \`media/figures.csv\` ${isLink}`,
  `media/inside.txt:1:1: \`media/inside.txt\` ${isLink}`,
  `names.md:5:5: \`media/figures.csv\` ${isLink}`,
  `names.md:6:5: \`media/inside.txt\` ${isLink}`,
  `names.md:7:5: \`sub/all/etc/passwd.txt\` ${isLink}`,
  `names.md:8:5: \`pipe.txt\` ${noFile}`,
  `names.md:9:5: The name of \`.env.txt\` ${isHidden}`,
  `names.md:10:5: The name of \`.git/x.txt\` ${isHidden}`,
  `names.md:11:5: \`a\\b.txt\` ${isOdd}`,
  `names.md:12:5: \`a\\x00.txt\` ${isOdd}`,
  `names.md:13:5: \`media/folder.txt\` ${noFile}`,
  'names.md:14:5: The file `hello.md/x.txt` does not exist. Paths are relative to the file that names them; check the spelling.',
  `pipe.txt:1:1: \`pipe.txt\` ${noFile}`,
  `sub/all:1:1: \`sub/all\` ${isLink}`,
  `sub/up:1:1: \`sub/up\` ${isLink}`,
].map((line) => `content/${line}`)

/** The lines of a message but for the table of kinds, which is proved elsewhere. */
function withoutTable(text: string): string[] {
  return text.split('\n').filter((line) => !/^ +\d+ {2}/.test(line))
}

describe.concurrent('content that cannot be published', () => {
  it('is reported file by file, and what was published stays', async () => {
    const folder = aProject()
    await run(['publish'], {}, folder)
    save(folder, { ...DAMAGED, ...NAMED })
    spawnSync('mkfifo', [join(folder, 'content/pipe.txt')])
    mkdirSync(join(folder, 'content/sub'))
    for (const [target, link] of LINKS) symlinkSync(target, join(folder, 'content', link))
    const [published, checked] = await Promise.all([
      run(['publish'], {}, folder),
      run(['check'], {}, folder),
    ])
    expect(published).toMatchObject({ code: 1, stdout: '' })
    expect(withoutTable(published.stderr)).toEqual([
      ...TOLD,
      `${TOLD.length} problems. Nothing was published.`,
      '',
    ])
    expect(checked.code).toBe(1)
    expect(withoutTable(checked.stderr)).toEqual([...TOLD, `${TOLD.length} problems.`, ''])
    expect(await current(folder)).toEqual({ number: 1, articles: 1 })
  })
})

describe.concurrent('the content folder', () => {
  it.for([
    ['content/hello.md', 'it is a file'],
    ['content/hello.md/x', 'it is a file'],
    ['contnet', 'it does not exist'],
  ])('is reported if it is none: %s', async ([content = '', detail], { expect: told }) => {
    const { code, stderr } = await run(['check', '--content', content], {}, aProject())
    told(stderr).toBe(
      `${content}:1:1: This is no folder that can be read (${detail}). The articles are in content/, or in the folder that --content names.\n1 problem.\n`,
    )
    told(code).toBe(1)
  })

  it('may be a link, as the operator chose; site.yaml in it may not', async ({ expect: told }) => {
    const folder = aProject()
    symlinkSync('content', join(folder, 'chosen'))
    const chosen = await run(['check', '--content', 'chosen'], {}, folder)
    told(chosen).toMatchObject({ code: 0, stderr: '' })
    renameSync(join(folder, 'content/site.yaml'), join(folder, 'elsewhere.yaml'))
    symlinkSync('../elsewhere.yaml', join(folder, 'content/site.yaml'))
    const linked = await run(['check', '--content', 'chosen'], {}, folder)
    told(linked.stderr).toContain(`chosen/site.yaml:1:1: \`site.yaml\` ${isLink}`)
  })
})

describe.concurrent('a project with a broken file', () => {
  const inPlace = 'A file is in the place of a folder: move it away, and run it again.'
  const faults: [string, Files, RegExp, string[]?][] = [
    ['.edgewire is a file', { '.edgewire': '' }, RegExp(`^${inPlace} \\(.*\\.edgewire`)],
    ['.wrangler is a file', { '.wrangler': '' }, RegExp(`^${inPlace} \\(.*\\.wrangler`)],
    [
      'the cache is a folder',
      { '.edgewire/cache.db/x': '' },
      /^A file of edgewire’s own cannot be opened: .* \(.*\.edgewire\/cache\.db\)/,
    ],
    [
      'the lock is a folder',
      { '.wrangler/state/edgewire-publish.json.lock/x': '' },
      /^A file of edgewire’s own cannot be opened: .* \(.*edgewire-publish\.json\.lock\)/,
    ],
    [
      'content/ is a file',
      { articles: '' },
      RegExp(`^${inPlace} \\(articles`),
      ['new', 'A', '--content', 'articles'],
    ],
    [
      'there is no binding',
      { 'wrangler.toml': 'name = "x"' },
      /^wrangler.toml has no KV namespace with the binding EDGEWIRE/,
    ],
    [
      'wrangler.toml is none',
      { 'wrangler.toml': 'name = [' },
      /^wrangler.toml cannot be used: .*TOML/,
    ],
  ]
  it.for(faults)(
    'is reported in one line if %s',
    async ([, files, says, args], { expect: told }) => {
      const { code, stdout, stderr } = await run(args ?? ['publish'], {}, aProject(files))
      told(stderr).toMatch(says)
      told({ code, stdout, lines: stderr.split('\n').length }).toEqual({
        code: 3,
        stdout: '',
        lines: 2,
      })
    },
  )

  it('is reported if the file of the local KV is damaged', async ({ expect: told }) => {
    const folder = aProject()
    await run(['publish'], {}, folder)
    const kv = join(folder, '.wrangler/state/v3/kv/miniflare-KVNamespaceObject')
    for (const file of readdirSync(kv)) {
      if (file.endsWith('.sqlite')) writeFileSync(join(kv, file), 'garbled '.repeat(2000))
      else rmSync(join(kv, file))
    }
    const { code, stderr } = await run(['status'], {}, folder)
    told(stderr).toMatch(
      /^The local KV cannot be read: .* delete \.wrangler\/state\/, and publish again\. .*\n$/,
    )
    told(code).toBe(3)
  })
})

describe.concurrent('new', () => {
  it('cuts a long title at a word, and writes through no link', async ({ expect: told }) => {
    const folder = aProject()
    const long = await run(['--json', 'new', 'seven letters '.repeat(25)], {}, folder)
    told(JSON.parse(long.stdout).id).toBe(`${'seven-letters-'.repeat(7)}`.slice(0, -1))
    const word = await run(['--json', 'new', 'a'.repeat(300)], {}, folder)
    told(JSON.parse(word.stdout).id).toBe('a'.repeat(100))
    symlinkSync('../outside.md', join(folder, 'content/linked.md'))
    const linked = await run(['new', 'Linked'], {}, folder)
    told(linked).toMatchObject({ code: 1, stderr: told.stringContaining('exists already') })
    told(existsSync(join(folder, 'outside.md'))).toBe(false)
    const tooLong = await run(['new', 'A', '--id', 'a'.repeat(101)], {}, folder)
    told(tooLong).toMatchObject({ code: 2, stderr: told.stringContaining('100 at most') })
  })
})

describe('a thousand problems', () => {
  it('are shown by an example of each kind, and counted', async () => {
    const wrong = Array.from({ length: 500 }, (_, index) => [
      `content/wrong-${index}.md`,
      anArticle({ title: '""', published: 'tomorrow' }),
    ])
    const folder = aProject(Object.fromEntries(wrong))
    const { code, stderr } = await run(['publish'], {}, folder)
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toEqual([
      '  1000  invalid-value',
      expect.stringMatching(/^content\/wrong-0\.md:2:\d+: `title` is /),
      'An example of each kind; --all tells the other 999.',
      '1000 problems. Nothing was published.',
    ])
    expect(code).toBe(1)
  })
})

describe.concurrent('a missing permission', () => {
  it('to read is reported', async () => {
    const folder = aProject({ 'content/secret.md': anArticle({ title: 'Secret' }) })
    mkdirSync(join(folder, 'content/closed'))
    mkdirSync(join(folder, '.edgewire'))
    for (const open of ['', '.edgewire']) chmodSync(join(folder, open), 0o777)
    for (const closed of ['secret.md', 'closed']) chmodSync(join(folder, 'content', closed), 0)
    const { code, stdout, stderr } = await runAsNobody('check', folder)
    chmodSync(join(folder, 'content/closed'), 0o755)
    expect(withoutTable(stderr)).toEqual([
      ...['closed', 'secret.md'].map(
        (file) =>
          `content/${file}:1:1: The file cannot be read (EACCES). Check its permissions, or move it out of content/.`,
      ),
      '2 problems.',
      '',
    ])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('to write is reported, without a stack trace', async () => {
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
