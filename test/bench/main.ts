/**
 * What edgewire costs, side by side with what else one could use. `npm run bench` measures
 * everything, `npm run bench -- serving cpu` some of it. `--json <file>` writes the figures, `--svg
 * <folder>` the plots, and `--readme` both into the README. `npm run bench -- publish 10000 100000`
 * measures publishing alone, with eight editions scheduled.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { plainOf, type Section } from './table.ts'

/** The benchmarks, in the order in which they run. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Section>>> = {
  serving: async () => (await import('./serving.ts')).serving(),
  cpu: async () => (await import('./cpu.ts')).cpu(),
  operations: async () => (await import('./operations.ts')).operations(),
  publishing: async () => (await import('./publishing.ts')).publishing(),
  day: async () => (await import('./day.ts')).day(),
  freshness: async () => (await import('./freshness.ts')).freshness(),
  size: async () => (await import('./size.ts')).size(),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    svg: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
})
const [first, ...rest] = positionals
if (first === 'publish') (await import('./publish.ts')).publishCorpora(rest.map(Number))
else await bench(positionals)

async function bench(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name))
  if (unknown.length > 0) {
    console.error(
      `There is no ${unknown.join(', ')}; there are publish, ${Object.keys(BENCHMARKS).join(', ')}.`,
    )
    process.exit(2)
  }
  install()
  const begun = performance.now()
  const sections: Section[] = []
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const from = performance.now()
    const section = await run()
    sections.push(section)
    console.log(`\n${section.title} (${Math.round((performance.now() - from) / 1000)} s)\n`)
    for (const table of section.tables) console.log(`${plainOf(table)}\n`)
  }
  const { PLOTS, settingOf, writeJson, writePlots, writeReadme } = await import('./report.ts')
  const setting = settingOf((performance.now() - begun) / 1000)
  if (values.json) writeJson(values.json, sections, setting)
  if (values.svg) writePlots(values.svg, sections)
  if (values.readme) {
    writePlots(PLOTS, sections)
    writeReadme(sections, setting)
  }
}

/** What only the benchmark needs, if it is not there: from npm's cache, where that has it. */
function install(): void {
  if (existsSync(join(import.meta.dirname, 'node_modules/autocannon'))) return
  const args = [
    'ci',
    '--prefix',
    import.meta.dirname,
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ]
  const { status } = spawnSync('npm', args, { stdio: 'inherit' })
  if (status !== 0) {
    console.error('The benchmark needs `npm ci --prefix test/bench`, which did not succeed.')
    process.exit(3)
  }
}
