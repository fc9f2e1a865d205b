/**
 * `wrangler kv …` on the deployed namespace, run as a command, and run again when that may help.
 */

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { refusalOf, StoreError } from './store-refusal.ts'
import { WRANGLER_QUIET } from './wrangler.ts'

/** Waits for some seconds. */
export type Pause = (seconds: number) => Promise<void>

/** Seconds before each further attempt; after the last one there is none. */
const RETRY_PAUSES = [1, 2, 4, 8, 16]
/** Seconds that are waited at most: Cloudflare asks for five minutes and no more. */
const LONGEST_PAUSE = 300

/** Tries work again that failed for a passing reason, not earlier than Cloudflare asks for. */
export async function persist<Result>(work: () => Promise<Result>, pause: Pause): Promise<Result> {
  for (const seconds of RETRY_PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreError) || error.refusal.reason !== 'unreachable') throw error
      const asked = Number(/should wait (\d+) second/i.exec(error.refusal.detail)?.[1] ?? 0)
      await pause(Math.min(Math.max(seconds, asked), LONGEST_PAUSE))
    }
  }
  return work()
}

/** A namespace, and the account that it is in. */
export type Namespace = { readonly account: string; readonly id: string }

/** Runs `wrangler kv` on a deployed namespace and returns what it printed. */
export function wrangler(args: readonly string[], namespace?: Namespace): Promise<string> {
  return run(args, namespace, {}, Number.POSITIVE_INFINITY)
}

/**
 * Runs it on the namespace that wrangler finds by itself, through `wrangler.toml`, the environment
 * and the deployed Worker, and learns from its log which one that was. `log` is a file for it.
 */
export async function wranglerFinds(
  args: readonly string[],
  log: string,
): Promise<{ readonly printed: string; readonly namespace: Namespace | undefined }> {
  const env = { WRANGLER_WRITE_LOGS: 'true', WRANGLER_LOG_PATH: log }
  const printed = await run(args, undefined, env, Number.POSITIVE_INFINITY)
  const logged = existsSync(log) ? readFileSync(log, 'utf8') : ''
  const found = /\/accounts\/([\w-]+)\/storage\/kv\/namespaces\/([\w-]+)\/bulk/.exec(logged)
  const [, account, id] = found ?? []
  return { printed, namespace: account && id ? { account, id } : undefined }
}

/** Characters that are kept of a long answer: enough to hold what Cloudflare says at its end. */
const TAIL_CHARACTERS = 256 * 1024

/**
 * Runs a bulk write. Cloudflare can take a part of one and call it a success; wrangler hides which
 * keys it did not take, unless it is asked for everything that it hears.
 */
export async function wranglerWrite(args: readonly string[], namespace?: Namespace): Promise<void> {
  const env = { WRANGLER_LOG: 'debug', WRANGLER_LOG_SANITIZE: 'false' }
  const heard = await run(args, namespace, env, TAIL_CHARACTERS)
  const left = /"unsuccessful_keys"\s*:\s*\[([^\]]+)\]/.exec(heard)?.[1]
  if (left === undefined) return
  const detail = `Cloudflare did not take every key: ${left.slice(0, 200)}`
  throw new StoreError({ reason: 'unreachable', detail })
}

const WRANGLER_CODE = join(tmpdir(), 'edgewire-compile-cache')
const PLAIN_OUTPUT = { NO_COLOR: '1', WRANGLER_LOG: 'log' }

/** Runs `wrangler kv`; of what it prints, the last `most` characters are kept. */
function run(
  args: readonly string[],
  namespace: Namespace | undefined,
  env: Readonly<Record<string, string>>,
  most: number,
): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve('wrangler/package.json'))
  // `--preview false`: never the namespace for previews, if there is one.
  const where = namespace
    ? ['--namespace-id', namespace.id]
    : ['--binding', 'EDGEWIRE', '--preview', 'false']
  const command = [join(home, 'bin/wrangler.js'), 'kv', ...args, ...where, '--remote']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // wrangler is large, and is started for every call.
      env: {
        NODE_COMPILE_CACHE: WRANGLER_CODE,
        ...process.env,
        ...WRANGLER_QUIET,
        ...PLAIN_OUTPUT,
        ...env,
      },
    })
    let printed = ''
    let complained = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed = Number.isFinite(most) ? (printed + text).slice(-most) : printed + text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complained += text
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(printed)
      else reject(new StoreError(refusalOf(complained || printed)))
    })
  })
}
