import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aProject, type Finished, finished, run, save } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const MEGABYTES = 1024 * 1024
/** Runs a command that can write no file larger than so many KiB. */
function runCramped(command: string, folder: string, kibibytes: number): Promise<Finished> {
  const line = `ulimit -f ${kibibytes}; exec "$0" "$1" ${command}`
  const env = { ...process.env, NO_COLOR: '1' }
  return finished(spawn('bash', ['-c', line, process.execPath, MAIN], { cwd: folder, env }))
}

/** The edition that is current, and how many articles it has. */
async function current(folder: string): Promise<unknown> {
  const { stdout } = await run(['--json', 'status'], {}, folder)
  const { number, counts } = JSON.parse(stdout).edition
  return { number, articles: counts.articles }
}

/** Sixty articles that gzip cannot make small. */
const many = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => {
    const words = Array.from({ length: 400 }, (__, word) =>
      (word * 7919 * (index + 3)).toString(36),
    )
    return [`content/story-${index}.md`, anArticle({ title: `Story ${index}` }, words.join(' '))]
  }),
)

/** Runs a publish on a disk that is full beyond so many KiB; says how it ended, and what it left. */
async function publishCramped(
  kibibytes: number,
  prepare: (folder: string) => unknown,
): Promise<{ end: Finished; after: unknown; mended: Finished }> {
  const folder = aProject()
  await run(['publish'], {}, folder)
  save(folder, many)
  await prepare(folder)
  const end = await runCramped('publish', folder, kibibytes)
  const after = await current(folder)
  return { end, after, mended: await run(['publish'], {}, folder) }
}

const FULL = {
  end: {
    code: 3,
    stdout: '',
    stderr: expect.stringMatching(
      /^The (?:disk is full|local KV stopped answering).*: make room, and/,
    ),
  },
  after: { number: 1, articles: 1 },
  mended: { code: 0, stdout: expect.stringMatching(/^Published edition 2 .*: 61 articles/) },
}

describe.concurrent('a full disk', () => {
  it('is reported when the cache is written, and nothing is lost', async () => {
    expect(await publishCramped(16, () => undefined)).toMatchObject(FULL)
  })

  it('is reported when the store is written, and nothing is lost', async () => {
    // What a dry run has put into the cache is not put there again; a file never is.
    const warm = (folder: string): Promise<Finished> => {
      const image = '![A map](map.png)'
      save(folder, {
        'content/map.png': new Uint8Array(4 * MEGABYTES),
        'content/story-1.md': anArticle({ title: 'Story 1' }, image),
      })
      return run(['publish', '--dry-run'], {}, folder)
    }
    expect(await publishCramped(2048, warm)).toMatchObject(FULL)
  })
})
