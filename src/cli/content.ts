/** `content/` on disk, as a folder that the pure layers can read. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Corpus, ReadOptions } from '../article/corpus.ts'
import { readCorpus } from '../article/corpus.ts'
import { inOrder, type Problem } from '../article/problem.ts'
import type { Folder } from '../article/references.ts'
import { platform } from './platform.ts'

/** Reads a content folder; the files that problems name begin with its path. */
export function readContent(
  directory: string,
  options: ReadOptions,
): { readonly corpus: Corpus } | { readonly problems: readonly Problem[] } {
  const result = readCorpus(openFolder(directory), options, platform)
  if ('corpus' in result) return result
  return {
    problems: inOrder(
      result.problems.map((problem) => ({ ...problem, file: join(directory, problem.file) })),
    ),
  }
}

function openFolder(directory: string): Folder {
  // A folder that is not there has no site.yaml either, and that is what will be said.
  const entries = existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
    : []
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(join(directory, sep).length).split(sep).join('/'),
    )
  return {
    files,
    read(file) {
      try {
        return readFileSync(join(directory, file))
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException
        return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : code
      }
    },
  }
}
