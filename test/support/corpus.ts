/** Small corpora, built from texts as a publisher would write them. */

import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Article } from '../../src/article/article.ts'
import type { Corpus, ReadOptions } from '../../src/article/corpus.ts'
import type { Platform } from '../../src/article/platform.ts'
import type { Problem } from '../../src/article/problem.ts'
import type { Folder } from '../../src/article/source.ts'
import type { CompileCache } from '../../src/compile/compile-cache.ts'
import type { Findings } from '../../src/compile/findings.ts'
import { openPress, soundPress } from '../../src/compile/open-press.ts'
import type { Press } from '../../src/compile/press.ts'
import { highlight } from '../../src/machine/highlighter.ts'
import { fail, ok, type Result } from '../../src/markup/result.ts'
import { must } from './results.ts'

export const platform: Platform = {
  digest: (bytes) => createHash('sha256').update(bytes).digest('base64url'),
  gzip: (bytes) => gzipSync(bytes),
  gunzip(bytes, size) {
    try {
      return gunzipSync(bytes, { maxOutputLength: size })
    } catch {
      return undefined
    }
  },
  resolve: (reference, base) =>
    URL.canParse(reference, base) ? new URL(reference, base).href : undefined,
  highlight,
}

/** 2026-03-01T00:00:00Z. */
export const NOW = 1_772_323_200

export const SITE = `title: The Wire
description: News of a test
language: en
home: https://example.org/
base: https://wire.example.org
tag: example.org,2026
authors:
  desk: { name: The desk, url: https://example.org/desk }
`

export type Files = Readonly<Record<string, string | Uint8Array>>

/** A folder of texts and bytes; `site.yaml` is there unless it is given. */
export function aFolder(files: Files): Folder {
  const all: Files = { 'site.yaml': SITE, ...files }
  return {
    files: Object.keys(all),
    faults: [],
    read: (file, most) => {
      const value = Object.hasOwn(all, file) ? all[file] : undefined
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
      if (bytes === undefined || bytes.length <= most) return ok(bytes)
      return fail({ reason: 'too-large', bytes: bytes.length })
    },
  }
}

/** An article's file: front matter as YAML text, and a body. */
export function anArticle(
  front: Readonly<Record<string, string>> = {},
  body = 'Some *text*.',
): string {
  const keys = { title: 'A title', published: '2026-02-01T10:00:00Z', ...front }
  const yaml = Object.entries(keys).map(([key, value]) => `${key}: ${value}`)
  return `---\n${yaml.join('\n')}\n---\n${body}\n`
}

/** A compile cache that is gone with its test. */
export function aCache(): CompileCache {
  const memo = new Map<string, string>()
  const objects = new Map<string, Uint8Array>()
  return {
    recall: (key) => memo.get(key),
    remember: (key, text) => void memo.set(key, text),
    object: (digest) => objects.get(digest),
    sizeOf: (digest) => objects.get(digest)?.length,
    keep: ({ digest, bytes }) => void objects.set(digest, bytes),
  }
}

/** Opens the press of some files, or tells what is wrong with them. */
export function tryPress(
  files: Files,
  options: Partial<ReadOptions> = {},
  cache: CompileCache = aCache(),
): Result<Press, Findings> {
  return soundPress(openPress(aFolder(files), { now: NOW, ...options }, platform, cache))
}

/** The press of some files, which have to be right. */
export function aPress(
  files: Files,
  options: Partial<ReadOptions> = {},
  cache: CompileCache = aCache(),
): Press {
  return must(tryPress(files, options, cache))
}

/** The articles of some files, which have to be right. */
export function articlesOf(files: Files, options: Partial<ReadOptions> = {}): Article[] {
  return articlesIn(aPress(files, options).corpus)
}

/** The articles of some files, whatever is wrong with them. */
export function articlesAnyway(files: Files): Article[] {
  const { press } = openPress(aFolder(files), { now: NOW }, platform, aCache())
  return press ? articlesIn(press.corpus) : []
}

function articlesIn(corpus: Corpus): Article[] {
  return corpus.articles.map((article) => {
    const { markdown, markup, html, files: shown } = corpus.bodyOf(article, new Set())
    return {
      ...article,
      translations: [],
      markdown,
      markup,
      html,
      media: [...article.media, ...shown.values()],
    }
  })
}

/** Everything that is found in some files, whatever comes of it: file, reason, and what is graver. */
export function findingsOf(
  files: Files,
  options: Partial<ReadOptions> = {},
  cache: CompileCache = aCache(),
): readonly Problem[] {
  return openPress(aFolder(files), { now: NOW, ...options }, platform, cache).findings.problems
}

/** The problems of some files, which have to have some. */
export function problemsOf(files: Files, options: Partial<ReadOptions> = {}): readonly Problem[] {
  const read = tryPress(files, options)
  if (read.ok) throw new Error('There is no problem.')
  return read.failure.problems
}
