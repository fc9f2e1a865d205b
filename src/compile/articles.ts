/** Articles and retractions as objects, and the gate that every fragment has to pass. */

import { type ArticleAddress, pageAt } from '../article/address.ts'
import type { Article } from '../article/article.ts'
import type { Platform } from '../article/platform.ts'
import type { Site } from '../article/site.ts'
import { ANNOUNCEMENT, type ArticleFacts, type RetractionFacts } from '../edition/facts.ts'
import { type PartSource, type WrittenObject, writeObject } from '../edition/object.ts'
import { ENTRY_TAG, entryEnvelope } from '../feed/atom.ts'
import type { FormatName } from '../feed/feed-types.ts'
import type { Tombstone } from '../feed/format.ts'
import { FORMATS } from '../feed/formats.ts'
import { createJudge, type Judge, refuse } from '../feed/gate.ts'
import { itemEnvelope } from '../feed/json.ts'
import { announcementOf, standInOf } from '../feed/notice.ts'
import { articlePage, type OwnParts } from '../page/article-page.ts'
import { refusePage } from '../page/gate.ts'
import { hostsOfArticle } from '../page/hosts.ts'
import { retractionPage } from '../page/retraction-page.ts'
import { feedsOf } from './membership.ts'

/** A document that did not pass the gate: a defect of edgewire, which must not reach readers. */
export type Malformed = { readonly document: string; readonly detail: string }

/** An object, and what no parser would accept of it. */
type Rendering = { readonly object: WrittenObject; readonly malformed: readonly Malformed[] }

/** Renders the object of an article. */
export function renderArticle(article: Article, site: Site, platform: Platform): Rendering {
  const { parts, malformed } = fragmentsOf(article, site)
  if (site.pages) parts.push(...pageParts(article.id, articlePage(article, site), malformed))
  return { object: writeObject('article', factsOf(article, site), parts, platform), malformed }
}

/** Writes an entry in every format; the names of its parts begin with `prefix`. */
function fragmentsOf(
  article: Article,
  site: Site,
  prefix = '',
): { readonly parts: PartSource[]; readonly malformed: Malformed[] } {
  const malformed: Malformed[] = []
  const judge = createJudge()
  const parts = FORMATS.map(({ name, fragment }): PartSource => {
    const content = fragment(article, site)
    malformed.push(...refuseFragment(article.id, name, content, site, judge))
    return { name: prefix + name, content }
  })
  return { parts, malformed }
}

/** Tells what a page has of its own; what the gate refuses of it goes to `malformed`. */
function pageParts(id: string, page: OwnParts, malformed: Malformed[]): PartSource[] {
  const detail = refusePage(page)
  if (detail) malformed.push({ document: `/articles/${id}`, detail })
  return [
    { name: 'head', content: page.head },
    { name: 'html', content: page.body },
  ]
}

/** Finds what no parser would accept of a fragment. */
export function refuseFragment(
  id: string,
  format: FormatName,
  fragment: string,
  site: Site,
  judge?: Judge,
): Malformed[] {
  const detail = refuse(format, around(format, fragment, site), judge)
  return detail ? [{ document: `/articles/${id} (${format})`, detail }] : []
}

/** Makes the smallest document around a fragment. */
function around(format: FormatName, fragment: string, site: Site): string {
  switch (format) {
    case 'rss':
      return `<r xmlns:atom="a" xmlns:dc="d" xmlns:content="c" xmlns:media="m" xmlns:source="s">${fragment}</r>`
    case 'atom':
      return entryEnvelope.head + fragment.slice(ENTRY_TAG.length) + entryEnvelope.tail
    case 'json': {
      const { head, tail } = itemEnvelope(site)
      return head + fragment + tail
    }
  }
}

function factsOf(article: Article, site: Site): ArticleFacts {
  const { id, guid, title, published, updated, section, tags, language } = article
  const authors = article.authors.map(({ name }) => name)
  const hosts = hostsOfArticle(article, site)
  return {
    id,
    guid,
    url: elsewhere(article, site),
    title,
    published,
    updated,
    authors,
    section,
    tags,
    language,
    image: article.image?.url,
    hosts: hosts.length > 0 ? hosts : undefined,
    feeds: feedsOf(article, site),
    status: 'published',
  }
}

/**
 * Renders the object that stands where a retracted article stood, with its notices and its page.
 */
export function renderRetraction(
  tombstone: Tombstone,
  feeds: readonly string[],
  site: Site,
  platform: Platform,
): Rendering {
  const { id, guid, at, reason, replacedBy, replacement } = tombstone
  const facts: RetractionFacts = {
    id,
    guid,
    retracted_at: at,
    reason,
    replaced_by: replacedBy,
    replacement: replacedBy && replacement && elsewhere({ id: replacedBy, url: replacement }, site),
    feeds,
  }
  const standIn = fragmentsOf(standInOf(tombstone), site)
  const notice = announcementOf(tombstone)
  const announcement = notice && fragmentsOf(notice, site, ANNOUNCEMENT)
  const malformed = [...standIn.malformed, ...(announcement?.malformed ?? [])]
  const parts = [
    ...standIn.parts,
    ...(announcement?.parts ?? []),
    ...(site.pages ? pageParts(id, retractionPage(tombstone, site), malformed) : []),
  ]
  return { object: writeObject('retraction', facts, parts, platform), malformed }
}

/** Returns the address of an article, if it is another than the Worker would give it. */
function elsewhere({ id, url }: ArticleAddress, { base }: Site): string | undefined {
  return url === pageAt(base, id) ? undefined : url
}
