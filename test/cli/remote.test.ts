import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { loadEdition, reachedBy } from '../../src/edition/edition.ts'
import { formatHead, parseHead } from '../../src/edition/head.ts'
import { SCHEMA, StoredObject } from '../../src/edition/object.ts'
import { objectKey } from '../../src/edition/store.ts'
import { aDeployedProject, type CloudflareApi } from '../support/cloudflare-api.ts'
import { freePort, save } from '../support/command.ts'
import { anArticle, platform, SITE } from '../support/corpus.ts'
import { aStore, type MemoryStore } from '../support/memory-store.ts'
import { publishTo } from '../support/publishing.ts'
import { must } from '../support/results.ts'

const DAY = 86_400
/** wrangler takes a second for every call, and more where others work too. */
const SLOW = { timeout: 600_000 }

describe.concurrent('edgewire publish --remote', SLOW, () => {
  it('publishes through wrangler, head last, waits for the site, and then writes only what is new', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const health = [{ schema: SCHEMA }, { schema: SCHEMA }, { schema: SCHEMA, number: 1 }]
    const { api, folder, base, edgewire } = await aDeployedProject(finished, {}, health)
    expect(await edgewire(['publish', '--wait', base])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /Published edition 1[\s\S]*serves edition 1 after [1-9] s\.\n$/,
      ),
    })
    expect(api.values.has('head')).toBe(true)
    for (const [key, bytes] of api.values) {
      if (key === 'head') continue
      const digest = key.slice('o/'.length)
      for (const [proof, of] of new StoredObject(bytes).proofs(digest))
        expect(platform.digest(proof)).toBe(of)
    }
    expect(api.puts).toHaveLength(2)
    expect(api.puts[1]?.keys).toEqual(['head'])

    const size = api.values.size
    expect((await edgewire(['publish'])).stdout).toContain('Nothing changed: edition 1')
    save(folder, { 'content/second.md': anArticle() })
    const second = await edgewire(['publish'])
    expect(second.stdout).toMatch(/Published edition 2 .*: 2 articles; wrote 9 keys/)
    expect(api.values.size).toBe(size + 8)
  })

  it('says to deploy first if there is no Worker, and to log in if nobody is', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { api, folder, edgewire } = await aDeployedProject(finished)
    api.deployed = false
    expect(await edgewire(['publish'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('run `npx wrangler deploy` first'),
    })
    const nobody = { CLOUDFLARE_API_TOKEN: '', HOME: folder, XDG_CONFIG_HOME: folder }
    expect(await edgewire(['publish'], nobody)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('wrangler is not logged in'),
    })
    expect(api.values.size).toBe(0)
  })

  it('refuses an older Worker and another site’s namespace, before it writes anything', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const older = await aDeployedProject(finished, {}, [{ schema: SCHEMA - 1, number: 1 }])
    expect(await older.edgewire(['publish'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        `reads schema ${SCHEMA - 1}, and this edgewire writes ${SCHEMA}`,
      ),
    })
    expect(older.api.requests).toEqual([])

    const other = await aDeployedProject(finished)
    const timeline = [{ at: 0, number: 1, edition: 'e'.repeat(43) }]
    const site = 'other.example,2026'
    const head = formatHead({ schema: SCHEMA, site, timeline, last: 1, written: 0 })
    other.api.values.set('head', Buffer.from(head))
    expect(await other.edgewire(['publish'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('belongs to the site other.example,2026'),
    })
    expect(other.api.puts).toEqual([])
  })
})

describe.concurrent('the site that publish asks first', SLOW, () => {
  it.for([
    ['a page of another site', '<!doctype html><title>Welcome</title>'],
    ['another service', '{"status":"ok"}'],
    ['a problem document of another service', '{"status":404,"title":"Not Found"}'],
  ])(
    'is not taken for edgewire if it answers with %s',
    async ([, page], { expect, onTestFinished }) => {
      const { edgewire, base } = await aDeployedProject(onTestFinished, {}, [{ page }])
      expect(await edgewire(['publish', '--dry-run'])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Would publish edition 1'),
        stderr: expect.stringContaining(`${base}/health is not answered by edgewire (status 200)`),
      })
    },
  )

  it('may not be there yet: that is said, and nothing is refused', async ({
    expect,
    onTestFinished,
  }) => {
    const gone = `http://127.0.0.1:${await freePort()}`
    const files = { 'content/site.yaml': SITE.replace('https://wire.example.org', gone) }
    const { edgewire } = await aDeployedProject(onTestFinished, files)
    expect(await edgewire(['publish'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`Nobody answers at ${gone} yet`),
    })
  })
})

