/** From a folder to a press: everything read and rendered once, with notes on it, or everything that is wrong. */

import { type ReadOptions, readCorpus } from '../article/corpus.ts'
import type { Platform } from '../article/platform.ts'
import { inOrder, type Problem } from '../article/problem.ts'
import type { Folder } from '../article/source.ts'
import type { CompileCache } from './compile-cache.ts'
import { isOwnAddress } from './own-addresses.ts'
import { Press } from './press.ts'

/** A press, and notes on what it read; or every problem, and the notes among them. */
export type OpenPress =
  | { readonly press: Press; readonly notes: readonly Problem[] }
  | { readonly problems: readonly Problem[] }

/** Reads and renders a folder; what the cache knows costs neither. */
export function openPress(
  folder: Folder,
  options: ReadOptions,
  platform: Platform,
  cache: CompileCache,
): OpenPress {
  const problems: Problem[] = []
  const notes: Problem[] = []
  const tell = (problem: Problem): void => void problems.push(problem)
  const corpus = readCorpus(folder, options, platform, cache, tell, isOwnAddress)
  const press = corpus && new Press(corpus, cache, platform)
  if (press) {
    // Each as it will stand when it is published: links to what is due before it are kept.
    for (const article of press.corpus.articles) {
      if (article.retraction) continue
      notes.push(...press.render(article, Math.max(options.now, article.published)).notes)
    }
  }
  return press && problems.length === 0
    ? { press, notes: inOrder(notes) }
    : { problems: inOrder([...problems, ...notes]) }
}
