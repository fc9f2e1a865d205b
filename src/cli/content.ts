/** `content/` on disk, as a folder that the pure layers can read. */

import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type ReadOptions, SITE_FILE } from '../article/corpus.ts'
import { inOrder, type Problem } from '../article/problem.ts'
import type { Folder } from '../article/references.ts'
import { parseSite, type Site } from '../article/site.ts'
import { readText } from '../article/source.ts'
import type { CompileCache } from '../edition/compile-cache.ts'
import { openPress } from '../edition/open-press.ts'
import type { Press } from '../edition/press.ts'
import { platform } from './platform.ts'

/** Reads a content folder; the files that problems name begin with its path. */
export function readContent(
  directory: string,
  options: ReadOptions,
  cache: CompileCache,
): { readonly press: Press } | { readonly problems: readonly Problem[] } {
  const result = openPress(openFolder(directory), options, platform, cache)
  if ('press' in result) return result
  return {
    problems: inOrder(
      result.problems.map((problem) => ({ ...problem, file: join(directory, problem.file) })),
    ),
  }
}

/** The site, if its settings can be read: whose namespace is meant, and where it is served. */
export function siteOf(directory: string): Pick<Site, 'tag' | 'base'> | undefined {
  const text = readText(openFolder(directory), SITE_FILE, () => undefined)
  const read = text === undefined ? undefined : parseSite(text, SITE_FILE, undefined)
  return read && 'site' in read ? read.site : undefined
}

function openFolder(directory: string): Folder {
  const found: Found = { files: [], faults: [] }
  walk(directory, '', [], found)
  return {
    ...found,
    read(file) {
      try {
        return readFileSync(join(directory, file))
      } catch (error) {
        const code = codeOf(error)
        return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : code
      }
    },
  }
}

type Found = {
  readonly files: string[]
  readonly faults: { readonly file: string; readonly detail: string }[]
}

/** Finds the files below a folder, with slashes. Links are followed, but not in a circle. */
function walk(directory: string, path: string, around: readonly string[], found: Found): void {
  const here = join(directory, path)
  try {
    const real = realpathSync(here)
    if (around.includes(real)) {
      found.faults.push({ file: path, detail: 'a link that leads back to a folder around it' })
      return
    }
    const entries = readdirSync(here, { withFileTypes: true })
    for (const entry of entries.filter(({ name }) => !name.startsWith('.'))) {
      const file = path === '' ? entry.name : `${path}/${entry.name}`
      const isFolder = leadsToFolder(join(directory, file), entry)
      if (isFolder) walk(directory, file, [...around, real], found)
      else found.files.push(file)
    }
  } catch (error) {
    // A folder that is not there has no site.yaml either, and that is what will be said.
    const detail = codeOf(error)
    if (path !== '' || detail !== 'ENOENT') found.faults.push({ file: path, detail })
  }
}

function leadsToFolder(path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  try {
    return statSync(path).isDirectory()
  } catch {
    // It leads nowhere, or in a circle: reading it as a file will say so.
    return false
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown'
}
