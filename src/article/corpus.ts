/**
 * The corpus: all of `content/`, read, checked and cleaned, or every problem that it has.
 */

import { type Article, buildArticle } from './article.ts'
import { parseSource, type Source } from './front-matter.ts'
import type { Instant } from './instant.ts'
import type { Media } from './media.ts'
import type { Platform } from './platform.ts'
import { inOrder, type Problem } from './problem.ts'
import { createLinks, type Folder } from './references.ts'
import { parseSite, type Site } from './site.ts'
import { nearest } from './text.ts'
import { checkUnique } from './unique.ts'

export type Corpus = {
  /** Icon and logo are absolute addresses. */
  readonly site: Site
  /** The files of the site itself: icon and logo. */
  readonly media: readonly Media[]
  /** By id; drafts are left out unless they were asked for. */
  readonly articles: readonly Article[]
}

export type ReadOptions = {
  readonly now: Instant
  /** Replaces the address of `site.yaml`. */
  readonly base?: string | undefined
  readonly drafts?: boolean | undefined
}

const SITE_FILE = 'site.yaml'

/** Reads the folder. Either the whole corpus is right, or there are problems and no corpus. */
export function readCorpus(
  folder: Folder,
  options: ReadOptions,
  platform: Platform,
): { readonly corpus: Corpus } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const report = (problem: Problem): void => void problems.push(problem)
  const site = readSite(folder, options.base, report)
  const sources = readSources(folder, report)
  const named = nameSources(sources, report)
  // Without a site there is still something to say about the articles.
  const base = site?.site.base ?? 'https://invalid.invalid'
  const idOfFile = new Map(Array.from(named, ([id, source]) => [source.file, id]))
  const links = createLinks(folder, base, (file) => idOfFile.get(file), platform)
  const media: Media[] = []
  const resolved = site && resolveSite(site, links, media, report)
  const articles: Article[] = []
  for (const [id, source] of named) {
    checkSource(source, named, options.now, report)
    if (resolved) articles.push(buildArticle(source, id, resolved, links, report))
  }
  checkUnique(articles, named, report)
  if (problems.length > 0 || !resolved) return { problems: inOrder(problems) }
  const kept = articles.filter(
    ({ id }) => options.drafts || named.get(id)?.front.status !== 'draft',
  )
  return { corpus: { site: resolved, media, articles: kept } }
}

type Report = (problem: Problem) => void
type ReadSite = Exclude<ReturnType<typeof parseSite>, readonly Problem[]>

function readSite(folder: Folder, base: string | undefined, report: Report): ReadSite | undefined {
  const start = { file: SITE_FILE, line: 1, column: 1 }
  const text = readText(folder, SITE_FILE, report)
  if (text === undefined) {
    if (folder.read(SITE_FILE) === undefined) report({ ...start, reason: 'no-site' })
    return undefined
  }
  const site = parseSite(text, SITE_FILE, base)
  if ('site' in site) return site
  site.forEach(report)
  return undefined
}

function readSources(folder: Folder, report: Report): Source[] {
  const files = folder.files.filter((file) => file.endsWith('.md')).toSorted()
  return files.flatMap((file) => {
    const text = readText(folder, file, report)
    if (text === undefined) return []
    const source = parseSource(text, file)
    if ('front' in source) return [source]
    source.forEach(report)
    return []
  })
}

function readText(folder: Folder, file: string, report: Report): string | undefined {
  const bytes = folder.read(file)
  if (bytes === undefined) return undefined
  const place = { file, line: 1, column: 1 }
  if (typeof bytes === 'string')
    return void report({ ...place, reason: 'unreadable', detail: bytes })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    // The decoder is fatal on purpose: a guess would publish mangled text.
    return void report({ ...place, reason: 'not-text' })
  }
}

/** Sources by id: the file's name, unless front matter pins another. */
function nameSources(sources: readonly Source[], report: Report): Map<string, Source> {
  const named = new Map<string, Source>()
  for (const source of sources) {
    const name = (source.file.split('/').at(-1) ?? '').replace(/\.md$/, '')
    const id = source.front.id ?? name
    const place = source.yaml.placeOf(['id'])
    const other = named.get(id)
    if (other) report({ ...place, reason: 'duplicate-id', id, other: other.file })
    else if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) named.set(id, source)
    else {
      const expected =
        'a file name of lower-case letters, digits and hyphens, or an `id` in the front matter'
      report({ ...place, reason: 'invalid-value', key: 'id', expected, found: `\`${id}\`` })
    }
  }
  return new Map([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function resolveSite(
  { site, yaml }: ReadSite,
  links: ReturnType<typeof createLinks>,
  media: Media[],
  report: Report,
): Site {
  const addressOf = (key: 'icon' | 'logo'): string | undefined => {
    const reference = site[key]
    const target = reference && links.resolve(reference, SITE_FILE, yaml.placeOf([key]), report)
    if (!target) return undefined
    if (target.media) media.push(target.media)
    return target.url
  }
  const authors = Object.entries(site.authors).map(([key, { name, url, avatar }]) => [
    key,
    { name, url: url && links.absolute(url), avatar: avatar && links.absolute(avatar) },
  ])
  const home = links.absolute(site.home)
  const license = site.license && links.absolute(site.license)
  return {
    ...site,
    home,
    license,
    authors: Object.fromEntries(authors),
    icon: addressOf('icon'),
    logo: addressOf('logo'),
  }
}

function checkSource(
  { front, yaml }: Source,
  named: ReadonlyMap<string, Source>,
  now: Instant,
  report: Report,
): void {
  const {
    published,
    updated,
    retracted_at: retracted,
    replaced_by: replacedBy,
    translations = {},
  } = front
  if (front.correction !== undefined && (updated === undefined || updated <= published)) {
    report({ ...yaml.placeOf(['correction']), reason: 'undated-correction' })
  }
  if (updated !== undefined && updated < published) {
    report({ ...yaml.placeOf(['updated']), reason: 'updated-before-published' })
  }
  if (updated !== undefined && updated > Math.max(now, published)) {
    report({ ...yaml.placeOf(['updated']), reason: 'updated-ahead' })
  }
  if (retracted !== undefined && retracted > now) {
    report({ ...yaml.placeOf(['retracted_at']), reason: 'retracted-ahead' })
  }
  const checkId = (key: string, path: string[], id: string): void => {
    if (named.has(id)) return
    report({
      ...yaml.placeOf(path),
      reason: 'unknown-article',
      key,
      id,
      near: nearest(id, named.keys()),
    })
  }
  if (replacedBy) checkId('replaced_by', ['replaced_by'], replacedBy)
  for (const [language, id] of Object.entries(translations)) {
    checkId(`translations.${language}`, ['translations', language], id)
  }
}
