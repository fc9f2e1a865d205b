import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { loadEdition, reachedBy } from '../../src/edition/edition.ts'
import { parseHead } from '../../src/edition/head.ts'
import { objectKey } from '../../src/edition/store.ts'
import { refusalOf } from '../../src/machine/store-refusal.ts'
import { aDeployedProject, type CloudflareApi, type Fault } from '../support/cloudflare-api.ts'
import { save } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'
import { must } from '../support/results.ts'

/** Made part of the command: its pauses are noted, and not waited for. wrangler keeps its own. */
const IMPATIENT = `
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'
if (process.argv[1].endsWith('main.ts')) {
  timers.setTimeout = async (time) => appendFileSync('pauses', time / 1000 + ' ')
  syncBuiltinESMExports()
}`
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(IMPATIENT)}`
const SLOW = { timeout: 180_000 }
const PUBLISH = ['publish', '--quota', 'none']

/** Seconds that were not waited for. */
function pausesOf(folder: string): string {
  return readFileSync(join(folder, 'pauses'), 'utf8').trim()
}

/** Keys in the order in which they were written. */
const writtenTo = ({ puts }: CloudflareApi): string[] => puts.flatMap(({ keys }) => keys)

/** What a reader can reach, which has to be there. */
async function reachedIn({ values }: CloudflareApi): Promise<string[]> {
  const head = parseHead(values.get('head') ?? new Uint8Array())
  const get = async (keys: readonly string[]): Promise<(Buffer | undefined)[]> =>
    keys.map((key) => values.get(key))
  const reached: string[] = []
  for (const { edition } of head?.timeline ?? []) {
    const loaded = must(await loadEdition({ get, put: async () => undefined }, edition))
    reached.push(...reachedBy(loaded).map(objectKey))
  }
  return reached
}

const BUSY: Fault = { status: 500, code: 10_013, message: 'workers.api.error.unknown' }
const MANY: Fault = { status: 429, code: 971, message: 'Please wait and consider throttling' }
const HTML: Fault = { status: 503, body: '<html>503 Service Unavailable</html>' }
const CUT: Fault = { status: 200, body: '{"success":true,' }
const SPENT: Fault = {
  status: 429,
  code: 10_048,
  message: 'your account has reached the free usage limit for this operation for today',
}

describe.concurrent('publish --remote over a bad network', SLOW, () => {
  it('asks again, with growing pauses, and moves head last', async ({ expect, onTestFinished }) => {
    const { api, folder, edgewire } = await aDeployedProject(onTestFinished)
    api.faults.get.push(HTML)
    api.faults.put.push(BUSY, MANY, 'unheard', CUT, 'half-answered', undefined, 'half-answered')
    expect(await edgewire(PUBLISH, { NODE_OPTIONS })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Published edition 1'),
    })
    expect(pausesOf(folder)).toBe('1 1 2 4 8 16 1')
    const written = writtenTo(api)
    const before = written.slice(0, written.indexOf('head'))
    const reached = await reachedIn(api)
    expect(reached.length).toBeGreaterThan(5)
    expect(before).toEqual(expect.arrayContaining(reached))
  })

  it('writes keys again that Cloudflare did not take in a write that it calls a success', async ({
    expect,
    onTestFinished,
  }) => {
    const { api, folder, edgewire } = await aDeployedProject(onTestFinished)
    api.faults.put.push('half-taken')
    expect(await edgewire(PUBLISH, { NODE_OPTIONS })).toMatchObject({ code: 0 })
    expect(pausesOf(folder)).toBe('1')
    for (const key of await reachedIn(api)) expect(api.values.has(key)).toBe(true)
  })

  it('gives up after six attempts, and goes on where it stopped, in slices of bytes', async ({
    expect,
    onTestFinished,
  }) => {
    const { api, folder, edgewire } = await aDeployedProject(onTestFinished)
    const files = ['one.zip', 'two.zip', 'three.zip']
    const attachments = `[${files.map((src) => `{ src: ${src} }`)}]`
    save(folder, { 'content/hello.md': anArticle({ attachments }) })
    for (const file of files) save(folder, { [`content/${file}`]: randomBytes(12_000_000) })
    // The first slice gets through; the second one never does.
    api.faults.put.push(undefined, ...Array<Fault>(6).fill('unheard'))
    expect(await edgewire(PUBLISH, { NODE_OPTIONS })).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/could not be reached, in six attempts[\s\S]*fetch failed/),
    })
    expect(pausesOf(folder)).toBe('1 2 4 8 16')
    expect(api.puts).toHaveLength(1)
    expect(api.values.has('head')).toBe(false)

    expect(await edgewire(PUBLISH)).toMatchObject({ code: 0 })
    const written = writtenTo(api)
    expect(new Set(written).size).toBe(written.length)
    expect(written.at(-1)).toBe('head')
    for (const { keys, body, bytes } of api.puts) {
      expect(body).toBeLessThan(100_000_000)
      expect(bytes <= 25 * 1024 * 1024 || keys.length === 1).toBe(true)
    }
    expect(api.puts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(36_000_000)
    expect(written).toEqual(expect.arrayContaining(await reachedIn(api)))
  })

  it('stops at Cloudflare’s own limit, and believes no journal of a namespace made anew', async ({
    expect,
    onTestFinished,
  }) => {
    const { api, edgewire } = await aDeployedProject(onTestFinished)
    api.faults.put.push(undefined, SPENT)
    expect(await edgewire(PUBLISH)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('run it again tomorrow (UTC)'),
    })
    expect(api.values.has('head')).toBe(false)
    const objects = writtenTo(api).length
    api.values.clear()
    expect(await edgewire(PUBLISH)).toMatchObject({ code: 0 })
    expect(writtenTo(api)).toHaveLength(2 * objects + 1)
    await reachedIn(api)
  })

  it('does not ask again if the token is not allowed', async ({ expect, onTestFinished }) => {
    const { api, edgewire } = await aDeployedProject(onTestFinished)
    api.faults.get.push({ status: 403, code: 10_000, message: 'Authentication error' })
    expect(await edgewire(PUBLISH)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Workers KV Storage: Edit'),
    })
    expect(api.requests.filter((request) => request.endsWith('/bulk/get'))).toHaveLength(1)
  })
})

/** wrangler’s words for an answer that says no. */
const no = (note: string, path = '/storage/kv/namespaces/0f500/bulk'): string =>
  `\u001b[31m✘ [ERROR] A request to the Cloudflare API (/accounts/429a${path}) failed.\u001b[0m

  ${note}
  
  If you think this is a bug, please open an issue at: https://github.com/cloudflare/workers-sdk

🪵  Logs were written to "/wrangler-2026-11-23_14-23-500_429.log"`

const malformed = (text: string, end: string): string =>
  `✘ [ERROR] Received a malformed response from the API\n\n  ${text}\n  PUT /accounts/a/bulk -> ${end}`

describe('wrangler’s words', () => {
  it.for([
    ['unreachable', no('workers.api.error.unknown [code: 10013]')],
    ['unreachable', no('internal error [code: 10001]')],
    ['unreachable', no('Please wait and consider throttling your request speed [code: 971]')],
    ['unreachable', no('Too many requests [code: 10429]')],
    ['unreachable', no('')],
    ['unreachable', malformed('<html>', '503 Service Unavailable')],
    ['unreachable', malformed('', '200 OK')],
    ['unreachable', '✘ [ERROR] fetch failed'],
    ['unreachable', '✘ [ERROR] terminated'],
    ['unreachable', "✘ [ERROR] Cannot read properties of null (reading 'success')"],
    ['unreachable', 'Not logged in. … because the Cloudflare auth server could not be reached.'],
    ['refused', no('namespace not found [code: 10013]')],
    ['refused', no('invalid key: 429 of 500 [code: 10033]')],
    ['refused', no('No. [code: 7003]', '/workers/scripts/socket-504/settings')],
    ['too-large', malformed('<html>', '413 Payload Too Large')],
    ['not-allowed', no('Authentication error [code: 10000]')],
    ['not-allowed', no('Invalid access token [code: 9109]')],
    ['not-allowed', no('Unable to authenticate request [code: 10001]')],
    ['not-deployed', no('This Worker does not exist on your account. [code: 10007]')],
    ['not-deployed', '✘ [ERROR] No KV namespace ID found for binding "EDGEWIRE" in the deployed …'],
    ['day-is-spent', no('your account has reached the free usage limit [code: 10048]')],
    [
      'not-logged-in',
      'Could not authenticate … Set a CLOUDFLARE_API_TOKEN … or run `wrangler login`',
    ],
  ])('mean %s (%#)', ([reason, words], { expect }) => {
    expect(refusalOf(words ?? '').reason).toBe(reason)
  })

  it('are shown without colours, logs and advice on wrangler', ({ expect }) => {
    const refusal = refusalOf(no('namespace not found [code: 10013]'))
    expect(refusal).toHaveProperty(
      'detail',
      expect.stringMatching(
        /^✘ \[ERROR\] A request .* failed\.\n\n {2}namespace not found \[code: 10013\]$/,
      ),
    )
  })
})
