/** From a folder to a press: everything read and rendered once, and everything that is wrong with it. */

import type { Listing } from '../article/article.ts'
import { type Corpus, type ReadOptions, readCorpus } from '../article/corpus.ts'
import type { Platform } from '../article/platform.ts'
import { sortProblems } from '../article/problem.ts'
import type { Folder } from '../article/source.ts'
import { createTally } from '../article/tally.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import type { CompileCache } from './compile-cache.ts'
import { type Findings, gather, isPublishable } from './findings.ts'
import { hiddenLinks } from './hidden-links.ts'
import type { Rendition } from './member.ts'
import { OWN_ADDRESSES } from './own-addresses.ts'
import { createOwnLinkJudge, type PartsOf } from './own-links.ts'
import { Press } from './press.ts'
import { unusedFiles } from './unused-files.ts'

/** A folder that was read and rendered, as far as that was possible. */
export type Opening = {
  /** Undefined if the site is not known. */
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
  const { corpus, hasSite, problems } = readCorpus(folder, options, {
    platform,
    memo: cache,
    own: OWN_ADDRESSES,
  })
  const press = new Press(corpus, cache, platform)
  const live = corpus.articles.filter(({ retraction }) => !retraction)
  // Each as it will stand when it is published: links to what is due before it are kept.
  const rendered = live.map((article) =>
    press.render(article, Math.max(options.now, article.published)),
  )
  const unsound = judgeUnsound(corpus)
  const judged = [...rendered, ...unsound]
  const judge = createOwnLinkJudge(corpus, landingsIn(corpus, judged), platform)
  const ownLinks = judged.flatMap((text) => text.ownLinks)
  const { report, problems: counted } = createTally()
  if (hasSite) for (const link of ownLinks) judge(link).forEach(report)
  hiddenLinks(press, options.now).forEach(report)
  if (hasSite) unusedFiles(folder, corpus).forEach(report)
  const read = { problems: [...problems, ...counted()], malformed: [] }
  const texts = judged.map(({ findings }) => findings)
  return { press: hasSite ? press : undefined, findings: inOrder([read, ...texts]) }
}

type JudgedText = Pick<Rendition, 'ownLinks' | 'parts' | 'findings'> & {
  readonly article: Pick<Listing, 'id'>
}

/** Lists the parts of all texts; the page of a retracted article has none. */
function landingsIn({ articles }: Corpus, texts: readonly JudgedText[]): PartsOf {
  const retracted = articles.filter(({ retraction }) => retraction)
  return new Map([
    ...retracted.map(({ id }) => [id, new Set<string>()] as const),
    ...texts.map(({ article, parts }) => [article.id, parts] as const),
  ])
}

function inOrder(all: readonly Findings[]): Findings {
  const { problems, malformed } = gather(all)
  return { problems: sortProblems(problems), malformed }
}

/** Judges the texts of articles whose front matter is not right. */
function judgeUnsound({ unsound, sourceOf, bodyOf, judge }: Corpus): JudgedText[] {
  return unsound
    .filter((article) => !article.retraction && sourceOf(article).reopen())
    .map((article) => {
      const { problems, ownLinks, parts } = bodyOf(article, new Set())
      return {
        article,
        ownLinks,
        parts,
        findings: { problems: judge(article, problems), malformed: [] },
      }
    })
}

/** Judges an opening: a press to publish from, or what stands in the way. */
export function soundPress({ press, findings }: Opening): Result<Press, Findings> {
  return press && isPublishable(findings) ? ok(press) : fail(findings)
}
