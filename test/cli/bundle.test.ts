import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get, type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { anArticle, SITE } from '../support/corpus.ts'
import { publishTo } from '../support/publishing.ts'
import { storeOver } from '../support/store-over.ts'

const ROOT = join(import.meta.dirname, '../..')
const out = mkdtempSync(join(tmpdir(), 'edgewire-bundle-'))

let bundle = ''
let worker: Miniflare
let base = ''

beforeAll(async () => {
  // What would be deployed, made by the tool that would deploy it.
  const wrangler = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
  const quiet = {
    ...process.env,
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_SEND_METRICS: 'false',
    CI: '1',
  }
  execFileSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', out], {
    cwd: ROOT,
    env: quiet,
    stdio: 'pipe',
  })
  bundle = readFileSync(join(out, 'index.js'), 'utf8')
  worker = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: bundle,
      compatibilityDate: '2026-11-02',
      kvNamespaces: ['EDGEWIRE'],
      cf: false,
    }),
  )
  const kv = await worker.getKVNamespace('EDGEWIRE')
  const now = Math.floor(Date.now() / 1000)
  const store = storeOver(kv)
  const files = {
    'hello.md': anArticle({}, 'Łódź '.repeat(500)),
    'tiny.md': anArticle({ title: 'T', published: new Date(now * 1000).toISOString() }, 'x'),
    'long.md': anArticle({ tags: '[long]' }, 'Many words of a long text. '.repeat(3000)),
    'book.md': anArticle({ tags: '[long]' }, 'Many words of a longer text. '.repeat(6000)),
    'site.yaml': `${SITE}byte_budget: 30000\n`,
    'gone.md': anArticle({ status: 'retracted', reason: 'Wrong.' }),
  }
  await publishTo(store, files, now)
  base = (await worker.ready).href
})

afterAll(async () => {
  await worker.dispose()
  rmSync(out, { recursive: true, force: true })
})

type Raw = { status: number | undefined; headers: IncomingHttpHeaders; bytes: Buffer }

