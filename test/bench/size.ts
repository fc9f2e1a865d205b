/** Size: of the Worker and its start, of the installation, and of the code. */

import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { WRANGLER_QUIET } from '../../src/machine/wrangler.ts'
import { spreadOf } from './measuring.ts'
import type { Cell, Section } from './table.ts'
import { bundle, ROOT, settingsFor, WRANGLER } from './workerd.ts'

const STARTS = 3

const WORKERS: readonly (readonly [name: string, entry: string])[] = [
  ['edgewire', 'src/worker/index.ts'],
  ['usual Worker', 'test/bench/competitors/usual.ts'],
  ['with hono/cache and hono/etag', 'test/bench/competitors/cached.ts'],
  ['constants only', 'test/bench/competitors/ceiling.ts'],
]

export async function size(): Promise<Section> {
  const code = codeIn(join(ROOT, 'src'))
  const install = installation()
  return {
    name: 'size',
    title: 'Size',
    reading:
      `The bundle is what \`wrangler deploy\` would send; the start is what \`wrangler check startup\` profiles of it on this machine, idle time left out, median of ${STARTS}, with a profiler’s coarse samples; Cloudflare allows a second. ` +
      '`npm ci` is timed in an empty folder, with what npm has in its cache: it brings the runtime, wrangler and workerd, which are most of it.',
    tables: [
      {
        caption: 'The Worker',
        columns: ['', 'KiB minified', 'KiB gzip', 'start, ms of CPU'],
        rows: WORKERS.map(([name, entry]): Cell[] => {
          const text = bundle(join(ROOT, entry))
          const kibibytes = [Buffer.byteLength(text), gzipSync(text).length].map((n) => n / 1024)
          return [name, ...kibibytes, startOf(join(ROOT, entry))]
        }),
      },
      {
        caption: 'The project',
        columns: ['', ''],
        rows: [
          ['`npm ci`, seconds', install?.seconds],
          ['`node_modules`, MB', install?.megabytes],
          ['files in `src/`', code.files],
          ['lines in `src/`', code.lines],
          ['lines in the longest file', code.longest],
        ],
      },
    ],
    plots: [],
  }
}

type Profile = {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Milliseconds of CPU from nothing to a Worker that answers. */
function startOf(entry: string): number {
  const out = mkdtempSync(join(tmpdir(), 'edgewire-bench-'))
  try {
    const [settings, outfile] = [join(out, 'wrangler.toml'), join(out, 'start.cpuprofile')]
    writeFileSync(settings, settingsFor(entry))
    const times = Array.from({ length: STARTS }, () => {
      const args = ['check', 'startup', '--outfile', outfile, '--config', settings]
      execFileSync(process.execPath, [WRANGLER, ...args], {
        cwd: out,
        env: { ...process.env, ...WRANGLER_QUIET, CI: '1' },
        stdio: 'pipe',
      })
      return busyMilliseconds(JSON.parse(readFileSync(outfile, 'utf8')) as Profile)
    })
    return spreadOf(times).median
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

function busyMilliseconds({ nodes, samples, timeDeltas }: Profile): number {
  const idle = nodes.find(({ callFrame }) => callFrame.functionName === '(idle)')?.id
  const busy = timeDeltas.filter((_, index) => samples[index] !== idle)
  return busy.reduce((sum, microseconds) => sum + microseconds, 0) / 1000
}

/** An installation from nothing; undefined where npm cannot reach what it needs. */
function installation(): { readonly seconds: number; readonly megabytes: number } | undefined {
  const place = mkdtempSync(join(tmpdir(), 'edgewire-bench-'))
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      copyFileSync(join(ROOT, file), join(place, file))
    const begun = performance.now()
    const args = ['ci', '--prefer-offline', '--no-audit', '--no-fund']
    const { status } = spawnSync('npm', args, { cwd: place, stdio: 'ignore' })
    const seconds = Math.round((performance.now() - begun) / 1000)
    if (status !== 0) return undefined
    return { seconds, megabytes: Math.round(bytesIn(join(place, 'node_modules')) / 1e6) }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => lstatSync(join(folder, file)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0)
}

function codeIn(folder: string): {
  readonly files: number
  readonly lines: number
  readonly longest: number
} {
  const lengths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').split('\n').length - 1)
  const lines = lengths.reduce((sum, length) => sum + length, 0)
  return { files: lengths.length, lines, longest: Math.max(...lengths) }
}
