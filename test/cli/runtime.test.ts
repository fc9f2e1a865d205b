import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** The check as a Node of some version sees it. */
function checkedBy(version: string, file = 'runtime.js', ...verb: string[]) {
  const old = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`
  const args = ['--import', old, join(ROOT, 'src/cli', file), ...verb]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('the runtime', () => {
  it.for(['20.20.2', '22.12.0'])(
    'is refused in one sentence if it is too old (%s)',
    (version, { expect }) => {
      const { status, stderr } = checkedBy(version)
      expect(status).toBe(1)
      expect(stderr.trim().split('\n')).toEqual([
        expect.stringContaining(`runs on ${version}: run \`npm ci\` again`),
      ])
    },
  )

  it.for(['22.18.0', '24.21.0', '26.0.0'])(
    'is accepted if it is new enough (%s)',
    (version, { expect }) => {
      expect(checkedBy(version)).toEqual({ status: 0, stdout: '', stderr: '' })
    },
  )

  it('is checked before every script, and by the command itself', ({ expect }) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    for (const script of ['test', 'test:deep', 'bench'])
      expect(scripts[script]).toMatch(/^node src\/cli\/runtime\.js && /)
    // One process: what is told to end has nothing behind it that goes on.
    for (const script of ['start', 'edgewire'])
      expect(scripts[script]).toMatch(/^node src\/cli\/edgewire\.js(?: start)?$/)
    const { status, stdout, stderr } = checkedBy('20.20.2', 'edgewire.js', 'check')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^edgewire needs Node .*\n$/)
    const json = checkedBy('20.20.2', 'edgewire.js', 'check', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ failure: { reason: 'old-runtime' } })
  })
})
