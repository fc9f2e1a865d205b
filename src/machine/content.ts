/** `content/`, read and ready to be compiled, or everything that is wrong with it. */

import { join } from 'node:path'
import { type ReadOptions, SITE_FILE } from '../article/corpus.ts'
import { sortProblems } from '../article/problem.ts'
import { parseSite, type Site } from '../article/site.ts'
import { readText } from '../article/source.ts'
import type { CompileCache } from '../compile/compile-cache.ts'
import { type Findings, NOTHING_FOUND } from '../compile/findings.ts'
import { type Opening, openPress } from '../compile/open-press.ts'
import { openFolder } from './content-folder.ts'
import { platform } from './platform.ts'

/** Reads a content folder; the files that problems name begin with its path. */
export function readContent(directory: string, options: ReadOptions, cache: CompileCache): Opening {
  const folder = openFolder(directory)
  if (!folder.ok)
    return { press: undefined, findings: { ...NOTHING_FOUND, problems: [folder.failure] } }
  const { press, findings } = openPress(folder.value, options, platform, cache)
  return { press, findings: inFolder(directory, findings) }
}

/** Names the files of problems as the operator does: from where the command was started. */
export function inFolder(directory: string, { problems, ...others }: Findings): Findings {
  const named = problems.map((problem) => ({ ...problem, file: join(directory, problem.file) }))
  return { ...others, problems: sortProblems(named) }
}

/** Reads the site's tag and address from `site.yaml`; undefined if that cannot be read. */
export function siteOf(directory: string): Pick<Site, 'tag' | 'base'> | undefined {
  const folder = openFolder(directory)
  if (!folder.ok) return undefined
  const text = readText(folder.value, SITE_FILE)
  if (!text.ok || text.value === undefined) return undefined
  const read = parseSite(text.value, SITE_FILE, undefined)
  return read.ok ? read.value.site : undefined
}
