/** The folder of a mirror, in which others may have put what they like. */

import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { runPull } from '../../src/cli/pull.ts'
import type { Outcome } from '../../src/machine/outcome.ts'
import { aProject, finished, start, until } from '../support/command.ts'
import { type Answering, anItem, aScriptedSite, cursor, sayPage } from '../support/scripted-site.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

/** The file that the lock is on: it stays. */
const LOCK = '.edgewire.pull.lock'

type Scene = {
  /** Beside the mirror: what nobody may touch. */
  readonly outside: string
  readonly victim: string
  readonly mirror: string
  readonly answers: Answering[]
  readonly asked: readonly string[]
  readonly base: string
  readonly pull: () => Promise<Outcome>
}

async function aScene(always?: Answering): Promise<Scene> {
  const { base, asked, answers } = await aScriptedSite(always)
  const folder = aProject()
  const [outside, mirror] = [join(folder, 'outside'), join(folder, 'mirror')]
  const victim = join(outside, 'victim.json')
  mkdirSync(outside)
  writeFileSync(victim, 'precious')
  const changes = `${base}/changes.json`
  return {
    outside,
    victim,
    mirror,
    answers,
    asked,
    base,
    pull: () => runPull({ changes, folder: mirror }),
  }
}

const telling = (...ids: string[]): Answering => sayPage({ items: ids.map((id) => anItem(id)) })
const reasonOf = ({ data }: Outcome): unknown =>
  (data['failure'] as { reason: string } | undefined)?.reason

function filesIn(folder: string): string[] {
  return readdirSync(folder).sort()
}

/** A state as a pull notes it, but for what is said. */
function noteOf({ base }: Scene, more: object): string {
  const changes = `${base}/changes.json`
  return JSON.stringify({ changes, next: `${changes}?since=${cursor(1)}`, ...more })
}

