/** From a folder to a press: everything read and rendered once, and everything that is wrong with it. */

import { type ReadOptions, readCorpus } from '../article/corpus.ts'
import type { Platform } from '../article/platform.ts'
import { sortProblems } from '../article/problem.ts'
import type { Folder } from '../article/source.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import type { CompileCache } from './compile-cache.ts'
import { type Findings, gather, isPublishable } from './findings.ts'
import { OWN_ADDRESSES } from './own-addresses.ts'
import { createOwnLinkJudge } from './own-links.ts'
import { Press } from './press.ts'

/** A folder that was read and rendered, as far as that was possible. */
export type Opening = {
  /** Undefined if there is no site. */
  readonly press: Press | undefined
  readonly findings: Findings
}

/** Reads and renders a folder; what the cache knows costs neither. */
export function openPress(
  folder: Folder,
  options: ReadOptions,
  platform: Platform,
  cache: CompileCache,
): Opening {
  const { corpus, problems } = readCorpus(folder, options, {
    platform,
    memo: cache,
    own: OWN_ADDRESSES,
  })
  const press = corpus && new Press(corpus, cache, platform)
  const live = corpus?.articles.filter(({ retraction }) => !retraction) ?? []
  // Each as it will stand when it is published: links to what is due before it are kept.
  const rendered = live.flatMap(
    (article) => press?.render(article, Math.max(options.now, article.published)) ?? [],
  )
  const judge = corpus && createOwnLinkJudge(corpus)
  const astray = rendered.flatMap(({ ownLinks }) => ownLinks.flatMap((link) => judge?.(link) ?? []))
  const findings = gather([
    { problems: [...problems, ...astray], malformed: [] },
    ...rendered.map(({ findings }) => findings),
  ])
  return { press, findings: { ...findings, problems: sortProblems(findings.problems) } }
}

/** Judges an opening: a press to publish from, or what stands in the way. */
export function soundPress({ press, findings }: Opening): Result<Press, Findings> {
  return press && isPublishable(findings) ? ok(press) : fail(findings)
}
