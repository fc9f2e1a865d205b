/** `wrangler kv …` on the deployed namespace, as a command: what it says, and when to ask again. */

import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type RemoteRefusal =
  | { readonly reason: 'not-deployed' }
  | { readonly reason: 'not-logged-in' }
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

/** Tries again what failed for a reason that passes. */
export async function persist<Result>(work: () => Promise<Result>, pause: Pause): Promise<Result> {
  for (const seconds of PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RemoteError) || error.refusal.reason !== 'unreachable') throw error
      await pause(seconds)
    }
  }
  return work()
}

/** Runs `wrangler kv` on the deployed namespace and returns what it printed. */
export function wrangler(args: readonly string[]): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve('wrangler/package.json'))
  const where = ['--binding', 'EDGEWIRE', '--remote']
  const command = [join(home, 'bin/wrangler.js'), 'kv', ...args, ...where]
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
    const printed: Buffer[] = []
    const complained: Buffer[] = []
    child.stdout.on('data', (data: Buffer) => printed.push(data))
    child.stderr.on('data', (data: Buffer) => complained.push(data))
    child.on('error', reject)
    child.on('close', (code) => {
      const said = Buffer.concat(printed).toString()
      const words = Buffer.concat(complained).toString() || said
      if (code === 0) resolve(said)
      else reject(new RemoteError(refusalOf(words)))
    })
  })
}

/** What stands behind wrangler's words; the namespace without an id is found through the Worker. */
function refusalOf(words: string): RemoteRefusal {
  const detail = words.replace(/\n+🪵[\s\S]*$/u, '').trim()
  if (/code: 10007\b/.test(words)) return { reason: 'not-deployed' }
  if (/code: 10048\b/.test(words)) return { reason: 'day-is-spent' }
  if (/wrangler login|CLOUDFLARE_API_TOKEN|not authenticated/i.test(words))
    return { reason: 'not-logged-in' }
  // Too many requests, a fault on the other side, or none at all: it passes.
  const passing =
    /fetch failed|ECONN|ETIMEDOUT|EAI_AGAIN|socket|terminated|malformed response|\b(?:429|50[0-4]|52\d)\b|code: (?:971|10000|10001|10013)\b/i
  return { reason: passing.test(words) ? 'unreachable' : 'refused', detail }
}

/** Why the deployed KV cannot be reached, and what to do. */
export function describeRefusal(refusal: RemoteRefusal): string {
  switch (refusal.reason) {
    case 'not-deployed':
      return 'The Worker is not deployed yet, so there is no KV to publish to: run `npx wrangler deploy` first.'
    case 'not-logged-in':
      return 'wrangler is not logged in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.'
    case 'day-is-spent':
      return "Cloudflare says that the free plan's writes of today are used up. What was published stays; run it again tomorrow (UTC), and it goes on where it stopped."
    case 'unreachable':
      return `Cloudflare could not be reached, in six attempts. What was published stays; run it again, and it goes on where it stopped. wrangler says:\n${refusal.detail}\n`
    case 'refused':
      return `wrangler could not reach the deployed KV. What was published stays. It says:\n${refusal.detail}\n`
  }
}
