import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { isWhole } from '../../src/compile/compile-cache.ts'
import { reachedBy } from '../../src/edition/edition.ts'
import { objectKey } from '../../src/edition/store.ts'
import { openLocalStore } from '../../src/machine/local-store.ts'
import { loadHead, loadTimeline } from '../../src/publish/published.ts'
import { aDeployedProject } from '../support/cloudflare-api.ts'
import { aProject, finished as ended, run, save, start } from '../support/command.ts'
import { anArticle, platform } from '../support/corpus.ts'
import { must } from '../support/results.ts'

const SLOW = { timeout: 300_000 }

/** How many objects the published editions of a local store reach, if all are whole. */
async function objectsIn(folder: string): Promise<number> {
  const store = await openLocalStore(join(folder, '.wrangler/state'))
  try {
    const { head } = must(await loadHead(store, undefined, platform))
    const known = must(await loadTimeline(store, head, Date.now() / 1000))
    const digests = [...new Set(known.editions.flatMap(reachedBy))]
    const values = await store.get(digests.map(objectKey))
    for (const [index, digest] of digests.entries()) {
      const bytes = values[index]
      if (!bytes || !isWhole(bytes, digest, platform)) throw new Error(`${digest} is not whole`)
    }
    return digests.length
  } finally {
    await store.close()
  }
}

describe.concurrent('a deployed namespace', SLOW, () => {
  it('is read in pieces that Cloudflare takes, however large its values', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const articles = Array.from({ length: 12 }, (_, n) => [
      `content/s-${n}.md`,
      anArticle({}, `Text ${n} `.repeat(2000)),
    ])
    const { api, folder, edgewire } = await aDeployedProject(finished, Object.fromEntries(articles))
    expect(await edgewire(['publish', '--quota', 'none'])).toMatchObject({ code: 0 })
    api.mostRead = 300_000
    rmSync(join(folder, '.edgewire'), { recursive: true })
    const site = join(folder, 'content/site.yaml')
    writeFileSync(site, `${readFileSync(site, 'utf8')}copyright: Somebody else\n`)
    expect(await edgewire(['publish', '--quota', 'none'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Published edition 2'),
    })
  })

  it('is the one with an id even if previews have another; a wrong binding is reported', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { api, folder, edgewire } = await aDeployedProject(finished)
    const file = join(folder, 'wrangler.toml')
    const settings = readFileSync(file, 'utf8')
    const binding = 'binding = "EDGEWIRE"'
    const ids = 'id = "namespace-1"\npreview_id = "namespace-2"'
    writeFileSync(file, settings.replace(binding, `${binding}\n${ids}`))
    expect(await edgewire(['publish'])).toMatchObject({ code: 0 })
    expect(api.values.has('head')).toBe(true)
    writeFileSync(file, settings.replace(binding, 'binding = "NEWS"'))
    for (const finish of [edgewire(['publish']), run(['publish'], {}, folder)])
      expect(await finish).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('no KV namespace with the binding EDGEWIRE'),
      })
  })
})

const EMULATED = join(import.meta.dirname, '../../src/machine/emulated-store.ts')

/** Whether wrangler finds something published, as it reads the configuration of a folder. */
async function isFoundByWrangler(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const code = `import { openEmulatedStore } from ${JSON.stringify(EMULATED)}
    const store = await openEmulatedStore(${JSON.stringify(join(folder, '.wrangler/state'))})
    const [head] = await store.get(['head'])
    await store.close()
    process.stdout.write(head ? 'found' : 'nothing')`
  save(folder, { 'ask.mjs': code })
  const child = spawn(process.execPath, ['ask.mjs'], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  const { stdout, stderr } = await ended(child)
  return stdout + stderr
}

const BINDING = 'binding = "EDGEWIRE"'
const STAGING = `[[env.staging.kv_namespaces]]\n${BINDING}\n`

describe.concurrent('a local store', SLOW, () => {
  it.for([
    ['no id', '', {}],
    ['an id', 'id = "0123456789abcdef0123456789abcdef"', {}],
    ['an id, and another for previews', 'id = "namespace-1"\npreview_id = "namespace-2"', {}],
    ['an id for previews only', 'preview_id = "namespace-2"', {}],
    ['an environment', STAGING, { CLOUDFLARE_ENV: 'staging' }],
    ['an environment with an id', `${STAGING}id = "namespace-3"`, { CLOUDFLARE_ENV: 'staging' }],
    ['an environment that is not asked for', `${STAGING}id = "namespace-3"`, {}],
    ['an odd id, for which wrangler is asked', 'id = "a b"', {}],
  ] as const)('lies where wrangler looks for it, with %s', async ([, more, env], { expect }) => {
    const folder = aProject()
    const file = join(folder, 'wrangler.toml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(BINDING, `${BINDING}\n${more}`))
    expect(await run(['publish'], env, folder)).toMatchObject({ code: 0, stderr: '' })
    expect(await isFoundByWrangler(folder, env)).toBe('found')
  })

  it('is published to by several at once, one after the other', async ({ expect }) => {
    const folder = aProject()
    await run(['publish'], {}, folder)
    const many = await Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        save(folder, { [`content/s-${n}.md`]: anArticle({}, `Text ${n}`) })
        return ended(start(['publish'], {}, folder))
      }),
    )
    for (const { code, stdout, stderr } of many) {
      expect(stdout).toMatch(/^(?:Published|Nothing changed:) edition/)
      expect(stderr).toMatch(/^(?:Waiting for another edgewire \(process \d+\), .*\n)?$/)
      expect(code).toBe(0)
    }
    expect((await run(['publish'], {}, folder)).stdout).toContain('Nothing changed')
    expect(await objectsIn(folder)).toBeGreaterThan(10)
  })

  it('stays on this machine, even if the binding is marked as remote', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { api, folder } = await aDeployedProject(finished)
    const file = join(folder, 'wrangler.toml')
    const binding = 'binding = "EDGEWIRE"'
    const remote = `${binding}\nid = "namespace-1"\nremote = true`
    writeFileSync(file, readFileSync(file, 'utf8').replace(binding, remote))
    expect(await run(['publish'], api.env, folder)).toMatchObject({ code: 0 })
    expect(await run(['status'], api.env, folder)).toMatchObject({ code: 0 })
    expect(api.requests).toEqual([])
  })

  it('is not opened in a folder that was removed', async ({ expect }) => {
    const folder = aProject()
    // What a shell does whose folder goes away before the command begins.
    const gone = `import { rmSync } from 'node:fs'; rmSync(process.cwd(), { recursive: true })`
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(gone)}` }
    for (const verb of ['publish', 'status', 'check', 'rollback']) {
      const place = join(folder, verb)
      mkdirSync(place)
      expect(await ended(start([verb], env, place))).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('was removed: go to the one that is there now'),
      })
    }
  })
})
