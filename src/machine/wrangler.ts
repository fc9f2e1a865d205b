/** wrangler, quiet and offline, as a library for local work. No other file imports it. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Switches of wrangler: no request for `cf.json`, no update check, no metrics, no prompts, no log
 * files.
 */
export const WRANGLER_QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  // Nobody needs its own log, which must not fail where it cannot be written.
  WRANGLER_WRITE_LOGS: 'false',
  // Its bundler formats errors in a thread that never answers if the working folder is gone.
  ESBUILD_WORKER_THREADS: '0',
} as const

/** Loads the library, after the switches are set, which it reads when it is loaded. */
export async function loadWrangler(): Promise<typeof import('wrangler')> {
  Object.assign(process.env, WRANGLER_QUIET)
  process.env['WRANGLER_LOG'] ??= 'error'
  return import('wrangler')
}

/** Returns the version of the emulator that this wrangler brings, without loading either. */
export function emulatorVersion(): unknown {
  const manifest = createRequire(import.meta.url).resolve('wrangler/package.json')
  return JSON.parse(readFileSync(manifest, 'utf8')).dependencies?.miniflare
}
