import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import type { Folder } from '../../src/article/source.ts'
import { openFolder } from '../../src/machine/content-folder.ts'
import { fail, ok } from '../../src/markup/result.ts'
import { must } from '../support/results.ts'

const root = mkdtempSync(join(tmpdir(), 'edgewire-folder-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const MOST = 1000

let made = 0
/** A folder with `media/a.txt`, beside one with a secret. */
function aPlace(): { readonly content: string; readonly folder: Folder } {
  const content = join(root, String(made++), 'content')
  mkdirSync(join(content, 'media'), { recursive: true })
  mkdirSync(join(content, '../outside'))
  writeFileSync(join(content, 'media/a.txt'), 'ours')
  writeFileSync(join(content, '../outside/a.txt'), 'secret')
  return { content, folder: must(openFolder(content)) }
}

describe('a file that was replaced after the folder was opened', () => {
  it.for<[string, (content: string) => void, unknown]>([
    [
      'by a link',
      (content) => {
        rmSync(join(content, 'media/a.txt'))
        symlinkSync('../../outside/a.txt', join(content, 'media/a.txt'))
      },
      fail({ reason: 'link', target: 'media/a.txt' }),
    ],
    [
      'by a link of the folder around it',
      (content) => {
        renameSync(join(content, 'media'), join(content, 'other'))
        symlinkSync('../outside', join(content, 'media'))
      },
      fail({ reason: 'link', target: 'media/a.txt' }),
    ],
    [
      'by a link that stays inside',
      (content) => {
        renameSync(join(content, 'media'), join(content, 'other'))
        symlinkSync('other', join(content, 'media'))
      },
      fail({ reason: 'link', target: 'media/a.txt' }),
    ],
    [
      'by a pipe that nobody writes to',
      (content) => {
        rmSync(join(content, 'media/a.txt'))
        spawnSync('mkfifo', [join(content, 'media/a.txt')])
      },
      fail({ reason: 'not-a-file', target: 'media/a.txt' }),
    ],
    [
      'by a file that no memory holds',
      (content) => truncateSync(join(content, 'media/a.txt'), 2 ** 40),
      fail({ reason: 'too-large', bytes: 2 ** 40 }),
    ],
    ['by nothing', (content) => rmSync(join(content, 'media'), { recursive: true }), ok(undefined)],
  ])('is not read: %s', ([, replace, read], { expect }) => {
    const { content, folder } = aPlace()
    expect(folder.files).toEqual(['media/a.txt'])
    expect(`${must(folder.read('media/a.txt', MOST))}`).toBe('ours')
    replace(content)
    expect(folder.read('media/a.txt', MOST)).toEqual(read)
  })
})

describe('a path', () => {
  it.for<[string, string]>([
    ['../outside/a.txt', 'outside-content'],
    ['media/../../outside/a.txt', 'outside-content'],
    ['.env', 'hidden-file'],
    ['.git/config', 'hidden-file'],
    ['media/.a.txt', 'hidden-file'],
    ['./media/a.txt', 'hidden-file'],
    ['media\\a.txt', 'odd-name'],
    ['media/a.txt\u0000.png', 'odd-name'],
    ['media/\ud800.txt', 'odd-name'],
    ['media', 'not-a-file'],
  ])('that leads to no file of ours is refused: %j', ([path, reason], { expect }) => {
    expect(aPlace().folder.read(path, MOST)).toMatchObject(fail({ reason }))
  })

  it('is looked for on the disk only if something was there', ({ expect }) => {
    const { content } = aPlace()
    symlinkSync('../outside', join(content, 'linked'))
    const folder = must(openFolder(content))
    for (const path of ['linked', 'linked/a.txt', 'linked/no.txt'])
      expect(folder.read(path, MOST)).toEqual(fail({ reason: 'link', target: path }))
    writeFileSync(join(content, 'media/late.txt'), 'late')
    expect(folder.read('media/late.txt', MOST)).toEqual(ok(undefined))
  })

  it.for(['media/b.txt', 'media/a.txt/b.txt', 'b.txt'])(
    'gives nothing if nothing is there: %s',
    (path, { expect }) => {
      expect(aPlace().folder.read(path, MOST)).toEqual(ok(undefined))
    },
  )
})