describe('the folder of a mirror', () => {
  it.for(['a.json', '.edgewire.json', '.edgewire.part', '.edgewire.pull'])(
    'is not written through a link called %s',
    async (name, { expect }) => {
      for (const target of ['victim.json', 'not-there']) {
        const scene = await aScene(telling('a'))
        const { mirror, outside, victim, pull } = scene
        mkdirSync(mirror)
        writeFileSync(join(mirror, '.edgewire.json'), noteOf(scene, {}))
        rmSync(join(mirror, name), { force: true })
        symlinkSync(join(outside, target), join(mirror, name))
        const outcome = await pull()
        expect(outcome).toMatchObject({
          exit: 'refused',
          data: { failure: { reason: 'foreign-file' } },
        })
        expect(outcome.words).toContain(join(mirror, name))
        expect(lstatSync(join(mirror, name)).isSymbolicLink()).toBe(true)
        expect([filesIn(outside), readFileSync(victim, 'utf8')]).toEqual([
          ['victim.json'],
          'precious',
        ])
      }
    },
  )

  it('opens no pipe, and takes no folder for a file', async ({ expect }) => {
    const { mirror, answers, pull } = await aScene()
    answers.push(telling('first'), telling())
    await pull()
    spawnSync('bash', ['-c', 'mkfifo "$0"', join(mirror, 'pipe.json')])
    mkdirSync(join(mirror, 'folder.json'))
    for (const id of ['pipe', 'folder']) {
      answers.push(telling('good', id))
      expect(reasonOf(await pull())).toBe('foreign-file')
    }
    // A page is taken in whole, or not at all.
    expect(filesIn(mirror)).toEqual([
      '.edgewire.json',
      LOCK,
      'first.json',
      'folder.json',
      'pipe.json',
    ])
  })

  it('is not exchanged for a folder that is put into its place', async ({ expect }) => {
    const { base, mirror, outside, answers, pull } = await aScene()
    const next = `${base}/changes.json?since=0&to=${cursor(1)}&after=a`
    answers.push(sayPage({ items: [anItem('a')], next }), (response, request) => {
      renameSync(mirror, `${mirror}-moved`)
      symlinkSync(outside, mirror)
      telling('b')(response, request)
    })
    writeFileSync(join(outside, '.edgewire.pull'), '')
    expect(reasonOf(await pull())).toBe('folder-replaced')
    expect(filesIn(outside)).toEqual(['.edgewire.pull', 'victim.json'])
  })

  it('may be a link itself, as the operator chose', async ({ expect }) => {
    const { mirror, outside, answers, pull } = await aScene()
    const real = join(outside, 'real')
    mkdirSync(real)
    symlinkSync(real, mirror)
    answers.push(telling('a'), telling())
    expect((await pull()).exit).toBe('done')
    expect(filesIn(real)).toEqual(['.edgewire.json', LOCK, 'a.json'])
  })

  it('keeps what its owner put into it', async ({ expect }) => {
    const { mirror, answers, pull } = await aScene()
    answers.push(telling('a', 'b'), telling())
    await pull()
    const notes = join(mirror, 'notes.json')
    writeFileSync(notes, '{"mine":true}')
    writeFileSync(join(mirror, 'b.json'), 'mine too')
    // Everything is walked again, and names none of them.
    writeFileSync(join(mirror, '.edgewire.json'), 'damaged')
    answers.push(telling(), telling())
    const outcome = await pull()
    expect(outcome).toMatchObject({ exit: 'done', data: { gone: 1, restarted: true } })
    expect(outcome.words).toContain('damaged')
    expect(filesIn(mirror)).toEqual(['.edgewire.json', LOCK, 'b.json', 'notes.json'])
    const names = { items: [anItem('notes')] }
    const removes = { said: { removed: [{ id: 'x', article: 'notes' }] } }
    for (const page of [names, removes]) {
      answers.push(sayPage(page))
      expect(reasonOf(await pull())).toBe('foreign-file')
      expect(readFileSync(notes, 'utf8')).toBe('{"mine":true}')
    }
  })

  it.for([
    [
      'a place to go on elsewhere',
      { next: 'http://127.0.0.1:1/changes.json?since=0' },
      'other-site',
    ],
    ['a file to go on', { next: 'file:///etc/passwd?since=0' }, 'no-way'],
    ['a place that asks nothing', { next: 'http://127.0.0.1/changes.json' }, undefined],
    ['a cursor that is none', { next: 'http://127.0.0.1/?since=x' }, undefined],
    ['a path to remove', { unseen: ['../outside/victim'] }, undefined],
    ['a tag of two lines', { etag: '"a"\r\nX-Evil: 1' }, undefined],
    ['numbers for words', { next: 1 }, undefined],
  ] as const)('does not believe a note with %s', async ([, more, reason], { expect }) => {
    const scene = await aScene(telling())
    const { mirror, victim, asked, pull } = scene
    mkdirSync(mirror)
    writeFileSync(join(mirror, '.edgewire.json'), noteOf(scene, more))
    const outcome = await pull()
    expect(reasonOf(outcome)).toBe(reason)
    expect(readFileSync(victim, 'utf8')).toBe('precious')
    expect(asked[0]).toBe(reason ? undefined : '/changes.json?since=0')
    expect(outcome.data['restarted']).toBe(reason ? undefined : true)
  })

  it('is refused if it is no mirror of the site, and left as it was', async ({ expect }) => {
    const { mirror, pull, asked } = await aScene()
    mkdirSync(mirror)
    writeFileSync(join(mirror, 'a.json'), '{}')
    expect(reasonOf(await pull())).toBe('other-folder')
    expect(filesIn(mirror)).toEqual(['a.json'])
    const other = '{"changes":"http://127.0.0.1/changes.json","next":"http://127.0.0.1/?since=0"}'
    writeFileSync(join(mirror, '.edgewire.json'), other)
    expect(reasonOf(await pull())).toBe('other-folder')
    expect(filesIn(mirror)).toEqual(['.edgewire.json', LOCK, 'a.json'])
    expect(asked).toEqual([])
  })

  it('is refused if a file is there, or a link to nothing', async ({ expect }) => {
    for (const make of [
      (path: string) => writeFileSync(path, ''),
      (path: string) => symlinkSync(`${path}-not-there`, path),
      (path: string) => symlinkSync(path, path),
    ]) {
      const { mirror, pull } = await aScene()
      make(mirror)
      expect(reasonOf(await pull())).toBe('no-folder')
    }
  })

  it('has one pull at a time, and outlives one that was killed', async ({ expect }) => {
    const { base, mirror, answers, asked, pull } = await aScene()
    answers.push(() => undefined)
    const first = start(['pull', base, mirror])
    await until(() => asked.length === 1, 'the first pull asks')
    const second = await pull()
    expect(second).toMatchObject({ exit: 'unfinished', data: { failure: { reason: 'busy' } } })
    expect(second.words).toContain(`${first.pid}`)
    expect(asked).toHaveLength(1)
    first.kill('SIGKILL')
    await finished(first)
    answers.push(telling('a'), telling())
    expect((await pull()).exit).toBe('done')
    expect(filesIn(mirror)).toEqual(['.edgewire.json', LOCK, 'a.json'])
  })

  it('is whole after a full disk, and goes on', async ({ expect }) => {
    const { base, mirror, answers, pull } = await aScene()
    const next = `${base}/changes.json?since=0&to=${cursor(1)}&after=a`
    const large = anItem('large', { content_html: 'x'.repeat(40_000) })
    const second = sayPage({ items: [anItem('b'), large] })
    answers.push(sayPage({ items: [anItem('a')], next }), second)
    const line = `ulimit -f 16; exec "$0" "$1" pull ${base} "$2"`
    const cramped = await finished(spawn('bash', ['-c', line, process.execPath, MAIN, mirror]))
    expect(cramped).toMatchObject({ code: 3, stderr: expect.stringMatching(/^The disk is full/) })
    const left = JSON.parse(readFileSync(join(mirror, '.edgewire.json'), 'utf8'))
    expect(left.next).toBe(next)
    expect(existsSync(join(mirror, 'large.json'))).toBe(false)
    expect(existsSync(join(mirror, '.edgewire.part'))).toBe(false)
    answers.push(second, telling())
    expect((await pull()).exit).toBe('done')
    expect(filesIn(mirror)).toEqual(['.edgewire.json', LOCK, 'a.json', 'b.json', 'large.json'])
  })
})
