/** `wrangler kv …` on the deployed namespace, as a command: what it says, and when to ask again. */

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { quoted, type Words } from './terminal.ts'
import { QUIET } from './wrangler.ts'

export type RemoteRefusal =
  | { readonly reason: 'not-deployed' }
  | { readonly reason: 'not-logged-in' }
  | { readonly reason: 'not-allowed' }
  | { readonly reason: 'day-is-spent' }
  | { readonly reason: 'unreachable'; readonly detail: string }
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

/** Waits for some seconds. */
export type Pause = (seconds: number) => Promise<void>

/** Seconds before it is tried again; after the last one it is given up. */
const PAUSES = [1, 2, 4, 8, 16]
/** Cloudflare asks for five minutes at most. */
const LONGEST_PAUSE = 300

/** Tries again what failed for a reason that passes; as late as Cloudflare asks for, if it does. */
export async function persist<Result>(work: () => Promise<Result>, pause: Pause): Promise<Result> {
  for (const seconds of PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RemoteError) || error.refusal.reason !== 'unreachable') throw error
      const asked = Number(/should wait (\d+) second/i.exec(error.refusal.detail)?.[1] ?? 0)
      await pause(Math.min(Math.max(seconds, asked), LONGEST_PAUSE))
    }
  }
  return work()
}

/** Runs `wrangler kv` on the deployed namespace and returns what it printed. */
export function wrangler(args: readonly string[]): Promise<string> {
  return run(args, {}, Number.POSITIVE_INFINITY)
}

/** Of a long answer, enough to hold what Cloudflare says at its end. */
const TAIL_CHARACTERS = 256 * 1024

/**
 * Runs a bulk write. Cloudflare can take a part of one and call it a success; wrangler hides which
 * keys it did not take, unless it is asked for everything that it hears.
 */
export async function wranglerWrite(args: readonly string[]): Promise<void> {
  const env = { WRANGLER_LOG: 'debug', WRANGLER_LOG_SANITIZE: 'false' }
  const heard = await run(args, env, TAIL_CHARACTERS)
  const left = /"unsuccessful_keys"\s*:\s*\[([^\]]+)\]/.exec(heard)?.[1]
  if (left === undefined) return
  const detail = `Cloudflare did not take every key: ${left.slice(0, 200)}`
  throw new RemoteError({ reason: 'unreachable', detail })
}

const COMPILED = join(tmpdir(), 'edgewire-compile-cache')
const PLAIN = { NO_COLOR: '1', WRANGLER_LOG: 'log' }

/** Runs `wrangler kv`; of what it prints, the last `most` characters are kept. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  most: number,
): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve('wrangler/package.json'))
  const where = ['--binding', 'EDGEWIRE', '--remote']
  const command = [join(home, 'bin/wrangler.js'), 'kv', ...args, ...where]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // wrangler is large, and is started for every call.
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...QUIET, ...PLAIN, ...env },
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
      else reject(new RemoteError(refusalOf(complained || printed)))
    })
  })
}

/** Cloudflare's codes for a token that is wrong, or may not do this. */
const NOT_ALLOWED = new Set([1000, 9106, 9109, 10_000, 10_405])
/** An answer that is none, or half of one, or no answer. */
const UNANSWERED =
  /fetch failed|terminated|ECONN|ETIMEDOUT|EAI_AGAIN|socket|could not be reached|of null|malformed response[\s\S]*-> (?:2\d\d|429|5\d\d)\b|failed\.\s*$/i
/** What Cloudflare says of a fault of its own, or of too many requests; wrangler hides the status. */
const BUSY =
  /internal|unknown error|error\.unknown|unavailable|timed? ?out|temporar|try again|throttl|too many requests|rate limit|overload|\[code: (?:971|10429)\]/i

/** What stands behind wrangler's words; the namespace without an id is found through the Worker. */
export function refusalOf(words: string): RemoteRefusal {
  const detail = stripVTControlCharacters(words)
    .replace(/\n\s*(?:If you think this is a bug|🪵)[\s\S]*$/u, '')
    .trim()
  // A path holds names and digests, which mean nothing here.
  const said = detail.replace(/\/accounts\/\S*/g, '')
  const code = Number(/\[code: (\d+)\]/.exec(said)?.[1])
  if (code === 10_007 || /No KV namespace ID found/.test(said)) return { reason: 'not-deployed' }
  if (code === 10_048) return { reason: 'day-is-spent' }
  if (NOT_ALLOWED.has(code) || /unable to authenticate request/i.test(said))
    return { reason: 'not-allowed' }
  if (/wrangler login|CLOUDFLARE_API_TOKEN|not authenticated/i.test(said))
    return { reason: 'not-logged-in' }
  const passing = Number.isNaN(code) ? UNANSWERED : BUSY
  return { reason: passing.test(said) ? 'unreachable' : 'refused', detail }
}

/** Why the deployed KV cannot be reached, and what to do. */
export function describeRefusal(refusal: RemoteRefusal): Words {
  switch (refusal.reason) {
    case 'not-deployed':
      return 'The Worker is not deployed yet, so there is no KV to publish to: run `npx wrangler deploy` first.'
    case 'not-logged-in':
      return 'wrangler is not logged in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.'
    case 'not-allowed':
      return 'Cloudflare does not let this login or token do that. A token needs Workers Scripts: Read and Workers KV Storage: Edit, in the account of the Worker; `npx wrangler whoami` shows what there is. What was published stays.'
    case 'day-is-spent':
      return "Cloudflare says that the free plan's writes of today are used up. What was published stays; run it again tomorrow (UTC), and it goes on where it stopped."
    case 'unreachable':
      return [
        'Cloudflare could not be reached, in six attempts. What was published stays; run it again, and it goes on where it stopped. wrangler says:',
        ...quoted(refusal.detail),
      ]
    case 'refused':
      return [
        'wrangler could not reach the deployed KV. What was published stays. It says:',
        ...quoted(refusal.detail),
      ]
  }
}
