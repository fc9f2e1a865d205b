/**
 * Publishing: a cold compile, and one with a change, against site generators that make the same
 * feeds from the same Markdown files. Each run is a process of its own.
 */

import { spawn, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NOW } from '../support/corpus.ts'
import { articleText, BENCH_SITE, filesOf } from './corpus.ts'
import { alternately, ratioOf, spreadOf } from './measuring.ts'
import { barPlot } from './plot.ts'
import { type Cell, ratioCell, type Section } from './table.ts'

const ARTICLES = 1000
const KILOBYTES = 5
const ROUNDS = 1
const HERE = import.meta.dirname
const ELEVENTY = join(HERE, 'node_modules/@11ty/eleventy/cmd.cjs')

/** A generator: its command in a folder, and what has to go so that it begins from nothing. */
type Generator = {
  readonly name: string
  readonly command: (turn: number) => readonly string[]
  readonly leftovers: readonly string[]
  /** The front matter of the same files, where it has other keys. */
  readonly source: (text: string) => string
  readonly site: string | undefined
  /** A file that has to hold the change. */
  readonly proof: string | undefined
}

type Run = { readonly seconds: number; readonly megabytes: number }

const dated = (text: string): string => text.replace(/^published:/m, 'date:')

const GENERATORS: readonly Generator[] = [
  {
    name: 'edgewire',
    command: (turn) => [process.execPath, join(HERE, 'publish.ts'), 'run', '.', String(NOW + turn)],
    leftovers: ['.edgewire', 'head'],
    source: (text) => text,
    site: undefined,
    proof: undefined,
  },
  ...(['eleventy-plugin', 'eleventy-own'] as const).map(
    (folder): Generator => ({
      name: folder === 'eleventy-own' ? 'Eleventy, own templates' : 'Eleventy, RSS plugin',
      command: () => [process.execPath, ELEVENTY, '--quiet'],
      leftovers: ['_site'],
      source: dated,
      site: folder,
      proof: '_site/rss.xml',
    }),
  ),
  {
    name: 'Hugo',
    command: () => ['hugo', '--quiet', '--config', 'hugo.toml'],
    leftovers: ['public', 'resources'],
    source: dated,
    site: 'hugo',
    proof: 'public/index.xml',
  },
]

export async function publishing(): Promise<Section> {
  const hasHugo = spawnSync('hugo', ['version']).error === undefined
  const generators = GENERATORS.filter(({ name }) => name !== 'Hugo' || hasHugo)
  const places = new Map(generators.map((generator) => [generator.name, placeFor(generator)]))
  const peaks = new Map<string, number>()
  try {
    let turn = 0
    const measure = (cold: boolean) =>
      Object.fromEntries(
        generators.map((generator) => [
          generator.name,
          async () => {
            turn += 60
            const place = places.get(generator.name) ?? ''
            const { seconds, megabytes } = await run(generator, place, cold, turn)
            if (cold) peaks.set(generator.name, Math.max(megabytes, peaks.get(generator.name) ?? 0))
            return seconds
          },
        ]),
      )
    const cold = await alternately(measure(true), ROUNDS)
    const changed = await alternately(measure(false), ROUNDS)
    return report(generators, { cold, changed, peaks })
  } finally {
    for (const place of places.values()) rmSync(place, { recursive: true, force: true })
  }
}

type Figures = {
  readonly cold: Readonly<Record<string, number[]>>
  readonly changed: Readonly<Record<string, number[]>>
  readonly peaks: ReadonlyMap<string, number>
}

/** How many times as fast edgewire has to be: cold, and with one change. */
const GOALS: Readonly<Record<string, readonly [cold: number, changed: number | undefined]>> = {
  'Eleventy, RSS plugin': [3, 10],
  'Eleventy, own templates': [1, undefined],
}

