import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lintFromString, loadConfig } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { TrieRouter } from 'hono/router/trie-router'
import openapiTS from 'openapi-typescript'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { createApp } from '../../src/worker/app.ts'
import { Isolate } from '../../src/worker/isolate.ts'
import { bindingsOver } from '../support/bindings.ts'
import { anArticle, NOW, SITE as YAML } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { edgeCache, openIsolate } from '../support/model-kv.ts'
import { publishTo } from '../support/publishing.ts'
import { textOf } from '../support/unpacked.ts'

const ROOT = join(import.meta.dirname, '../..')
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')

/** A partner that knows of a site what its description says, and nothing else. */
const CLIENT = `
import createClient from 'openapi-fetch'
import type { paths } from './contract.js'

export async function walk(fetch: (request: Request) => Promise<Response>) {
  const client = createClient<paths>({ baseUrl: 'https://wire.example.org', fetch: (input, init) => fetch(new Request(input, init)) })
  const { error } = await client.GET('/changes.json', { params: { query: { since: 'x' } } })
  const ids: string[] = []
  let query: { since?: string, to?: string, after?: string } = { since: '0' }
  for (;;) {
    const { data } = await client.GET('/changes.json', { params: { query } })
    if (!data) throw new Error('nothing')
    for (const item of data.items) ids.push(item._edgewire.id)
    if (data.next_url === undefined)
      return { ids: ids.sort(), refused: error?.reason, isCaughtUp: data._edgewire.caught_up }
    query = Object.fromEntries(new URL(data.next_url).searchParams)
  }
}
`

type Described = { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }
type Description = {
  readonly openapi: string
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>
    readonly responses: Readonly<Record<string, Described>>
  }
  readonly paths: Readonly<Record<string, { get: { responses: Record<string, object> } }>>
}

const FILES = {
  'site.yaml': `${YAML}feeds:\n  picked: { title: Picked, filter: { tags: [osce] }, archives: true }\n`,
  'hello.md': anArticle({ section: 'world', tags: '[osce]', language: 'pl' }, '![x](x.png)'),
  'old.md': anArticle({ published: '2025-01-01T00:00:00Z', authors: '[desk]', tags: '[osce]' }),
  'bad.md': anArticle({ status: 'retracted', reason: 'Wrong.' }),
  'x.png': new Uint8Array([1, 2, 3]),
}

type Ask = (address: string, headers?: Readonly<Record<string, string>>) => Promise<Response>

async function aSite(): Promise<Ask> {
  const store = aStore()
  await publishTo(store, { ...FILES, 'bad.md': anArticle() }, NOW - 60)
  await publishTo(store, FILES, NOW)
  vi.setSystemTime(NOW * 1000)
  const bindings = bindingsOver((key) => store.values.get(key))
  const isolate = openIsolate(bindings, edgeCache())
  return async (address, headers) => {
    const response = await isolate.get(address, headers)
    const { status, headers: said } = response
    return new Response((await textOf(response)) || null, { status, headers: said })
  }
}

/** Addresses of what is there, and is not, for every described path. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  kind: ['tags', 'feeds', 'authors', 'sections', 'languages'],
  name: ['osce', 'picked', 'desk', 'world', 'pl', 'nothing'],
  period: ['2025-01', '2099-01'],
  id: ['hello', 'bad', 'nothing'],
  digest: ['x'.repeat(43)],
}

function samplesOf(path: string): string[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? []
  if (name === undefined) return [path]
  return (NAMES[name] ?? []).flatMap((value) => samplesOf(path.replace(`{${name}}`, value)))
}

/** Holds answers against the description, with a validator that is not ours. */
class Judge {
  readonly seen = new Set<string>()
  readonly #description: Description
  readonly #ajv = new Ajv2020()

  constructor(description: Description) {
    this.#description = description
  }

  addresses(): [path: string, address: string][] {
    return Object.keys(this.#description.paths).flatMap((path) =>
      samplesOf(path).map((address): [string, string] => [path, address]),
    )
  }

  /** Status and type are described. */
  check(path: string, response: Response): Response {
    const described = this.#described(path, response)
    if (!described) throw new Error(`${path} answers ${response.status}`)
    const [mediaType] = Object.keys(described.content ?? {})
    if (mediaType !== '*/*' && (mediaType ?? '') !== typeOf(response))
      throw new Error(`${path} is ${typeOf(response)} and not ${mediaType}`)
    return response
  }

  /** And so is what the answer says. */
  async read(path: string, response: Response): Promise<void> {
    const described = this.#described(path, this.check(path, response))
    const schema = described?.content?.[typeOf(response)]?.schema as { $ref: string } | undefined
    const name = schema?.$ref.split('/').at(-1)
    if (name === undefined) return
    this.validate(name, await response.json())
    this.seen.add(`${response.status} ${name}`)
  }

  validate(name: string, value: unknown): void {
    const schema = this.#description.components.schemas[name]
    if (!schema) throw new Error(`There is no schema ${name}.`)
    const validate = this.#ajv.compile(schema)
    if (!validate(value)) throw new Error(JSON.stringify([value, validate.errors]))
  }

