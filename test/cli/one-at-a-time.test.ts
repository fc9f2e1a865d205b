import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { openJournal } from '../../src/machine/journal.ts'
import { holderOf, takeLock, waitForLock } from '../../src/machine/lock.ts'
import { fail } from '../../src/markup/result.ts'
import { until } from '../support/command.ts'
import { NOW, platform } from '../support/corpus.ts'
import { must } from '../support/results.ts'

const folder = mkdtempSync(join(tmpdir(), 'edgewire-notes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LOCK = join(import.meta.dirname, '../../src/machine/lock.ts')

/** A process that takes a lock and lives until it is killed. */
function aHolder(file: string): ReturnType<typeof spawn> {
  const code = `import { takeLock } from ${JSON.stringify(LOCK)}
    takeLock(${JSON.stringify(file)}, 'http://localhost:1')
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' })
}

describe('a lock', () => {
  it('has one holder, who is named to others, until it is released', ({ expect }) => {
    const file = join(folder, 'one.json')
    const taken = must(takeLock(file, 'http://localhost:8787'))
    const holder = { pid: process.pid, base: 'http://localhost:8787' }
    expect(takeLock(file)).toEqual(fail(holder))
    expect(holderOf(file)).toEqual(holder)
    taken.release()
    expect(holderOf(file)).toBeUndefined()
  })

  it('is not held by the process that the file names, even if that is alive', ({ expect }) => {
    const file = join(folder, 'recycled.json')
    writeFileSync(file, JSON.stringify({ pid: process.ppid, base: 'http://localhost:1' }))
    expect(holderOf(file)).toBeUndefined()
    const taken = must(takeLock(file))
    taken.release()
  })

  it('is taken and held although its file is not empty', ({ expect }) => {
    const file = join(folder, 'garbled.json')
    writeFileSync(`${file}.lock`, new Uint8Array(5000).fill(7))
    const taken = must(takeLock(file))
    expect(holderOf(file)).toMatchObject({ pid: process.pid })
    taken.release()
  })

  it('is free when its holder was killed, and goes to one of many who wait', async ({ expect }) => {
    const file = join(folder, 'dead.json')
    const child = aHolder(file)
    await until(() => holderOf(file)?.base !== undefined, 'the lock is taken')
    const told: unknown[] = []
    let inside = 0
    let most = 0
    const waiting = Array.from({ length: 4 }, async () => {
      const taken = must(await waitForLock(file, 60_000, (holder) => told.push(holder)))
      inside += 1
      most = Math.max(most, inside)
      await Promise.resolve()
      inside -= 1
      taken.release()
    })
    child.kill('SIGKILL')
    await Promise.all(waiting)
    expect(told).toEqual(Array(4).fill({ pid: child.pid, base: 'http://localhost:1' }))
    expect(most).toBe(1)
  })

  it('is waited for only for a while, and then names its holder', async ({ expect }) => {
    const file = join(folder, 'given-up.json')
    const taken = must(takeLock(file))
    const late = await waitForLock(file, 1, () => undefined)
    expect(late).toEqual(fail({ pid: process.pid }))
    taken.release()
  })
})

describe('a journal', () => {
  const digests = ['a', 'b', 'c'].map((text) => platform.digest(Buffer.from(text)))
  const noted = digests.map((digest) => ({ digest, written: NOW }))

  it('returns its notes without the lines that are cut off or garbled', ({ expect }) => {
    const file = join(folder, 'store-1/journal')
    const journal = openJournal(file)
    journal.add(digests, NOW)
    expect(journal.read()).toEqual(noted)
    const text = readFileSync(file, 'utf8')
    for (let length = 0; length < text.length; length += 7) {
      writeFileSync(file, text.slice(0, length))
      expect(noted.slice(0, journal.read().length)).toEqual(journal.read())
      journal.add(digests.slice(2), NOW)
      expect(journal.read().at(-1)).toEqual(noted[2])
    }
    for (let place = 1; place < text.length - 1; place += 5) {
      const garbled = `${text.slice(0, place)}${text[place] === 'x' ? 'y' : 'x'}${text.slice(place + 1)}`
      writeFileSync(file, garbled)
      expect(noted).toEqual(expect.arrayContaining([...journal.read()]))
      expect(journal.read().length).toBeLessThan(3)
    }
    journal.close()
    expect(journal.read()).toEqual([])
  })

  it('is not believed for any store but the one that it was written for', ({ expect }) => {
    const [one, other] = [join(folder, 'store-2/journal'), join(folder, 'store-3/journal')]
    openJournal(one).add(digests, NOW)
    openJournal(other).add([], NOW)
    writeFileSync(other, readFileSync(one))
    expect(openJournal(other).read()).toEqual([])
    expect(openJournal(undefined).read()).toEqual([])
  })
})
