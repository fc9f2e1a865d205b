import { exports } from 'cloudflare:workers'
import { afterEach, describe, it, vi } from 'vitest'
import { anArticle, type Files, NOW, SITE as SETTINGS } from '../support/corpus.ts'
import { emptyKv, publishFiles } from '../support/kv-store.ts'

const SITE = 'https://wire.example.org'
const HTML = { Accept: 'text/html' }
const NAVIGATES = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }

type Fields = Readonly<Record<string, string>>
type Reference = { readonly $ref: string }
type Described = {
  readonly headers: Readonly<Record<string, Reference>>
  readonly content?: Readonly<Record<string, object>>
}
type Operation = {
  readonly operationId: string
  readonly responses: Readonly<Record<string, object>>
}
type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly 'x-other-methods': Readonly<Record<string, Described>>
}

const PAGES: Files = {
  'site.yaml': `${SETTINGS}feeds:\n  picked: { title: Picked, filter: { tags: [osce] }, archives: true }\n`,
  'hello.md': anArticle({ tags: '[osce]', aliases: '["/?p=42"]' }, '![x](x.svg)'),
  'old.md': anArticle({ title: 'Old', published: '2025-01-01T00:00:00Z', tags: '[osce]' }),
  'bad.md': anArticle({ title: 'Bad', status: 'retracted', reason: 'Wrong.' }),
  'x.svg': `<svg xmlns="http://www.w3.org/2000/svg"><title>${'x'.repeat(2000)}</title></svg>`,
}
/** Sites that have their pages elsewhere: on another host, and nowhere at all. */
const ELSEWHERE: Files = {
  'site.yaml': `${SETTINGS}pages: false\nurl: https://www.example.org/{id}\n`,
  'hello.md': anArticle(),
}
const NOWHERE: Files = {
  ...ELSEWHERE,
  'site.yaml': `${SETTINGS.replace('home: https://example.org/', `home: ${SITE}/`)}pages: false\n`,
  'hello.md': anArticle({ url: `${SITE}/articles/hello` }),
}

function ask(path: string, headers: Fields = {}, method = 'GET'): Promise<Response> {
  return exports.default.fetch(SITE + path, { headers, method, redirect: 'manual' })
}

/** Ways to ask at an address of a route, each of which may be answered with another status. */
type Row = { readonly address: string; readonly headers?: Fields; readonly method?: string }

const KNOWN = { kind: 'feeds', name: 'picked', period: '2025-01', id: 'hello', digest: '' }
const UNKNOWN = { ...KNOWN, name: 'nothing', period: '2099-01', id: 'nothing', digest: 'x' }
const SPELLED = { ...KNOWN, name: '%70icked', period: '%32025-01', id: '%68ello' }
const RETRACTED = { ...KNOWN, id: 'bad' }

function filled(path: string, values: Fields): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

/** Everything that is tried on a route while a site with pages is published. */
async function rowsOf(path: string, media: string, before: string | undefined): Promise<Row[]> {
  const isMedia = path.startsWith('/media/')
  const known = isMedia ? media : filled(path, KNOWN)
  const spelled = isMedia ? media.replace('x.svg', '%78.svg') : filled(path, SPELLED)
  const [unknown, retracted] = [filled(path, UNKNOWN), filled(path, RETRACTED)]
  const tag = (await ask(known)).headers.get('ETag') ?? '"none"'
  const addresses = [...new Set([known, spelled, unknown, retracted, `${path}?p=42`])]
  return [
    ...addresses
      .filter((one) => !one.includes('{'))
      .flatMap((address) => [{ address }, { address, headers: HTML }]),
    { address: known, headers: { 'Accept-Encoding': 'gzip' } },
    { address: known, headers: { 'If-None-Match': tag } },
    { address: known, headers: { 'If-Match': '"other"' } },
    ...['bytes=0-1', 'bytes=99999-'].map((Range) => ({ address: known, headers: { Range } })),
    { address: known, headers: NAVIGATES },
    { address: `${known}?download`, headers: NAVIGATES },
    ...[known, `${known}?download`].map((address) => ({
      address,
      headers: {
        'A-IM': 'feed, edgewire',
        'If-None-Match': before ?? tag,
        'Accept-Encoding': 'gzip',
      },
    })),
    { address: known, method: 'OPTIONS' },
    ...['0', 'x', `1-${'a'.repeat(43)}`].map((since) => ({ address: `${known}?since=${since}` })),
  ]
}

/** Holds answers against the description, and notes what was seen of it. */
class Judge {
  readonly #description: Description
  readonly #seen = new Set<string>()

  constructor(description: Description) {
    this.#description = description
  }

