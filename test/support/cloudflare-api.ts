/** A small stand-in for Cloudflare's API, on loopback: the routes that wrangler's KV commands call. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SCHEMA } from '../../src/edition/object.ts'
import { aProject, type Finished, run } from './command.ts'
import { type Files, SITE } from './corpus.ts'

/** What wrangler asks for: where the namespace is, some values, to write, to list, to remove. */
export type Question = 'settings' | 'get' | 'put' | 'list' | 'remove'

/**
 * What goes wrong with a request. `unheard`: the connection ends before it is dealt with;
 * `half-answered`: it is dealt with, and the connection ends within the answer. `half-taken`: a bulk
 * write is a success, but for every other key.
 */
export type Fault =
  | 'unheard'
  | 'half-answered'
  | 'half-taken'
  | { readonly status: number; readonly body: string }
  | { readonly status: number; readonly code: number; readonly message: string }

export type CloudflareApi = {
  readonly env: Record<string, string>
  /** Of the namespace of the Worker; `ofEnvironment` has that of an environment's Worker. */
  readonly values: Map<string, Buffer>
  readonly ofEnvironment: (name: string) => Map<string, Buffer>
  /** What was noted beside a value. */
  readonly metadata: Map<string, unknown>
  readonly requests: string[]
  /** Bulk writes that were taken, in order: their keys, and the bytes of the body and its values. */
  readonly puts: { readonly keys: readonly string[]; body: number; bytes: number }[]
  /** The next requests of a kind meet these faults, one each; undefined is none. */
  readonly faults: Record<Question, (Fault | undefined)[]>
  /** Whether the Worker is deployed, which is where wrangler learns the namespace's id. */
  deployed: boolean
  /** Bytes of values that a bulk read may bring. */
  mostRead: number
  readonly close: () => Promise<void>
}

type Answer = { status: number; result?: unknown; cursor?: string; code?: number; message?: string }
type Pair = { key: string; value: string; base64?: boolean; metadata?: unknown }

/** Keys on a page of the list. */
const PAGE = 10
const NAMESPACE = 'namespace-1'
/** What is asked, and of which Worker or namespace. */
const QUESTIONS: readonly (readonly [asked: RegExp, Question])[] = [
  [/^GET \/workers\/scripts\/([\w-]+)\/settings$/, 'settings'],
  [/^POST \/storage\/kv\/namespaces\/([\w-]+)\/bulk\/get$/, 'get'],
  [/^PUT \/storage\/kv\/namespaces\/([\w-]+)\/bulk$/, 'put'],
  [/^GET \/storage\/kv\/namespaces\/([\w-]+)\/keys$/, 'list'],
  [/^DELETE \/storage\/kv\/namespaces\/([\w-]+)\/bulk$/, 'remove'],
]

/** The namespace of a Worker, by its name: `edgewire`, or `edgewire-staging` of an environment. */
function namespaceOf(worker: string): string {
  return worker.replace(/^edgewire/, NAMESPACE)
}

/** What is asked of a Worker or of a namespace; undefined if nobody here answers that. */
function parseAsked(
  asked: string,
): { readonly question: Question; readonly of: string } | undefined {
  for (const [pattern, question] of QUESTIONS) {
    const of = pattern.exec(asked)?.[1]
    if (of !== undefined) return { question, of }
  }
  return undefined
}

type Query = {
  readonly body: string
  readonly search: URLSearchParams
  readonly fault: Fault | undefined
  /** The Worker that is asked about, or the namespace. */
  readonly of: string
}