/** A request whose answer nothing unpacks on the way. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(base.slice(0, -1) + path, { method, headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          bytes: Buffer.concat(pieces),
        }),
      )
    })
      .on('error', reject)
      .end()
  })
}

describe('the Worker’s bundle', () => {
  it('has at most 66 KiB minified', ({ expect }) => {
    expect(Buffer.byteLength(bundle)).toBeLessThanOrEqual(66 * 1024)
    expect(gzipSync(bundle).length).toBeLessThanOrEqual(26 * 1024)
  })

  it('contains nothing that renders: neither feed, Markdown, YAML nor templates', ({ expect }) => {
    for (const mark of [
      'lastBuildDate',
      'blockquote',
      'content:encoded',
      'deleted-entry',
      '<article',
      'yaml.org',
    ]) {
      expect(bundle).not.toContain(mark)
    }
  })
})

describe('on the wire', () => {
  it.for([
    ...['/rss.xml', '/atom.xml', '/feed.json', '/', '/feeds.opml', '/sitemap.xml'],
    // Joined when they are asked for, and packed then.
    ...['/articles/hello', '/articles/hello.json', '/articles/hello.atom', '/articles/tiny.json'],
    ...[
      '/changes.json',
      '/tags/long/changes.json',
      '/news-sitemap.xml',
      '/nothing',
      '/articles/gone',
    ],
  ])('%s is coded once, or not at all, with its true length', async (path, { expect }) => {
    const Accept = 'text/html'
    const packed = await raw(path, { Accept, 'Accept-Encoding': 'gzip' })
    const plain = await raw(path, { Accept, 'Accept-Encoding': 'identity' })
    const silent = await raw(path, { Accept })
    expect(packed.headers.vary).toContain('Accept-Encoding')
    expect(plain.headers.vary).toBe(packed.headers.vary)
    expect(plain.headers.etag).toBe(packed.headers.etag)
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(silent.headers['content-encoding']).toBeUndefined()
    expect(packed.headers['content-length']).toBe(String(packed.bytes.length))
    expect(plain.headers['content-length']).toBe(String(plain.bytes.length))
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true)
    expect(silent.bytes.equals(plain.bytes)).toBe(true)
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length)
  })

  it('is packed as it goes where it is long, and not at all where that would take too long', async ({
    expect,
  }) => {
    const headers = { 'Accept-Encoding': 'gzip' }
    const [long, book] = [
      await raw('/articles/long.json', headers),
      await raw('/articles/book.json', headers),
    ]
    expect(long.headers['content-encoding']).toBe('gzip')
    expect(long.headers['content-length']).toBeUndefined()
    const plain = await raw('/articles/long.json', {})
    expect(plain.bytes.length).toBeGreaterThan(64 * 1024)
    expect(gunzipSync(long.bytes).equals(plain.bytes)).toBe(true)
    expect(book.headers['content-encoding']).toBeUndefined()
    expect(book.headers['content-length']).toBe(String(book.bytes.length))
    expect(book.bytes.length).toBeGreaterThan(128 * 1024)
    // A problem of a few words has nothing to be packed.
    const nothing = await raw('/nothing', headers)
    expect(nothing.headers['content-encoding']).toBeUndefined()
    expect(nothing.headers.vary).toBe('Accept')
  })

  /** Bytes of the header of an answer, without what every server adds: of a feed it were 855. */
  const BYTES: readonly (readonly [path: string, headers: Record<string, string>, most: number])[] =
    [
      ['/rss.xml', {}, 625],
      ['/rss.xml', { 'If-None-Match': '*' }, 360],
      ['/articles/hello.json', {}, 580],
      ['/articles/hello', {}, 740],
      ['/', {}, 680],
      ['/changes.json', {}, 540],
      ['/nothing', {}, 240],
    ]

  it.for(BYTES)(
    '%s %o has a header of at most %i bytes',
    async ([path, headers, most], { expect }) => {
      const answer = await raw(path, { 'Accept-Encoding': 'gzip', ...headers })
      const own = Object.entries(answer.headers).filter(
        ([name]) => !/^(?:date|connection|keep-alive|transfer-encoding)$/.test(name),
      )
      const bytes = own.reduce((sum, [name, value]) => sum + `${name}: ${value}\r\n`.length, 0)
      expect(bytes, own.join('\n')).toBeLessThanOrEqual(most)
    },
  )

  it.for(['gzip', 'identity'])(
    'HEAD has the length of GET and no body (%s)',
    async (coding, { expect }) => {
      const headers = { 'Accept-Encoding': coding }
      for (const path of ['/rss.xml', '/articles/hello.json', '/articles/long.json', '/nothing']) {
        const [head, full] = [await raw(path, headers, 'HEAD'), await raw(path, headers)]
        const { date: _, 'transfer-encoding': __, ...expected } = full.headers
        expect(head.status).toBe(full.status)
        expect(head.bytes.length).toBe(0)
        expect(head.headers).toMatchObject(expected)
      }
    },
  )

  it('a 304 has no body and no length', async ({ expect }) => {
    const { headers } = await raw('/rss.xml', {})
    const answer = await raw('/rss.xml', { 'If-None-Match': String(headers.etag) })
    expect(answer).toMatchObject({ status: 304, bytes: Buffer.alloc(0) })
    expect(answer.headers['content-type']).toBeUndefined()
  })

  it('an unusual request is answered and never a 500', async ({ expect }) => {
    for (const path of [
      '/%',
      '/%00',
      '/articles/%F0%9F',
      `/${'a'.repeat(8000)}`,
      '/rss.xml?%',
      '/articles/hello%2Ejson',
    ]) {
      const { status } = await new Promise<{ status: number | undefined }>((resolve, reject) => {
        get({ host: new URL(base).hostname, port: new URL(base).port, path }, (response) => {
          response.resume()
          resolve({ status: response.statusCode })
        }).on('error', reject)
      })
      expect([200, 301, 404]).toContain(status)
    }
  })
})
