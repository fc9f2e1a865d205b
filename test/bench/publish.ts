/**
 * Publishing, measured: how long a corpus takes from nothing and with one change, how much memory,
 * and what is written. `npm run bench -- publish 10000 100000`; each corpus in processes of its own.
 */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { soundPress } from '../../src/compile/open-press.ts'
import type { Store, TidyStore } from '../../src/edition/store.ts'
import { openCache } from '../../src/machine/compile-cache.ts'
import { readContent } from '../../src/machine/content.ts'
import { openJournal } from '../../src/machine/journal.ts'
import { beFrugal, platform } from '../../src/machine/platform.ts'
import { publish } from '../../src/publish/publish.ts'
import { NOW } from '../support/corpus.ts'
import { must } from '../support/results.ts'
import { articleText, BENCH_SITE } from './corpus.ts'

/** A corpus is a long time: articles an hour apart, the newest long before now. */
const HOURS = 200_000
const KILOBYTES = 5

type Run = {
  readonly seconds: number
  readonly megabytes: number
  readonly keys: number
  readonly bytes: number
  readonly reads: number
}

if (process.argv[1] === import.meta.filename && process.argv[2] === 'run') {
  const [folder = '', now = '0'] = process.argv.slice(3)
  console.log(JSON.stringify(await measure(folder, Number(now))))
}

/** Prints a table: a row for each corpus and state. */
export function publishCorpora(sizes: readonly number[]): void {
  console.log('articles  state          seconds  articles/s  peak MB   keys      MB  objects read')
  for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) {
    const place = mkdtempSync(join(tmpdir(), 'edgewire-bench-'))
    writeCorpus(place, size)
    report(size, 'from nothing', inProcess(place, NOW))
    report(size, 'nothing new', inProcess(place, NOW + 60))
    writeFileSync(join(place, 'content/s-7.md'), article(7, 'Something else was decided. '))
    report(size, 'one edited', inProcess(place, NOW + 120))
    writeFileSync(join(place, 'content/new.md'), article(size, 'News. '))
    report(size, 'one more', inProcess(place, NOW + 180))
    rmSync(place, { recursive: true })
  }
}

function report(size: number, state: string, run: Run): void {
  const { seconds, megabytes, keys, bytes, reads } = run
  const columns = [
    String(size).padStart(8),
    ` ${state.padEnd(12)}`,
    seconds.toFixed(2).padStart(9),
    Math.round(size / seconds)
      .toString()
      .padStart(11),
    String(megabytes).padStart(8),
    String(keys).padStart(6),
    (bytes / 1e6).toFixed(1).padStart(7),
    String(reads).padStart(13),
  ]
  console.log(columns.join(' '))
}

function writeCorpus(place: string, size: number): void {
  mkdirSync(join(place, 'content'))
  writeFileSync(join(place, 'content/site.yaml'), BENCH_SITE)
  for (let n = 0; n < size; n++) writeFileSync(join(place, `content/s-${n}.md`), article(n, ''))
  // Eight editions stand ahead, as many as can.
  for (let hour = 1; hour <= 8; hour++)
    writeFileSync(join(place, `content/due-${hour}.md`), article(HOURS + hour * 12, ''))
}

function article(n: number, more: string): string {
  return articleText(n, KILOBYTES, NOW - (HOURS - n) * 3600, more)
}

function inProcess(place: string, at: number): Run {
  const args = [import.meta.filename, 'run', place, String(at)]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Run
}

/** One publish, as the command line does it, into a store that only keeps what is read again. */
async function measure(place: string, at: number): Promise<Run> {
  beFrugal()
  const begun = performance.now()
  const cache = openCache(join(place, '.edgewire'), at)
  const head = join(place, 'head')
  let reads = 0
  const { readFileSync, existsSync } = await import('node:fs')
  const store: Store & Pick<TidyStore, 'list'> = {
    list: async () => [],
    async get(keys) {
      reads += keys.length
      return keys.map((key) =>
        key === 'head' && existsSync(head) ? readFileSync(head) : undefined,
      )
    },
    async put(pairs, stored) {
      for (const [key, value] of pairs) if (key === 'head') writeFileSync(head, value)
      for (const [key] of pairs) stored?.([key])
    },
  }
  const press = must(soundPress(readContent(join(place, 'content'), { now: at }, cache)))
  const journal = openJournal(join(place, '.edgewire/journal'))
  const publisher = { store, cache, journal, platform, clock: () => at }
  const result = must(await publish(publisher, press, {}))
  cache.close()
  return {
    seconds: (performance.now() - begun) / 1000,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    ...result.written,
    reads,
  }
}