export async function startCloudflareApi(): Promise<CloudflareApi> {
  const namespaces = new Map<string, Map<string, Buffer>>()
  const valuesOf = (namespace: string): Map<string, Buffer> => {
    const values = namespaces.get(namespace) ?? new Map<string, Buffer>()
    namespaces.set(namespace, values)
    return values
  }
  const metadata = new Map<string, unknown>()
  const requests: string[] = []
  const puts: CloudflareApi['puts'] = []
  const faults: CloudflareApi['faults'] = { settings: [], get: [], put: [], list: [], remove: [] }
  const state = { deployed: true, mostRead: 25 * 1024 * 1024 }
  const answers: Record<Question, (query: Query) => Answer> = {
    settings: ({ of }) => {
      const id = namespaceOf(of)
      const bindings = [{ type: 'kv_namespace', name: 'EDGEWIRE', namespace_id: id }]
      return state.deployed ? { status: 200, result: { bindings } } : { status: 404, code: 10_007 }
    },
    get: ({ body, of }) => {
      const { keys } = JSON.parse(body) as { keys: string[] }
      const values = valuesOf(of)
      const size = keys.reduce((sum, key) => sum + (values.get(key)?.length ?? 0), 0)
      const message = 'Total size of request exceeds the limit of 25MB'
      if (size > state.mostRead) return { status: 413, code: 10_000, message }
      const found = keys.map((key) => [key, values.get(key)?.toString('utf8') ?? null])
      return { status: 200, result: { values: Object.fromEntries(found) } }
    },
    put: ({ body, fault, of }) => {
      const values = valuesOf(of)
      const sent = JSON.parse(body) as Pair[]
      const pairs = fault === 'half-taken' ? sent.filter((_one, n) => n % 2 === 0) : sent
      const left = sent.filter((pair) => !pairs.includes(pair)).map(({ key }) => key)
      let bytes = 0
      for (const { key, value, base64, metadata: noted } of pairs) {
        const content = Buffer.from(value, base64 ? 'base64' : 'utf8')
        bytes += content.length
        values.set(key, content)
        metadata.set(key, noted)
      }
      puts.push({ keys: pairs.map(({ key }) => key), body: body.length, bytes })
      return {
        status: 200,
        result: { successful_key_count: pairs.length, unsuccessful_keys: left },
      }
    },
    list: ({ search, of }) => {
      const values = valuesOf(of)
      const from = Number(search.get('cursor') ?? 0)
      const keys = [...values.keys()]
        .sort()
        .filter((key) => key.startsWith(`${search.get('prefix')}`))
      const result = keys
        .slice(from, from + PAGE)
        .map((name) => ({ name, metadata: metadata.get(name) }))
      return { status: 200, result, cursor: from + PAGE < keys.length ? `${from + PAGE}` : '' }
    },
    remove: ({ body, of }) => {
      for (const key of JSON.parse(body) as string[]) valuesOf(of).delete(key)
      return { status: 200, result: {} }
    },
  }
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '', 'http://localhost')
    const asked = `${request.method} ${url.pathname.replace(/^.*\/accounts\/account-1/, '')}`
    requests.push(asked + url.search)
    const found = parseAsked(asked)
    const fault = found && faults[found.question].shift()
    if (fault && fault !== 'half-answered' && fault !== 'half-taken') return fail(response, fault)
    const answer = found
      ? answers[found.question]({ body, search: url.searchParams, fault, of: found.of })
      : { status: 404, code: 7003 }
    const text = textOf(answer)
    if (fault !== 'half-answered') return say(response, answer.status, text)
    response.writeHead(200, { 'Content-Length': text.length })
    response.write(text.slice(0, text.length / 2), () => response.destroy())
  })
  const port = await listen(server)
  return {
    values: valuesOf(NAMESPACE),
    ofEnvironment: (name) => valuesOf(namespaceOf(`edgewire-${name}`)),
    metadata,
    requests,
    puts,
    faults,
    get deployed() {
      return state.deployed
    },
    set deployed(deployed) {
      state.deployed = deployed
    },
    get mostRead() {
      return state.mostRead
    },
    set mostRead(bytes) {
      state.mostRead = bytes
    },
    env: {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
      CLOUDFLARE_API_TOKEN: 'token',
      CLOUDFLARE_ACCOUNT_ID: 'account-1',
      // wrangler is a large program, and is started often.
      NODE_COMPILE_CACHE: join(tmpdir(), 'edgewire-test-compile-cache'),
      WRANGLER_WRITE_LOGS: 'false',
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function fail(
  response: ServerResponse,
  fault: Exclude<Fault, 'half-answered' | 'half-taken'>,
): void {
  if (fault === 'unheard') response.destroy()
  else say(response, fault.status, 'body' in fault ? fault.body : textOf(fault))
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(text)
}

/** The envelope of every answer. */
function textOf({ status, result, cursor, code, message = 'No.' }: Answer): string {
  return JSON.stringify({
    success: status === 200,
    errors: code ? [{ code, message }] : [],
    messages: [],
    result,
    result_info: cursor === undefined ? undefined : { cursor },
  })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

export type Health = {
  readonly schema?: number
  /** Answered in place of all the rest. */
  readonly page?: string | undefined
  readonly number?: number
  /** By how many seconds the site's clock is ahead of this machine's; behind, if it is less than 0. */
  readonly ahead?: number
  /** Seconds for which a cache has kept the answer. */
  readonly kept?: number
}

export type Deployed = {
  readonly api: CloudflareApi
  readonly folder: string
  readonly base: string
  /** Runs a command with `--remote`. */
  readonly edgewire: (args: readonly string[], env?: Record<string, string>) => Promise<Finished>
}

/** A project whose site answers `/health`, and an account of its own, until a test is over. */
export async function aDeployedProject(
  finished: (clean: () => Promise<void>) => void,
  files: Files = {},
  health: readonly Health[] = [{ schema: SCHEMA }],
): Promise<Deployed> {
  const api = await startCloudflareApi()
  const left = [...health]
  const site = createServer((_, response) => {
    const {
      ahead = 0,
      kept = 0,
      page,
      ...answer
    } = (left.length > 1 ? left.shift() : left[0]) ?? {}
    response.setHeader('Date', new Date(Date.now() + 1000 * (ahead - kept)).toUTCString())
    if (kept > 0) response.setHeader('Age', kept)
    response.end(page ?? JSON.stringify(answer))
  })
  const base = `http://127.0.0.1:${await listen(site)}`
  const settings = SITE.replace('https://wire.example.org', base)
  const folder = aProject({ 'content/site.yaml': settings, ...files })
  finished(async () => {
    site.close()
    await api.close()
  })
  return {
    api,
    folder,
    base,
    edgewire: (args, env = {}) => run([...args, '--remote'], { ...api.env, ...env }, folder),
  }
}
