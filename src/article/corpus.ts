/**
 * The corpus: all of `content/`, read and checked. Texts are read when they are asked for.
 */

import { nearest } from '../markup/text.ts'
import { ownAddressOf, pageAt } from './address.ts'
import { type Listing, listArticle } from './article.ts'
import { type ArticleBody, renderBody } from './body.ts'
import { commentsIn } from './comments.ts'
import { checkFolders } from './folders.ts'
import { RETRACTION_KEYS } from './front-matter.ts'
import { isId, LONGEST_ID } from './id.ts'
import type { Instant } from './instant.ts'
import type { Media } from './media.ts'
import type { Memo, Platform } from './platform.ts'
import type { Problem } from './problem.ts'
import { accepted, createLinks, type Links } from './references.ts'
import { parseSite, type ReadSite, type Site } from './site.ts'
import { resolveSite, withBase } from './site-addresses.ts'
import { type Folder, readSources, readText, type Source } from './source.ts'
import { checkOldAddresses, type OwnAddresses } from './unique.ts'
import { checkGuids } from './unique-guids.ts'
import { judgeFull } from './web-address.ts'
import { UTC } from './zone.ts'

export type Corpus = {
  /** Icon and logo are absolute addresses. */
  readonly site: Site
  /** The files of the site itself: icon and logo. */
  readonly media: readonly Media[]
  /** By id; drafts are left out unless they were asked for. */
  readonly articles: readonly Listing[]
  /** Returns the file of an article. */
  readonly sourceOf: (article: Listing) => Source
  /** Renders the text of an article; links to `hidden` ones lose their address. */
  readonly bodyOf: (article: Listing, hidden: ReadonlySet<string>) => ArticleBody
  readonly links: Links
}

export type ReadOptions = {
  readonly now: Instant
  /** Replaces the address of `site.yaml`. */
  readonly base?: string | undefined
  readonly drafts?: boolean | undefined
}

export const SITE_FILE = 'site.yaml'

/** A folder that was read: all that could be, and everything that is wrong with it. */
export type CorpusReading = {
  /** Undefined if there is no site. */
  readonly corpus: Corpus | undefined
  readonly problems: readonly Problem[]
}

/** The means by which a folder is read; `own` are the addresses that a site has of itself. */
type CorpusMeans = {
  readonly platform: Platform
  readonly memo: Memo
  readonly own: OwnAddresses
}

/** Reads the folder. Where there is any problem, nothing of the corpus is to be published. */
export function readCorpus(
  folder: Folder,
  options: ReadOptions,
  { platform, memo, own }: CorpusMeans,
): CorpusReading {
  const problems: Problem[] = []
  const report: Report = (problem) => void problems.push(problem)
  const site = readSite(folder, options.base, platform, report)
  // Where the site cannot be read, nobody is told that it has no zone.
  const timezone = site ? site.site.timezone : UTC
  const named = nameSources(readSources(folder, { platform, memo, timezone }, report), report)
  const near = createSuggestions(named)
  for (const source of named.values())
    checkSource(source, { named, near, now: options.now, report })
  if (!site) return { corpus: undefined, problems }
  const addressed = Array.from(named, ([id, source]) => ({
    source,
    address: { id, url: urlOf(id, source, { site: site.site, platform, report }) },
  }))
  const addresses = new Map(addressed.map(({ source, address }) => [source.file, address]))
  const links = createLinks(folder, site.site, (file) => addresses.get(file), platform)
  const { site: resolved, media } = resolveSite(site, links, platform, report)
  const all = addressed.map(({ source, address }) =>
    listArticle(source, address, { site: resolved, links, report }),
  )
  checkGuids(all, named, resolved.tag, report)
  checkOldAddresses(all, named, { own, site: resolved, yaml: site.yaml, platform }, report)
  checkFolders(all, named, resolved, report)
  const sourceOf = ({ id }: Listing): Source => {
    const source = named.get(id)
    if (!source) throw new Error(`No source is named ${id}.`)
    return source
  }
  const corpus = {
    site: resolved,
    media,
    articles: all.filter((article) => options.drafts || sourceOf(article).front.status !== 'draft'),
    sourceOf,
    bodyOf: (article: Listing, hidden: ReadonlySet<string>) =>
      renderBody(sourceOf(article), article, hidden, links),
    links,
  }
  return { corpus, problems }
}

type Report = (problem: Problem) => void