function report(generators: readonly Generator[], { cold, changed, peaks }: Figures): Section {
  const ours = { cold: cold['edgewire'] ?? [], changed: changed['edgewire'] ?? [] }
  const rows = generators.map(({ name }): Cell[] => {
    const [theirCold, theirChanged] = [cold[name] ?? [], changed[name] ?? []]
    const isOwn = name === 'edgewire'
    return [
      name,
      spreadOf(theirCold).median,
      Math.round(ARTICLES / spreadOf(theirCold).median),
      spreadOf(theirChanged).median,
      peaks.get(name) || undefined,
      isOwn ? undefined : ratioCell(ratioOf(theirCold, ours.cold), GOALS[name]?.[0]),
      isOwn ? undefined : ratioCell(ratioOf(theirChanged, ours.changed), GOALS[name]?.[1]),
    ]
  })
  return {
    name: 'publishing',
    title: 'Publishing',
    reading:
      `${ARTICLES.toLocaleString('en')} articles of ${KILOBYTES} KB in 19 feeds, each in three formats, and a page for each article; a process for each run, its start included. edgewire also checks everything, ` +
      'makes archives, sitemaps and pages of feeds, compresses, and compares with what is published; its store here is the compile cache on disk. With one change Eleventy and Hugo build everything again, over what is there: Eleventy’s `--incremental` works within a process that watches, not in a new one.',
    tables: [
      {
        caption: `Seconds for ${ARTICLES.toLocaleString('en')} articles; ratios say how many times as long as edgewire`,
        columns: [
          '',
          'cold',
          'articles a second',
          'one change',
          'peak MB',
          '× cold',
          '× one change',
        ],
        rows,
      },
    ],
    plots: [
      {
        file: 'publishing.svg',
        alt: 'Seconds to compile, cold and with one change',
        svg: barPlot({
          title: `Compiling ${ARTICLES.toLocaleString('en')} articles`,
          unit: 'seconds',
          series: generators.map(({ name }) => name),
          groups: [
            {
              label: 'cold',
              values: generators.map(({ name }) => spreadOf(cold[name] ?? []).median),
            },
            {
              label: 'one change',
              values: generators.map(({ name }) => spreadOf(changed[name] ?? []).median),
            },
          ],
        }),
      },
    ],
  }
}

/** A folder with the corpus and the generator's settings. */
function placeFor({ site, source }: Generator): string {
  const place = mkdtempSync(join(tmpdir(), 'edgewire-bench-'))
  mkdirSync(join(place, 'content'))
  for (const [file, text] of Object.entries(filesOf(ARTICLES, KILOBYTES))) {
    if (file.endsWith('.md')) writeFileSync(join(place, 'content', file), source(String(text)))
  }
  if (site === undefined) {
    writeFileSync(join(place, 'content/site.yaml'), BENCH_SITE)
    return place
  }
  cpSync(join(HERE, 'competitors', site), place, { recursive: true })
  copyFileSync(join(HERE, 'competitors/feeds.js'), join(place, 'feeds.js'))
  writeFileSync(join(place, 'package.json'), '{"type":"module"}\n')
  symlinkSync(join(HERE, 'node_modules'), join(place, 'node_modules'))
  return place
}

/** The change is to the newest article: every feed of everything shows it. */
const CHANGED = `s-${ARTICLES - 1}.md`

async function run(
  { command, leftovers, source, proof }: Generator,
  place: string,
  cold: boolean,
  turn: number,
): Promise<Run> {
  const mark = `Turn${turn}.`
  if (cold)
    for (const name of leftovers) rmSync(join(place, name), { recursive: true, force: true })
  const text = articleText(ARTICLES - 1, KILOBYTES, NOW - 3600, `${mark} `)
  writeFileSync(join(place, 'content', CHANGED), source(text))
  const begun = performance.now()
  const megabytes = await runToEnd(command(turn), place)
  const seconds = (performance.now() - begun) / 1000
  if (proof && !readFileSync(join(place, proof), 'utf8').includes(mark))
    throw new Error(`${proof} does not have what was changed.`)
  return { seconds, megabytes }
}

const COMPILED = join(tmpdir(), 'edgewire-bench-compile-cache')

/** Runs a command; the most memory that it had, in MB, where the system tells. */
function runToEnd([program = '', ...args]: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // As edgewire's own command is started; the others may keep what they compiled too.
    const env = { ...process.env, NODE_COMPILE_CACHE: COMPILED }
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let peak = 0
    let said = ''
    child.stderr.on('data', (piece: Buffer) => {
      said += piece
    })
    const status = `/proc/${child.pid}/status`
    const timer = setInterval(() => {
      const text = existsSync(status) ? readFileSync(status, 'utf8') : ''
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024)
    }, 50)
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      if (code === 0) resolve(Math.round(peak))
      else reject(new Error(`${program} ${args.join(' ')}: ${said}`))
    })
  })
}
