/** Articles and retractions as objects, and the gate that every fragment has to pass. */

import { type ArticleAddress, pageAt } from '../article/address.ts'
import type { Article } from '../article/article.ts'
import type { Platform } from '../article/platform.ts'
import type { Site } from '../article/site.ts'
import {
  ANNOUNCEMENT,
  type ArticleFacts,
  type RetractionFacts,
  WITH_IMAGE,
} from '../edition/facts.ts'
import { type PartSource, writeObject } from '../edition/object.ts'
import type { Format, Tombstone } from '../feed/format.ts'
import { FORMATS, joinEntry } from '../feed/formats.ts'
import { createJudge, type Judge } from '../feed/judge.ts'
import { announcementOf, standInOf } from '../feed/notice.ts'
import { articlePage, type OwnParts } from '../page/article-page.ts'
import { refusePage } from '../page/gate.ts'
import { hostsOfArticle } from '../page/hosts.ts'
import { retractionPage } from '../page/retraction-page.ts'
import type { Malformed } from './findings.ts'
import { feedFoldersOf, isAskedForImage } from './membership.ts'
import type { Rendering } from './product.ts'

/** Parts of an object, and what no parser would accept of them. */
type JudgedParts = {
  readonly parts: readonly PartSource[]
  readonly malformed: readonly Malformed[]
}

/** Renders the object of an article. */
export function renderArticle(article: Article, site: Site, platform: Platform): Rendering {
  const { parts, malformed } = joinParts([
    fragmentsOf(article, site),
    ...(article.image && isAskedForImage(article, site)
      ? [fragmentsOf({ ...article, enclosesImage: true }, site, WITH_IMAGE)]
      : []),
    ...(site.pages ? [pageParts(article.id, articlePage(article, site, platform.highlight))] : []),
  ])
  return { ...writeObject('article', articleFactsOf(article, site), parts, platform), malformed }
}

/** Writes an entry in every format; the names of its parts begin with `prefix`. */
function fragmentsOf(article: Article, site: Site, prefix = ''): JudgedParts {
  const judge = createJudge()
  return joinParts(
    FORMATS.map((format) => {
      const content = format.fragment(article, site)
      const malformed = refuseFragment({ id: article.id, format, content }, site, judge)
      return { parts: [{ name: prefix + format.name, content }], malformed }
    }),
  )
}

/** Lists the parts that a page has of its own. */
function pageParts(id: string, page: OwnParts): JudgedParts {
  const detail = refusePage(page)
  return {
    parts: [
      { name: 'head', content: page.head },
      { name: 'html', content: page.body },
    ],
    malformed: detail ? [{ document: `/articles/${id}`, detail }] : [],
  }
}

function joinParts(all: readonly JudgedParts[]): JudgedParts {
  return {
    parts: all.flatMap(({ parts }) => parts),
    malformed: all.flatMap(({ malformed }) => malformed),
  }
}

/** An entry of an article in a format. */
type Fragment = { readonly id: string; readonly format: Format; readonly content: string }

/** Finds what no parser would accept of a fragment. */
export function refuseFragment(
  { id, format, content }: Fragment,
  site: Site,
  judge: Judge = createJudge(),
): Malformed[] {
  const detail = format.refuse(joinEntry(format, content, site), judge)
  return detail ? [{ document: `/articles/${id} (${format.name})`, detail }] : []
}

function articleFactsOf(article: Article, site: Site): ArticleFacts {
  const { id, guid, title, published, updated, section, tags, language } = article
  const authors = article.authors.map(({ name }) => name)
  const hosts = hostsOfArticle(article, site)
  return {
    id,
    guid,
    url: foreignAddressOf(article, site),
    title,
    published,
    updated,
    authors,
    section,
    tags,
    language,
    image: article.image?.url,
    hosts: hosts.length > 0 ? hosts : undefined,
    feeds: feedFoldersOf(article, site),
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
    replacement:
      replacedBy && replacement && foreignAddressOf({ id: replacedBy, url: replacement }, site),
    feeds,
  }
  const notice = announcementOf(tombstone, site)
  const { parts, malformed } = joinParts([
    fragmentsOf(standInOf(tombstone, site), site),
    ...(notice ? [fragmentsOf(notice, site, ANNOUNCEMENT)] : []),
    ...(site.pages ? [pageParts(id, retractionPage(tombstone, site))] : []),
  ])
  return { ...writeObject('retraction', facts, parts, platform), malformed }
}

/** Returns the address of an article, if it is another than the Worker would give it. */
function foreignAddressOf({ id, url }: ArticleAddress, { base }: Site): string | undefined {
  return url === pageAt(base, id) ? undefined : url
}
