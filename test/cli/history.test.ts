import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { aProject, type Finished, run, save } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

type Expectation = { readonly code: number; readonly says: readonly string[] }

/** Runs a command, which has to end and to speak as expected; says what it said. */
async function expectRun(
  folder: string,
  command: string,
  { code, says }: Expectation,
): Promise<string> {
  const end: Finished = await run(command.split(' '), {}, folder)
  const words = code === 0 ? end.stdout : end.stderr
  const missing = says.filter((text) => !words.includes(text))
  if (end.code === code && missing.length === 0 && !/\n\s+at /.test(end.stderr)) return words
  throw new Error(`${command}: ${JSON.stringify({ ...end, missing }, undefined, 2)}`)
}

const inThreeDays = `${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 19)}Z`

describe.concurrent('a published article', () => {
  it('is contradicted only by name', async ({ expect }) => {
    const folder = aProject({
      'content/deleted.md': anArticle({ title: 'Deleted', published: '2026-01-01T00:00:00Z' }),
      'content/old-name.md': anArticle({ title: 'Renamed', published: '2026-01-02T00:00:00Z' }),
      'content/moved.md': anArticle({ title: 'Moved' }),
      'content/guided.md': anArticle({ title: 'Guided', guid: 'urn:x:1' }),
      'content/back.md': anArticle({ title: 'Back', status: 'retracted', reason: 'Not so.' }),
    })
    await expectRun(folder, 'publish', { code: 0, says: ['5 articles, 1 retracted'] })
    rmSync(join(folder, 'content/deleted.md'))
    renameSync(join(folder, 'content/old-name.md'), join(folder, 'content/new-name.md'))
    save(folder, {
      'content/moved.md': anArticle({ title: 'Moved', published: '2026-02-02T10:00:00Z' }),
      'content/guided.md': anArticle({ title: 'Guided', guid: 'urn:x:2' }),
      'content/back.md': anArticle({ title: 'Back' }),
    })
    const refused = await expectRun(folder, 'publish', {
      code: 1,
      says: [
        'deleted: was published and is gone. To withdraw it, keep the file with `status: retracted` and a reason: readers keep the text of what only vanishes.',
        'old-name: was published and is gone. Is it new-name now? Give that `id: old-name`.',
        'moved: `published` was 2026-02-01T10:00:00Z and is 2026-02-02T10:00:00Z.',
        'guided: its permanent id was urn:x:1 and is urn:x:2.',
        'set `guid: urn:x:1`',
        'back: was retracted and is published again. A new story needs an id of its own.',
      ],
    })
    const ids = /--allow (.+)\n/.exec(refused)?.[1] ?? ''
    expect(ids.split(' ').toSorted()).toEqual(['back', 'deleted', 'guided', 'moved', 'old-name'])
    const [dry, part, json] = await Promise.all([
      expectRun(folder, 'publish --dry-run', { code: 1, says: [refused] }),
      expectRun(folder, 'publish --allow back deleted guided moved', {
        code: 1,
        says: ['old-name: was', '--allow old-name\n'],
      }),
      run(['--json', 'publish'], {}, folder),
    ])
    expect(dry).toBe(refused)
    expect(part).not.toContain('guided:')
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      failure: { reason: 'ledger', breaches: { length: 5 } },
    })
    expect(json.code).toBe(1)
    await expectRun(folder, `publish --allow ${ids}`, {
      code: 0,
      says: ['Published edition 2', 'published again: back', 'removed: deleted, old-name'],
    })
    await expectRun(folder, 'publish', { code: 0, says: ['Nothing changed: edition 2'] })
  })

  it('comes back by a rollback, until content/ is published again', async ({ expect }) => {
    const folder = aProject()
    await expectRun(folder, 'publish', { code: 0, says: ['Published edition 1'] })
    save(folder, {
      'content/second.md': anArticle({ title: 'Second' }),
      'content/due.md': anArticle({ title: 'Soon', published: inThreeDays }),
    })
    await expectRun(folder, 'publish', { code: 0, says: ['Published edition 2', 'new: second'] })
    await expectRun(folder, 'rollback', {
      code: 1,
      says: [`Editions are due at ${inThreeDays}`, 'Say --drop-scheduled'],
    })
    const back = await expectRun(folder, 'rollback --drop-scheduled', {
      code: 0,
      says: [
        'it says what edition 1 said',
        'other than before: second',
        'brings back what content/',
      ],
    })
    const number = Number(/^Edition (\d+) is current/.exec(back)?.[1])
    const [, , status] = await Promise.all([
      expectRun(folder, 'rollback', {
        code: 1,
        says: [
          `Edition ${number} is a rollback itself.`,
          'such as: rollback 2 (what it replaced).',
        ],
      }),
      expectRun(folder, 'rollback 99', {
        code: 1,
        says: ['There is no edition 99', 'Known are: 1'],
      }),
      expectRun(folder, 'status', { code: 0, says: ['by a rollback', '1 article, '] }),
    ])
    expect(status).not.toContain('scheduled:')
    await expectRun(folder, 'rollback 2', { code: 0, says: ['it says what edition 2 said'] })
    await expectRun(folder, 'publish', { code: 0, says: [`begins by itself at ${inThreeDays}`] })
    const young = 'Would remove 0 objects'
    const pruned = await expectRun(folder, 'prune --dry-run', { code: 0, says: [young] })
    await expectRun(folder, 'prune', {
      code: 0,
      says: [pruned.replace(young, 'Removed 0 objects')],
    })
    await expectRun(folder, 'publish', { code: 0, says: ['Nothing changed'] })
  })
})
