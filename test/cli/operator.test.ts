import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { aProject, run, save } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

/** An instant of whole seconds, so many days from now. */
const inDays = (days: number): string =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19)}Z`

const inSomeDays = inDays(3)

const BEFORE = {
  'content/fix.md': anArticle({ title: 'To be corrected' }),
  'content/quiet.md': anArticle({ title: 'To be edited' }),
  'content/gone.md': anArticle({ title: 'To be retracted' }),
}

const AFTER = {
  'content/fix.md': anArticle({
    title: 'Corrected',
    updated: '2026-02-20T00:00:00Z',
    correction: 'A name was wrong.',
  }),
  'content/quiet.md': anArticle({ title: 'To be edited' }, 'Other words.'),
  'content/gone.md': anArticle({ title: 'Gone', status: 'retracted', reason: 'Not so.' }),
  'content/fresh.md': anArticle({ title: 'A new story' }),
  'content/due.md': anArticle({ title: 'Soon', published: inSomeDays }),
  'content/far.md': anArticle({ title: 'Much later', published: '2099-01-01T00:00:00Z' }),
}

const CHANGES = [
  '  new: fresh\n',
  '  corrected: fix\n',
  '  edited silently: quiet\n',
  '  retracted: gone\n',
]
const LATER = [
  `  edition 3 begins by itself at ${inSomeDays}: due\n`,
  '  waiting: far; publish again before 2099-01-01T00:00:00Z',
]
const KINDS = [
  { id: 'fix', kind: 'corrected' },
  { id: 'fresh', kind: 'added' },
  { id: 'gone', kind: 'retracted' },
  { id: 'quiet', kind: 'edited' },
]

/** Runs a command, which has to succeed; says what it printed. */
async function said(folder: string, command: string): Promise<string> {
  const { code, stdout, stderr } = await run(command.split(' '), {}, folder)
  if (code !== 0 || stderr !== '') throw new Error(`${command}: ${code} ${stderr}`)
  return stdout
}

/** Of some texts, those that are not told. */
const untold = (words: string, texts: readonly string[]): string[] =>
  texts.filter((text) => !words.includes(text))

describe.concurrent('an operator', () => {
  it('begins an article as a draft, and never overwrites one', async ({ expect }) => {
    const folder = aProject({
      'content/hello.md': anArticle({ title: 'There', published: '2026-02-01T10:00:00Z' }),
    })
    const made = await run(['new', 'Ein schöner Tag'], {}, folder)
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(made.stdout).toContain('content/ein-schoener-tag.md is a draft')
    const file = join(folder, 'content/ein-schoener-tag.md')
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(
      /^---\ntitle: Ein schöner Tag\npublished: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\nstatus: draft\n/,
    )
    const [again, wordless, pinned] = await Promise.all([
      run(['new', 'Ein schöner Tag'], {}, folder),
      run(['new', '東京'], {}, folder),
      run(['--json', 'new', '東京', '--id', 'tokyo', '--published', inSomeDays], {}, folder),
    ])
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain('ein-schoener-tag.md exists already: give another id with --id')
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(wordless).toMatchObject({ code: 1, stdout: '' })
    expect(wordless.stderr).toContain('No id can be made of this title: give one with --id.')
    expect(JSON.parse(pinned.stdout)).toEqual({ ok: true, file: 'content/tokyo.md', id: 'tokyo' })
    expect(readFileSync(join(folder, 'content/tokyo.md'), 'utf8')).toContain(inSomeDays)
    expect(await said(folder, 'check')).toBe('1 article, no problems.\n')
  })

  it('sees what a publish would do, and that it does exactly that', async ({ expect }) => {
    const folder = aProject(BEFORE)
    const first = await said(folder, 'publish --dry-run')
    expect(first).toContain('Would publish edition 1:\n  new: fix, gone, hello, quiet\n')
    expect(first).toContain('Nothing was written.')
    expect(await said(folder, 'status')).toBe('Nothing is published yet.\n')
    const published = await said(folder, 'publish')
    const [, cost] = /Cost: (\d+) KV writes/.exec(first) ?? []
    expect(published).toMatch(/^Published edition 1 \([\w-]{8}\): 4 articles; wrote \d+ keys, /)
    expect(published).toContain(`wrote ${cost} keys`)

    save(folder, AFTER)
    const [planned, plan, wanted, difference] = await Promise.all([
      said(folder, 'publish --dry-run'),
      said(folder, 'publish --dry-run --json'),
      said(folder, 'diff'),
      said(folder, 'diff --json'),
    ])
    const lines = ['Would publish edition 2:\n', ...CHANGES, ...LATER, '  documents: /']
    expect(untold(planned, lines)).toEqual([])
    expect(untold(wanted, CHANGES)).toEqual([])
    const costs = /Cost: (\d+) KV writes, [\d.]+ KiB: ([\d.]+) % of the free plan's 1000 a day/
    const [, keys, share] = costs.exec(planned) ?? []
    expect(Number(share)).toBeCloseTo(Number(keys) / 10)
    expect(JSON.parse(plan)).toMatchObject({
      ok: true,
      dryRun: true,
      changes: KINDS,
      cost: { keys: Number(keys), shareOfFreePlan: Number(keys) / 1000 },
      scheduled: [{ number: 3, at: inSomeDays }],
      waiting: [{ id: 'far', at: '2099-01-01T00:00:00Z' }],
    })
    expect(JSON.parse(difference)).toMatchObject({ ok: true, changes: KINDS })

    const done = await said(folder, 'publish')
    expect(done).toMatch(/^Published edition 2 \([\w-]{8}\): 4 articles, 1 retracted; wrote /)
    expect(untold(done, [...CHANGES, ...LATER, `wrote ${keys} keys`])).toEqual([])
  })

  it('is told what is current, what follows, and what was before', async ({ expect }) => {
    const folder = aProject(BEFORE)
    await said(folder, 'publish')
    save(folder, AFTER)
    await said(folder, 'publish')
    const [status, facts, between, same, again] = await Promise.all([
      said(folder, 'status'),
      said(folder, 'status --json'),
      said(folder, 'diff 1 2'),
      said(folder, 'diff --json 2'),
      said(folder, 'publish --json'),
    ])
    expect(status).toMatch(/^Edition 2 \([\w-]{8}\) of example.org,2026, current since /)
    const later = [`  scheduled: edition 3 at ${inSomeDays}: due\n`, ...LATER.slice(1)]
    expect(untold(status, later)).toEqual([])
    expect(JSON.parse(facts)).toMatchObject({
      ok: true,
      edition: { number: 2, rolledBack: false },
      scheduled: [{ number: 3, at: inSomeDays, articles: ['due'] }],
      waiting: [{ id: 'far', at: '2099-01-01T00:00:00Z' }],
    })
    expect(between).toMatch(/^Between edition 1 \(.*\) and edition 2 \(/)
    expect(untold(between, CHANGES)).toEqual([])
    expect(JSON.parse(same)).toEqual({ ok: true, changes: [], documents: [] })
    expect(JSON.parse(again)).toMatchObject({ ok: true, written: { keys: 0, bytes: 0 } })
  })

  it('learns of translations that do not name each other', async ({ expect }) => {
    const folder = aProject({
      'content/talks.md': anArticle({ translations: '{ pl: rozmowy, de: gespraech }' }),
      'content/rozmowy.md': anArticle({ language: 'pl' }),
      'content/gespraech.md': anArticle({ language: 'de', translations: '{ en: talks }' }),
    })
    expect(await said(folder, 'check')).toBe(
      'content/talks.md:4:21: note: `rozmowy` does not name `talks` among its translations: ' +
        'search engines follow only those that name each other.\n4 articles, no problems, 1 note.\n',
    )
  })

  it('gets problems as annotations on GitHub, escaped as GitHub wants them', async ({ expect }) => {
    const folder = aProject({
      'content/a,b.md': anArticle({ id: 'ab' }, '![A map](100%.png)'),
      'content/c.md': anArticle({ sumary: 'x' }),
    })
    const { code, stderr } = await run(['check', '--format', 'github'], {}, folder)
    expect(code).toBe(1)
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^::error file=content\/a%2Cb\.md,line=6,col=\d+::The file `100%25\.png` does not exist/,
      ),
      expect.stringMatching(
        /^::error file=content\/c\.md,line=4,col=1::There is no key `sumary`\. Did you mean `summary`\?/,
      ),
      '2 problems.',
      '',
    ])
  })

  it('is not asked to describe the pictures of what was published before', async ({ expect }) => {
    const picture = '![](a.svg)'
    const folder = aProject({
      'content/old.md': anArticle({ imported: 'true' }, picture),
      'content/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    })
    const first = await said(folder, 'publish')
    expect(first).toContain('1 note: `check` tells what.')
    save(folder, { 'content/old.md': anArticle({}, picture) })
    expect(await said(folder, 'check')).toContain('2 articles, no problems, 1 note.')
    // The store knows what was published, if this machine does not.
    rmSync(join(folder, '.edgewire'), { recursive: true })
    expect((await run(['check'], {}, folder)).stderr).toMatch(
      /^1 problem\. Nothing of this site was published from here, so all articles count as new; `publish` asks the store\..*\n$/m,
    )
    expect(await said(folder, 'publish')).toContain('1 note: `check` tells what.')
    expect(await said(folder, 'check')).toContain('2 articles, no problems, 1 note.')
    save(folder, { 'content/new.md': anArticle({}, `\n${picture}`) })
    const refused = await run(['publish'], {}, folder)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('content/new.md:6:5: The image `a.svg` has no alternative')
    expect(refused.stderr).toContain('1 problem, 1 note. Nothing was published.')
  })
})
