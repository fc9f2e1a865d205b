import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { StoredObject } from '../../src/edition/object.ts'
import { type CloudflareApi, startCloudflareApi } from '../support/cloudflare-api.ts'
import { aProject, run, save } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

let api: CloudflareApi
let folder: string

beforeEach(async () => {
  api = await startCloudflareApi()
  folder = aProject()
})

afterEach(async () => {
  await api.close()
  rmSync(folder, { recursive: true, force: true })
})

const publish = (env: Record<string, string> = {}): ReturnType<typeof run> =>
  run(['publish', '--remote'], { ...api.env, ...env }, folder)

describe('edgewire publish --remote', () => {
  it('publishes through wrangler, whole bytes and head last, and then only what is new', async ({
    expect,
  }) => {
    const first = await publish()
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('Published edition 1') })
    expect(api.values.has('head')).toBe(true)
    for (const [key, bytes] of api.values) {
      if (key === 'head') continue
      const { header } = new StoredObject(bytes)
      const body = bytes.subarray(bytes.indexOf(10) + 1)
      expect(body.length).toBe(header.parts.reduce((sum, { length }) => sum + length, 0))
    }
    expect(api.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(2)

    const size = api.values.size
    expect((await publish()).stdout).toContain('Nothing changed: edition 1')
    save(folder, { 'content/second.md': anArticle() })
    expect((await publish()).stdout).toMatch(/Published edition 2 .*: 2 articles; wrote 7 keys/)
    expect(api.values.size).toBe(size + 6)
  })

  it('says to deploy first where there is no Worker, and to log in where nobody is', async ({
    expect,
  }) => {
    api.deployed = false
    expect(await publish()).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('run `npx wrangler deploy` first'),
    })
    const anonymous = await publish({
      CLOUDFLARE_API_TOKEN: '',
      HOME: folder,
      XDG_CONFIG_HOME: folder,
    })
    expect(anonymous).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('wrangler is not logged in'),
    })
    expect(api.values.size).toBe(0)
  })
})
