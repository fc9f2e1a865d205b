/** Files of `content/` that nobody gets: no type that is served, or nothing refers to them. */

import { isMarkdown, isReadme, passedOver } from '../article/content-files.ts'
import { type Corpus, SITE_FILE } from '../article/corpus.ts'
import { mediaTypeOf, SERVED } from '../article/media.ts'
import type { Problem } from '../article/problem.ts'
import type { Folder } from '../article/source.ts'

/** The keys of front matter that name files. */
const NAMING = ['image', 'attachments'] as const

/** Notes them, once everything that is published was rendered. */
export function unusedFiles({ files }: Folder, corpus: Corpus): Problem[] {
  const left = files.filter((file) => !(hasUse(file) || corpus.links.isUsed(file)))
  if (left.some(mediaTypeOf)) lookThroughOthers(corpus)
  // What an article refers to that could not be read, nobody knows.
  const { unsound, sourceOf } = corpus
  const isKnown = unsound.every((article) => !NAMING.some((key) => sourceOf(article).lost.has(key)))
  return left
    .filter((file) => !corpus.links.isUsed(file) && (isKnown || !mediaTypeOf(file)))
    .map((file) => ({ file, line: 1, column: 1, isNote: true, ...noteOn(file) }))
}

function hasUse(file: string): boolean {
  return file === SITE_FILE || isMarkdown(file) || isReadme(file) || passedOver(file) !== undefined
}

/** Drafts and retracted articles refer to files too; their texts are not rendered otherwise. */
function lookThroughOthers({ drafts, articles, bodyOf }: Corpus): void {
  const retracted = articles.filter(({ retraction }) => retraction)
  for (const article of [...drafts, ...retracted]) bodyOf(article, new Set())
}

function noteOn(file: string) {
  return mediaTypeOf(file)
    ? ({ reason: 'unused-file' } as const)
    : ({ reason: 'unserved-file', served: SERVED } as const)
}
