/** `content/`, read and ready to be compiled, or everything that is wrong with it. */

import { join } from 'node:path'
import { type ReadOptions, SITE_FILE } from '../article/corpus.ts'
import { inOrder, type Problem } from '../article/problem.ts'
import { parseSite, type Site } from '../article/site.ts'
import { readText } from '../article/source.ts'
import type { CompileCache } from '../compile/compile-cache.ts'
import { type OpenPress, openPress } from '../compile/open-press.ts'
import { openFolder } from './content-folder.ts'
import { platform } from './platform.ts'

/** Reads a content folder; the files that problems and notes name begin with its path. */
export function readContent(
  directory: string,
  options: ReadOptions,
  cache: CompileCache,
): OpenPress {
  const folder = openFolder(directory)
  if ('reason' in folder) return { problems: [{ ...folder, file: directory }] }
  const result = openPress(folder, options, platform, cache)
  const named = (problems: readonly Problem[]): Problem[] =>
    inOrder(problems.map((problem) => ({ ...problem, file: join(directory, problem.file) })))
  return 'press' in result
    ? { press: result.press, notes: named(result.notes) }
    : { problems: named(result.problems) }
}

/** Reads the site's tag and address from `site.yaml`; undefined if that cannot be read. */
export function siteOf(directory: string): Pick<Site, 'tag' | 'base'> | undefined {
  const folder = openFolder(directory)
  if ('reason' in folder) return undefined
  const text = readText(folder, SITE_FILE, () => undefined)
  const read = text === undefined ? undefined : parseSite(text, SITE_FILE, undefined)
  return read && 'site' in read ? read.site : undefined
}
