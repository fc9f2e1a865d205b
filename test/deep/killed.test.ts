import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { aProject, finished, run, save } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

const stories = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [
    `content/story-${index}.md`,
    anArticle({ title: `Story ${index}` }, 'Some words. '.repeat(50)),
  ]),
)

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

/** The objects that an unfinished publish has noted. */
function noted(folder: string): number {
  try {
    const text = readFileSync(join(folder, '.wrangler/state/edgewire-journal'), 'utf8')
    return text.split('\n').filter((line) => line !== '').length
  } catch {
    // Not begun.
    return 0
  }
}

/** Kills a publish as soon as so many objects are noted; says how many there are then. */
async function killedAt(folder: string, objects: number): Promise<number> {
  // A group of its own: whatever outlives who was killed has to go with the test.
  const child = spawn(process.execPath, [MAIN, 'publish'], { cwd: folder, detached: true })
  const end = finished(child)
  // Everything is written within a fraction of a second: `until` would look too seldom.
  while (noted(folder) < objects && child.exitCode === null) await setTimeout(1)
  child.kill('SIGKILL')
  const { code } = await end
  endGroup(child.pid)
  if (code !== null) throw new Error(`It ended before ${objects} objects were noted.`)
  return noted(folder)
}

function endGroup(leader: number | undefined): void {
  try {
    process.kill(-(leader ?? Number.NaN), 'SIGKILL')
  } catch (error) {
    // Nobody is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

describe('a publish that is killed', () => {
  it('changes nothing, and goes on where it stopped', { timeout: 120_000 }, async ({
    expect,
    onTestFinished,
  }) => {
    const [clean, folder] = [aProject(), aProject()]
    onTestFinished(() => {
      for (const one of [clean, folder]) rmSync(one, { recursive: true, force: true })
    })
    const [reference] = await Promise.all(
      [clean, folder].map((one) => run(['--json', 'publish'], {}, one)),
    )
    expect(reference?.code).toBe(0)
    for (const one of [clean, folder]) save(one, stories)
    const whole = JSON.parse((await run(['--json', 'publish'], {}, clean)).stdout)
    const total: number = whole.written.keys
    let before = 0
    const kills = [1, 10, 20, 30, 40]
    for (const objects of kills) {
      const now = await killedAt(folder, Math.max(objects, before + 1))
      expect(now).toBeLessThan(total)
      before = now
      const status = JSON.parse((await run(['--json', 'status'], {}, folder)).stdout)
      expect(status).toMatchObject({ ok: true, edition: { number: 1, counts: { articles: 1 } } })
    }
    const last = JSON.parse((await run(['--json', 'publish'], {}, folder)).stdout)
    expect(last).toMatchObject({ ok: true, edition: { number: 2, counts: { articles: 61 } } })
    expect(last.written.keys + before).toBeLessThanOrEqual(total + kills.length)
    expect(last.written.keys).toBeLessThan(total)
    const again = await run(['publish'], {}, folder)
    expect(again.stdout).toContain('Nothing changed: edition 2')
  })
})
