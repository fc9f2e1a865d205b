/**
 * The deployed KV, through wrangler's own commands, so that the operator's login, token and choice
 * of account just work. Every call takes over a second: few, large ones.
 */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nullable, object, parse, pipe, record, string, transform, union } from 'valibot'
import type { Pair, Store } from '../edition/store.ts'

/** A bulk request may have 100 MB; base64 and JSON take a third more than the bytes. */
const MOST_BYTES = 50 * 1024 * 1024
const MOST_PAIRS = 5000
/** Keys in one bulk read. */
const MOST_KEYS = 100

/** What `wrangler kv bulk get` prints: a value by key, bare or with its metadata. */
const BULK_ANSWER = record(
  string(),
  nullable(
    union([
      string(),
      pipe(
        object({ value: nullable(string()) }),
        transform(({ value }) => value),
      ),
    ]),
  ),
)

export type RemoteStore = Store & { readonly close: () => Promise<void> }

export type RemoteRefusal =
  | { readonly reason: 'not-deployed' }
  | { readonly reason: 'not-logged-in' }
  | { readonly reason: 'refused'; readonly detail: string }

/** wrangler said no. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly refusal: RemoteRefusal

  constructor(refusal: RemoteRefusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/** Reads only what is text: editions, leaves and articles are, and a publisher reads no others. */
export function openRemoteStore(): RemoteStore {
  const folder = mkdtempSync(join(tmpdir(), 'edgewire-remote-'))
  const file = join(folder, 'pairs.json')
  return {
    async get(keys) {
      const found: Record<string, string | null> = {}
      for (let from = 0; from < keys.length; from += MOST_KEYS) {
        writeFileSync(file, JSON.stringify(keys.slice(from, from + MOST_KEYS)))
        Object.assign(found, parse(BULK_ANSWER, JSON.parse(await wrangler('bulk', 'get', file))))
      }
      const encoder = new TextEncoder()
      return keys.map((key) => {
        const text = found[key]
        return typeof text === 'string' ? encoder.encode(text) : undefined
      })
    },
    async put(pairs) {
      for (const slice of slices(pairs)) {
        const body = slice.map(([key, value]) => ({
          key,
          value: Buffer.from(value).toString('base64'),
          base64: true,
        }))
        writeFileSync(file, JSON.stringify(body))
        await wrangler('bulk', 'put', file)
      }
    },
    async close() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Pairs in their order, cut where a request would become too large. */
function slices(pairs: readonly Pair[]): Pair[][] {
  const cut: Pair[][] = []
  let bytes = 0
  for (const pair of pairs) {
    const last = cut.at(-1)
    bytes += pair[1].length
    if (last && bytes <= MOST_BYTES && last.length < MOST_PAIRS) last.push(pair)
    else {
      cut.push([pair])
      bytes = pair[1].length
    }
  }
  return cut
}

/** Runs `wrangler kv …` on the deployed namespace and returns what it printed. */
function wrangler(...args: string[]): Promise<string> {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
    'bin/wrangler.js',
  )
  const command = [bin, 'kv', ...args, '--binding', 'EDGEWIRE', '--remote']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        WRANGLER_HIDE_BANNER: 'true',
        WRANGLER_SEND_METRICS: 'false',
        NO_COLOR: '1',
      },
    })
    let printed = ''
    let complained = ''
    child.stdout.on('data', (data: Buffer) => {
      printed += data.toString()
    })
    child.stderr.on('data', (data: Buffer) => {
      complained += data.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(printed)
      else reject(new RemoteError(refusalOf(complained || printed)))
    })
  })
}

/** What stands behind wrangler's words; the namespace without an id is found through the Worker. */
function refusalOf(words: string): RemoteRefusal {
  if (/code: 10007\b/.test(words)) return { reason: 'not-deployed' }
  if (/wrangler login|CLOUDFLARE_API_TOKEN|not authenticated/i.test(words))
    return { reason: 'not-logged-in' }
  return { reason: 'refused', detail: words.replace(/\n+🪵[\s\S]*$/u, '').trim() }
}
