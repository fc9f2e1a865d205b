/**
 * Workers in workerd, on loopback: bundled by wrangler as for a deploy, started by Miniflare, and
 * reached without the proxies of either, which would cost the same for everything and hide what
 * differs.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import type { Store } from '../../src/edition/store.ts'
import { WRANGLER_QUIET } from '../../src/machine/wrangler.ts'
import { storeOver } from '../support/store-over.ts'

export const ROOT: string = join(import.meta.dirname, '../..')
export const WRANGLER: string = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const SETTINGS = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')

export type RunningWorker = {
  readonly url: string
  /** Over the KV that it reads. */
  readonly store: Store
  readonly stop: () => Promise<void>
}

/** The settings of the project for another entry. */
export function settingsFor(entry: string): string {
  return SETTINGS.replace(/^main = ".*"/m, `main = "${entry}"`)
}

/** What would be deployed of an entry. */
export function bundle(entry: string): string {
  const out = mkdtempSync(join(tmpdir(), 'edgewire-bench-'))
  try {
    writeFileSync(join(out, 'wrangler.toml'), settingsFor(entry))
    const args = ['deploy', '--dry-run', '--outdir', out, '--config', join(out, 'wrangler.toml')]
    execFileSync(process.execPath, [WRANGLER, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...WRANGLER_QUIET, CI: '1' },
      stdio: 'pipe',
    })
    const name = entry.replace(/^.*\//, '').replace(/\.ts$/, '.js')
    return readFileSync(join(out, name), 'utf8')
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** Starts a bundled Worker with an empty KV. */
export async function startWorker(script: string): Promise<RunningWorker> {
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate: /compatibility_date = "(.*)"/.exec(SETTINGS)?.[1] ?? '',
      kvNamespaces: ['EDGEWIRE'],
      cf: false,
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    }),
  )
  const kv = await worker.getKVNamespace('EDGEWIRE')
  return {
    url: (await worker.unsafeGetDirectURL()).href.replace(/\/$/, ''),
    store: storeOver(kv),
    stop: () => worker.dispose(),
  }
}