  get paths(): string[] {
    return Object.keys(this.#description.paths)
  }

  /** Asks as GET and as HEAD, unless it is said how. */
  async hold(path: string, { address, headers, method }: Row): Promise<void> {
    for (const one of method ? [method] : ['GET', 'HEAD']) {
      const response = await ask(address, headers, one)
      const text = await response.text()
      this.check(`${one.toLowerCase()} ${path}`, response)
      if (one === 'HEAD' && text !== '') throw new Error(`HEAD ${address} says something`)
    }
  }

  async holdAll(path: string, rows: readonly Row[]): Promise<void> {
    for (const row of rows) await this.hold(path, row)
  }

  check(operation: string, response: Response): void {
    const [method = '', path = ''] = operation.split(' ')
    const described = this.#description.paths[path]?.[method] as Operation | undefined
    const said = described?.responses[response.status] as Described | Reference | undefined
    if (!said) throw new Error(`${operation} answers ${response.status}, which is not described`)
    this.#note(`${operation} ${response.status}`)
    const name = '$ref' in said ? said.$ref : `${operation} ${response.status}`
    this.compare(name, this.#resolved(said), response)
  }

  /** A method that no address knows is answered as the description says of all of them. */
  checkOther(name: string, response: Response): void {
    const described = this.#description['x-other-methods'][response.status]
    if (!described) throw new Error(`${name} answers ${response.status}, which is not described`)
    this.compare('other', described, response)
  }

  /** All fields of an answer are described, those that are required are there; and so is its type. */
  compare(name: string, described: Described, { headers }: Response): void {
    const type = (headers.get('Content-Type') ?? '').replace(/;.*$/, '')
    const names = [...headers.keys()].filter((field) => field !== 'content-type')
    for (const [field, reference] of Object.entries(described.headers)) {
      const { required } = this.#resolved<{ required: boolean }>(reference)
      if (required && !headers.has(field)) throw new Error(`${name} has no ${field}`)
    }
    const fields = Object.keys(described.headers).map((field) => field.toLowerCase())
    for (const field of names)
      if (!fields.includes(field)) throw new Error(`${name} has ${field}, which is not described`)
    for (const field of names) this.#note(`${name} ${field}`)
    const types = described.content && Object.keys(described.content)
    if (!types) return
    const known = types.find((one) => one === type || one === '*/*')
    if (!known) throw new Error(`${name} is ${type}`)
    this.#note(`${name} ${known}`)
  }

  /** Lists what is described, and what of it no answer ever had. */
  unseen(): string[] {
    const described = Object.entries(this.#description.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, operation]) =>
        method === 'parameters'
          ? []
          : Object.entries((operation as Operation).responses).flatMap(([status, said]) => {
              const key = `${method} ${path} ${status}`
              const { headers, content = {} } = this.#resolved<Described>(said)
              const name = '$ref' in said ? (said as Reference).$ref : key
              const parts = [...Object.keys(headers), ...Object.keys(content)]
              return [key, ...parts.map((part) => `${name} ${part}`)]
            }),
      ),
    )
    return [...new Set(described)].filter((key) => !this.#seen.has(key.toLowerCase()))
  }

  #note(key: string): void {
    this.#seen.add(key.toLowerCase())
  }

  #resolved<T = Described>(said: object): T {
    if (!('$ref' in said)) return said as T
    const steps = (said as Reference).$ref.split('/').slice(1)
    return steps.reduce<unknown>(
      (value, step) => (value as Record<string, unknown>)[step],
      this.#description,
    ) as T
  }
}

const NEWS = anArticle({ title: 'New', published: '2026-02-28T00:00:00Z', tags: '[osce]' })

async function publishAt(now: number, files: Files): Promise<void> {
  vi.setSystemTime(now * 1000)
  await publishFiles(files, now)
}

/** Something breaks while a request is answered, or it has another method. */
async function holdBroken(judge: Judge, path: string, address: string): Promise<void> {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const clock = vi.spyOn(Date, 'now')
  for (const headers of [{}, HTML])
    for (const method of ['GET', 'HEAD']) {
      clock.mockImplementationOnce(() => {
        throw new Error('broken')
      })
      judge.check(`${method.toLowerCase()} ${path}`, await ask(address, headers, method))
    }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
    const response = await ask(address, {}, method)
    await response.arrayBuffer()
    judge.checkOther(`${method} ${address}`, response)
  }
}

afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await emptyKv()
})

describe('/openapi.json', () => {
  it('is all that the Worker can answer, and nothing else: routes, methods, statuses, fields', async ({
    expect,
  }) => {
    await publishAt(NOW - 60, { ...PAGES, 'bad.md': anArticle({ title: 'Bad' }) })
    const judge = new Judge(await (await ask('/openapi.json')).json())
    const tags = new Map<string, string | undefined>()
    for (const path of judge.paths)
      tags.set(path, (await ask(filled(path, KNOWN))).headers.get('ETag') ?? undefined)
    await publishAt(NOW, { ...PAGES, 'new.md': NEWS })
    const page = await (await ask('/articles/hello')).text()
    const media = /\/media\/[\w-]{43}\/x\.svg/.exec(page)?.[0] ?? ''
    for (const path of judge.paths) {
      await judge.holdAll(path, await rowsOf(path, media, tags.get(path)))
      await holdBroken(judge, path, path.startsWith('/media/') ? media : filled(path, KNOWN))
    }
    await publishAt(NOW + 10, ELSEWHERE)
    await judge.hold('/', { address: '/' })
    await judge.hold('/articles/{id}', { address: '/articles/hello' })
    await publishAt(NOW + 20, NOWHERE)
    await judge.hold('/', { address: '/' })
    await emptyKv()
    for (const path of judge.paths) {
      const address = filled(path, KNOWN)
      await judge.holdAll(path, [{ address }, { address, headers: HTML }])
    }
    expect(judge.unseen()).toEqual([])
  })
})
