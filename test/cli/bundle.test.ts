import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get, type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { anArticle } from '../support/corpus.ts'
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
  await publishTo(store, { 'hello.md': anArticle({}, 'Łódź '.repeat(500)) }, now)
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
  it('has at most 64 KiB minified', ({ expect }) => {
    expect(Buffer.byteLength(bundle)).toBeLessThanOrEqual(64 * 1024)
    expect(gzipSync(bundle).length).toBeLessThanOrEqual(24 * 1024)
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
  it.for(['/rss.xml', '/atom.xml', '/feed.json', '/'])(
    '%s is coded once, or not at all, with its true length',
    async (path, { expect }) => {
      const packed = await raw(path, { 'Accept-Encoding': 'gzip' })
      const plain = await raw(path, { 'Accept-Encoding': 'identity' })
      const silent = await raw(path, {})
      expect(packed.headers['content-encoding']).toBe('gzip')
      expect(plain.headers['content-encoding']).toBeUndefined()
      expect(silent.headers['content-encoding']).toBeUndefined()
      expect(packed.headers['content-length']).toBe(String(packed.bytes.length))
      expect(plain.headers['content-length']).toBe(String(plain.bytes.length))
      expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true)
      expect(silent.bytes.equals(plain.bytes)).toBe(true)
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length)
    },
  )

  it.for(['gzip', 'identity'])(
    'HEAD has the length of GET and no body (%s)',
    async (coding, { expect }) => {
      const headers = { 'Accept-Encoding': coding }
      for (const path of ['/rss.xml', '/articles/hello.json', '/nothing']) {
        const [head, full] = [await raw(path, headers, 'HEAD'), await raw(path, headers)]
        const { date: _, ...expected } = full.headers
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