/** A second namespace, for the Worker of an environment. */
const STAGING = `
[env.staging]
[[env.staging.kv_namespaces]]
binding = "EDGEWIRE"
`

describe.concurrent('the notes of a store', SLOW, () => {
  it('are not believed for another store: a publish cut off in one environment is written whole in the next', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { api, folder, edgewire } = await aDeployedProject(finished)
    appendFileSync(join(folder, 'wrangler.toml'), STAGING)
    const staging = { CLOUDFLARE_ENV: 'staging' }
    const cut = await edgewire(['publish', '--quota', '14', '--spread'], staging)
    expect(cut).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^Wrote 14 keys; missing: 4\./),
    })
    expect(api.ofEnvironment('staging').size).toBe(14)
    expect((await edgewire(['publish'])).stdout).toContain('wrote 18 keys')
    const reached = await reachedIn(api)
    expect([...reached].filter((key) => !api.values.has(key))).toEqual([])
    // The day is the account's, whichever of its namespaces was written to.
    const spent = readFileSync(join(folder, '.edgewire/accounts/account-1/writes-today.json'))
    expect(JSON.parse(spent.toString('utf8'))).toMatchObject({ keys: 32 })
  })
})

describe.concurrent('the clock of the site', SLOW, () => {
  it.for([
    ['publish', 'ahead of', { ahead: -600 }],
    ['rollback', 'behind', { ahead: 600 }],
    ['prune', 'behind', { ahead: 600, kept: 500 }],
  ] as const)(
    'refuses a %s by a clock that is %s it',
    async ([verb, words, skew], { expect, onTestFinished: finished }) => {
      const { api, edgewire } = await aDeployedProject(finished, {}, [{ schema: SCHEMA, ...skew }])
      expect(await edgewire([verb])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          new RegExp(`clock of this machine is \\d+ seconds ${words} that of http`),
        ),
      })
      expect(api.requests).toEqual([])
    },
  )
})

/** Three editions, of which the first is long gone, as they lie in KV. */
async function aged(api: CloudflareApi, now: number): Promise<MemoryStore> {
  const store = aStore()
  for (const [days, title] of [
    [40, 'First'],
    [39, 'Second'],
    [2, 'Third'],
  ] as const)
    await publishTo(store, { 'hello.md': anArticle({ title }) }, now - days * DAY)
  for (const [key, value] of store.values) {
    api.values.set(key, Buffer.from(value))
    api.metadata.set(key, { written: now - 20 * DAY })
  }
  return store
}

describe.concurrent('the deployed KV', SLOW, () => {
  it('has a status, is rolled back, and loses old objects that nothing reaches when it is pruned', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { api, edgewire } = await aDeployedProject(finished)
    const store = await aged(api, Math.floor(Date.now() / 1000))
    expect((await edgewire(['status'])).stdout).toMatch(/^Edition 3 .* of example\.org,2026/)

    const back = await edgewire(['rollback'])
    expect(back.stdout).toContain('Edition 4 is current: it says what edition 2 said.')
    expect(api.puts.map(({ keys }) => keys[0])).toEqual([expect.stringMatching(/^o\//), 'head'])
    const reached = await reachedIn(api)
    const unreached = [...store.values.keys()].filter((key) => key !== 'head' && !reached.has(key))
    const [young = '', unknown = '', ...old] = unreached
    expect(old.length).toBeGreaterThan(1)
    api.metadata.set(young, { written: Math.floor(Date.now() / 1000) - 60 })
    api.metadata.delete(unknown)
    const before = [...api.values.keys()]
    const pruned = await edgewire(['prune', '--days', '1'])
    expect(pruned.stdout).toContain(
      `Removed ${unreached.length - 1} objects. Kept: ${reached.size},`,
    )
    expect(pruned.stdout).toContain('1 unreached are younger than two weeks')
    const gone = before.filter((key) => !api.values.has(key))
    expect(gone.sort()).toEqual([unknown, ...old].sort())
    const pages = api.requests.filter((request) => request.includes('/keys?'))
    expect(pages.some((request) => request.includes('cursor='))).toBe(true)
  })
})

/** The keys that a reader can get to. */
async function reachedIn(api: CloudflareApi): Promise<Set<string>> {
  const head = parseHead(api.values.get('head') ?? new Uint8Array())
  const reached = new Set<string>()
  for (const { edition } of head?.timeline ?? []) {
    const loaded = must(await loadEdition(readerOf(api), edition))
    for (const digest of reachedBy(loaded)) reached.add(objectKey(digest))
  }
  return reached
}

function readerOf({ values }: CloudflareApi): Pick<MemoryStore, 'get' | 'put'> {
  return { get: async (keys) => keys.map((key) => values.get(key)), put: async () => undefined }
}
