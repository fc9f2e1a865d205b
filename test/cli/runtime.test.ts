import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { aProject, run } from '../support/command.ts'

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

/** Tells, as its last line on the standard error, every module that a command loads. */
const TELL_MODULES = `import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
process.on('exit', () => process.stderr.write('\\n' + JSON.stringify(loaded)))`

/** The modules that a command loads, which has to end well. */
async function loadedBy(args: readonly string[], cwd?: string): Promise<readonly string[]> {
  const env = {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL_MODULES)}`,
  }
  const { code, stderr } = await run(args, env, cwd)
  const lines = stderr.split('\n')
  if (code !== 0 || lines.length !== 2) throw new Error(`${args.join(' ')}: ${code} ${stderr}`)
  return JSON.parse(lines[1] ?? '')
}

describe('a command', () => {
  it('loads what it needs: help no verb, and no verb but that which is called', async ({
    expect,
  }) => {
    const [help, begin] = await Promise.all([
      loadedBy(['--help']),
      loadedBy(['new', 'A story'], aProject()),
    ])
    const rooms = (urls: readonly string[]): string[] =>
      [...new Set(urls.map((url) => /\/src\/(\w+)\//.exec(url)?.[1] ?? ''))].toSorted()
    expect(rooms(help)).toEqual(['', 'article', 'cli', 'machine', 'markup'])
    // Before verbs were loaded by name, help loaded 477 modules.
    expect(help.length).toBeLessThan(60)
    expect(begin.filter((url) => /\/cli\/(?:new|check|start)\.ts$/.test(url))).toHaveLength(1)
  })

  it('starts no wrangler for what it does on this machine', async ({ expect }) => {
    const folder = aProject()
    for (const verb of ['publish', 'status', 'diff', 'prune']) {
      const loaded = await loadedBy([verb], folder)
      expect(loaded.filter((url) => /\/(?:wrangler|miniflare|chokidar)\//.test(url))).toEqual([])
    }
  })
})