  #described(path: string, { status }: Response): Described | undefined {
    const said = this.#description.paths[path]?.get.responses[status]
    if (!said || !('$ref' in said)) return said
    return this.#description.components.responses[String(said.$ref).split('/').at(-1) ?? '']
  }
}

function typeOf(response: Response): string {
  return (response.headers.get('Content-Type') ?? '').replace(/;.*$/, '')
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('/openapi.json', () => {
  it('describes every route of the Worker, and no other', async ({ expect }) => {
    const description: Description = await (await (await aSite())('/openapi.json')).json()
    expect(description.openapi).toMatch(/^3\.1\./)
    const router = new TrieRouter<string>()
    const routes = createApp(new Isolate(edgeCache())).routes.filter(
      ({ method }) => method === 'GET',
    )
    for (const { path } of routes) router.add('GET', path, path)
    const reached = Object.keys(description.paths).map((path) => {
      const matched = samplesOf(path).map((sample) => router.match('GET', sample)[0].length)
      expect(Math.min(...matched), path).toBeGreaterThan(0)
      return router.match('GET', samplesOf(path)[0] ?? '')[0].map(([route]) => route)
    })
    expect([...new Set(reached.flat())].toSorted()).toEqual(
      routes.map(({ path }) => path).toSorted(),
    )
  })

  it('is true of every answer: its status, its type, and its schema', async ({ expect }) => {
    const ask = await aSite()
    const judge = new Judge(await (await ask('/openapi.json')).json())
    for (const [path, address] of judge.addresses()) {
      const tag = judge.check(path, await ask(address)).headers.get('ETag') ?? '"x"'
      await judge.read(path, await ask(address))
      judge.check(path, await ask(address, { 'If-None-Match': tag }))
      await judge.read(path, await ask(address, { 'If-Match': '"x"' }))
      if (!path.endsWith('changes.json')) continue
      for (const since of ['0', 'x', `1-${'a'.repeat(43)}`])
        await judge.read(path, await ask(`${address}?since=${since}`))
    }
    expect([...judge.seen].toSorted()).toEqual([
      '200 Changes',
      '200 Health',
      '200 JsonFeed',
      '400 Problem',
      '404 Problem',
      '410 Problem',
      '412 Problem',
    ])
    // The validator would notice.
    expect(() => judge.validate('Changes', { version: 'x' })).toThrow('required')
  })

  it('has nothing that Redocly’s linter finds', async ({ expect }) => {
    const source = await (await (await aSite())('/openapi.json')).text()
    const config = await loadConfig({ configPath: join(ROOT, 'redocly.yaml') })
    const lint = async (text: string) =>
      (await lintFromString({ source: text, config })).map(
        ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`,
      )
    expect(await lint(source)).toEqual([])
    // The linter would notice.
    const broken = source.replace('"operationId":"getChanges"', '"operationId":"getHealth"')
    expect(await lint(broken)).not.toEqual([])
  })

  it('is enough to make a client of it, which compiles, and walks the changes', async ({
    expect,
  }) => {
    const ask = await aSite()
    const types = await openapiTS(await (await ask('/openapi.json')).json())
    const folder = join(ROOT, 'node_modules/.cache/edgewire-client')
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'contract.d.ts'), types)
    writeFileSync(join(folder, 'client.ts'), CLIENT)
    const compile = () =>
      spawnSync(
        process.execPath,
        [
          TSC,
          '--ignoreConfig',
          '--strict',
          '--skipLibCheck',
          '--module',
          'nodenext',
          '--target',
          'esnext',
          'client.ts',
        ],
        { cwd: folder, encoding: 'utf8' },
      )
    expect(compile()).toMatchObject({ stdout: '', status: 0 })
    const { walk } = (await import(/* @vite-ignore */ join(folder, 'client.js'))) as {
      walk: (fetch: (request: Request) => Promise<Response>) => Promise<unknown>
    }
    const walked = await walk(({ url, headers }) =>
      ask(url.slice('https://wire.example.org'.length), Object.fromEntries(headers)),
    )
    expect(walked).toEqual({ ids: ['hello', 'old'], refused: 'invalid-cursor', isCaughtUp: true })
    // The compiler would notice.
    writeFileSync(join(folder, 'client.ts'), CLIENT.replace("'/changes.json'", "'/change.json'"))
    expect(compile().status).not.toBe(0)
  })

  it('does not change when an article is published', async ({ expect }) => {
    const store = aStore()
    await publishTo(store, FILES, NOW - 60)
    const before = [...store.values.values()].filter(isDescription)
    await publishTo(store, { ...FILES, 'new.md': anArticle() }, NOW)
    const after = [...store.values.values()].filter(isDescription)
    expect(before).toHaveLength(1)
    expect(after).toHaveLength(1)
  })
})

/** The object whose header says that its part is JSON. */
function isDescription(bytes: Uint8Array): boolean {
  return new TextDecoder()
    .decode(bytes.subarray(0, 400))
    .includes('"media_type":"application/json"')
}
