/** What was measured, as it is kept: JSON, plots, and the sections of the README beside this. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, relative } from 'node:path'
import { LOADER } from './load.ts'
import { markdownOf, type Section } from './table.ts'
import { ROOT } from './workerd.ts'

const README = join(import.meta.dirname, 'README.md')
/** Where the plots are that the README shows. */
export const PLOTS: string = join(import.meta.dirname, 'plots')

/** The machine and the versions of one run. */
export type Setting = {
  readonly machine: string
  readonly versions: Readonly<Record<string, string>>
  readonly seconds: number
}

export function settingOf(seconds: number): Setting {
  const [{ model = 'unknown' } = {}] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const names = ['hono', 'feed', 'feedsmith', 'miniflare', 'workerd', 'wrangler']
  const own = ['@11ty/eleventy', '@11ty/eleventy-plugin-rss', 'autocannon']
  return {
    machine: `${cpus().length} × ${model}, ${memory} GiB, ${process.platform} ${process.arch}`,
    versions: {
      node: process.versions.node,
      ...Object.fromEntries(names.map((name) => [name, versionOf(ROOT, name)])),
      ...Object.fromEntries(own.map((name) => [name, versionOf(import.meta.dirname, name)])),
      load: LOADER,
    },
    seconds: Math.round(seconds),
  }
}

function versionOf(root: string, name: string): string {
  const text = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

export function writeJson(file: string, sections: readonly Section[], setting: Setting): void {
  const kept = sections.map(({ name, tables }) => ({ name, tables }))
  writeFileSync(file, `${JSON.stringify({ setting, benchmarks: kept }, undefined, 2)}\n`)
}

export function writePlots(folder: string, sections: readonly Section[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { plots } of sections)
    for (const { file, svg } of plots) writeFileSync(join(folder, file), svg)
}

/** Writes each benchmark's part of the README anew; parts that were not measured stay. */
export function writeReadme(sections: readonly Section[], setting: Setting): void {
  let text = readFileSync(README, 'utf8')
  const versions = Object.entries(setting.versions).map(([name, version]) => `${name} ${version}`)
  text = between(
    text,
    'setting',
    `One run of ${setting.seconds} seconds on ${setting.machine}; ${versions.join(', ')}.`,
  )
  for (const section of sections) {
    text = between(text, section.name, sectionOf(section))
    const { decision } = section
    if (decision) text = between(text, 'decision', markdownOf(decision))
  }
  writeFileSync(README, text)
}

function sectionOf({ title, reading, tables, plots }: Section): string {
  const images = plots.map(
    ({ file, alt }) => `![${alt}](${relative(import.meta.dirname, join(PLOTS, file))})`,
  )
  return [`## ${title}`, reading, ...tables.map(markdownOf), ...images].join('\n\n')
}

/** Replaces what stands between two marks. */
function between(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`The README has no place for ${name}.`)
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`
}