function readSite(
  folder: Folder,
  base: string | undefined,
  platform: Platform,
  report: Report,
): ReadSite | undefined {
  const text = readText(folder, SITE_FILE)
  if (!text.ok) return void report(text.failure)
  if (text.value === undefined)
    return void report({ file: SITE_FILE, line: 1, column: 1, reason: 'no-site' })
  const site = parseSite(text.value, SITE_FILE, base)
  if (site.ok) {
    commentsIn(site.value.yaml).forEach(report)
    return withBase(site.value, platform, report)
  }
  return void site.failure.forEach(report)
}

const TOO_LONG = `at most ${LONGEST_ID} characters`

/** Sources by id: the file's name, unless front matter pins another. */
function nameSources(sources: readonly Source[], report: Report): Map<string, Source> {
  const named = new Map<string, Source>()
  for (const source of sources) {
    const name = (source.file.split('/').at(-1) ?? '').replace(/\.md$/, '')
    const id = source.front.id ?? name
    const other = named.get(id)
    if (other) report({ ...source.placeOf(['id']), reason: 'duplicate-id', id, other: other.file })
    else if (isId(id)) named.set(id, source)
    else {
      const letters = id.length > LONGEST_ID ? TOO_LONG : 'lower-case letters, digits and hyphens'
      const expected = `a file name of ${letters}, or an \`id\` in the front matter`
      report({
        ...source.placeOf(['id']),
        reason: 'invalid-value',
        key: 'id',
        expected,
        found: `\`${id}\``,
      })
    }
  }
  return new Map([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Finds the address at which an article is read. A draft may not know it yet. */
function urlOf(
  id: string,
  { front, placeOf }: Source,
  { site, platform, report }: { site: Site; platform: Platform; report: Report },
): string {
  const page = pageAt(site.base, id)
  const own = ownAddressOf(id, front, site)
  if (own !== undefined) {
    const judged = judgeFull(own, platform)
    if (judged.ok) return judged.value
    // What is wrong with the template of site.yaml is told there.
    if (front.url !== undefined)
      accepted(judged, own, { key: 'url', place: () => placeOf(['url']) }, report)
    return page
  }
  if (!site.pages && front.status !== 'draft') report({ ...placeOf(['url']), reason: 'no-page' })
  return page
}

/** The first names that nobody has are compared with all: beyond that, a pattern is wrong. */
const MOST_SUGGESTIONS = 20

function createSuggestions(named: ReadonlyMap<string, Source>): (id: string) => string[] {
  let made = 0
  return (id) => (made++ < MOST_SUGGESTIONS ? nearest(id, named.keys()) : [])
}

type SourceCheck = {
  readonly named: ReadonlyMap<string, Source>
  readonly near: (id: string) => string[]
  readonly now: Instant
  readonly report: Report
}

function checkSource(source: Source, { named, near, now, report }: SourceCheck): void {
  const { front, placeOf } = source
  checkRetraction(source, now, report)
  if (front.title === undefined) report({ ...placeOf([]), reason: 'untitled', isNote: true })
  const { replaced_by: replacedBy, translations = {} } = front
  const [published, updated] = [front.published.instant, front.updated?.instant]
  if (front.correction !== undefined && (updated === undefined || updated <= published)) {
    report({ ...placeOf(['correction']), reason: 'undated-correction' })
  }
  if (updated !== undefined && updated < published) {
    report({ ...placeOf(['updated']), reason: 'updated-before-published' })
  }
  if (updated !== undefined && updated > Math.max(now, published)) {
    report({ ...placeOf(['updated']), reason: 'updated-ahead' })
  }
  const checkId = (key: string, path: (string | number)[], id: string): void => {
    if (named.has(id)) return
    report({ ...placeOf(path), reason: 'unknown-article', key, id, near: near(id) })
  }
  if (replacedBy) checkId('replaced_by', ['replaced_by'], replacedBy)
  for (const [index, [language, id]] of Object.entries(translations).entries()) {
    checkId(`translations.${language}`, ['translations', index], id)
  }
}

/** Reports keys of a retraction where there is none: their author thinks that readers are told. */
function checkRetraction({ front, placeOf }: Source, now: Instant, report: Report): void {
  const { status } = front
  const at = front.retracted_at?.instant
  if (at !== undefined && at > now)
    report({ ...placeOf(['retracted_at']), reason: 'retracted-ahead' })
  for (const key of status === 'retracted' ? [] : RETRACTION_KEYS) {
    if (front[key] !== undefined) report({ ...placeOf([key]), reason: 'not-retracted', key })
  }
}
