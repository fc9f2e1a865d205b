/**
 * Articles to objects: each is rendered once, in every format, whatever the number of feeds and
 * editions that it appears in.
 */

import type { Article } from '../article/article.ts'
import type { Corpus } from '../article/corpus.ts'
import type { Platform } from '../article/platform.ts'
import { ENTRY_TAG, entryEnvelope } from '../feed/atom.ts'
import type { FormatName } from '../feed/feed-types.ts'
import type { Tombstone } from '../feed/format.ts'
import { FORMATS } from '../feed/formats.ts'
import { refuse } from '../feed/gate.ts'
import { itemEnvelope } from '../feed/json.ts'
import { articlePage } from '../page/article-page.ts'
import type { ArticleFacts, RetractionFacts } from './facts.ts'
import { type PartSource, type WrittenObject, writeObject } from './object.ts'

export type Rendered = {
  readonly article: Article
  readonly object: WrittenObject
  readonly fragments: Readonly<Record<FormatName, string>>
}

/** A document that did not pass the gate: a defect of edgewire, which must not reach readers. */
export type Malformed = { readonly document: string; readonly detail: string }

/** Renders every article that can appear; `report` is told of what no parser would accept. */
export function renderArticles(
  { site, articles }: Corpus,
  platform: Platform,
  report: (malformed: Malformed) => void,
): Map<string, Rendered> {
  const item = itemEnvelope(site)
  const around: Record<FormatName, (fragment: string) => string> = {
    rss: (fragment) =>
      `<r xmlns:atom="a" xmlns:dc="d" xmlns:content="c" xmlns:media="m">${fragment}</r>`,
    atom: (fragment) => entryEnvelope.head + fragment.slice(ENTRY_TAG.length) + entryEnvelope.tail,
    json: (fragment) => item.head + fragment + item.tail,
  }
  const rendered = new Map<string, Rendered>()
  for (const article of articles) {
    if (article.retraction) continue
    const fragments = { rss: '', atom: '', json: '' }
    for (const { name, fragment } of FORMATS) {
      fragments[name] = fragment(article, site)
      const detail = refuse(name, around[name](fragments[name]))
      if (detail) report({ document: `/articles/${article.id} (${name})`, detail })
    }
    const page = articlePage(article, site)
    const parts: PartSource[] = [
      ...FORMATS.map(({ name }) => ({ name, content: fragments[name] })),
      { name: 'head', content: page.head },
      { name: 'html', content: page.body },
    ]
    rendered.set(article.id, {
      article,
      fragments,
      object: writeObject('article', factsOf(article), parts, platform),
    })
  }
  return rendered
}

function factsOf(article: Article): ArticleFacts {
  const { id, guid, title, published, updated, section, tags, language } = article
  const authors = article.authors.map(({ name }) => name)
  return {
    id,
    guid,
    title,
    published,
    updated,
    authors,
    section,
    tags,
    language,
    image: article.image?.url,
    status: 'published',
  }
}

/** The object that stands where a retracted article stood. */
export function writeRetraction(tombstone: Tombstone, platform: Platform): WrittenObject {
  const { id, guid, at, reason, replacedBy } = tombstone
  const facts: RetractionFacts = { id, guid, retracted_at: at, reason, replaced_by: replacedBy }
  return writeObject('retraction', facts, [], platform)
}
