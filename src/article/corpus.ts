/**
 * The corpus: all of `content/`, read and checked. Texts are read when they are asked for.
 */

import { fail, type Result } from '../markup/result.ts'
import { ownAddressOf, pageAt } from './address.ts'
import { type Listing, listArticle } from './article.ts'
import { type ArticleBody, renderBody } from './body.ts'
import { endsAtComments } from './comments.ts'
import { isIndex, nameOf, passedOver } from './content-files.ts'
import { checkFolders } from './folders.ts'
import { isId, LONGEST_ID } from './id.ts'
import type { Instant } from './instant.ts'
import type { Media } from './media.ts'
import { heldAgainst } from './old-work.ts'
import type { Memo, Platform } from './platform.ts'
import type { Finding, Problem, Report } from './problem.ts'
import { createLinks, type Links } from './references.ts'
import { type LostKeys, NOTHING_LOST, salvageSite } from './salvage.ts'
import { parseSite, type ReadSite, type Site } from './site.ts'
import { resolveSite, withBase } from './site-addresses.ts'
import { accepted } from './slot.ts'
import { type Folder, readSources, readText, type Source } from './source.ts'
import { checkSources } from './source-checks.ts'
import { createTally } from './tally.ts'
import { checkTranslations } from './translations.ts'
import { checkOldAddresses, type OwnAddresses } from './unique.ts'
import { checkGuids } from './unique-guids.ts'
import { judgeFull } from './web-address.ts'
import { dayIn, UTC, zoneOf } from './zone.ts'

export type Corpus = {
  /** Icon and logo are absolute addresses. */
  readonly site: Site
  /** The files of the site itself: icon and logo. */
  readonly media: readonly Media[]
  /** By id; drafts are left out unless they were asked for. */
  readonly articles: readonly Listing[]
  /** Those that were left out. */
  readonly drafts: readonly Listing[]
  /** Articles whose front matter is not right, as far as it is known: judged, and not published. */
  readonly unsound: readonly Listing[]
  /** Returns the file of an article. */
  readonly sourceOf: (article: Listing) => Source
  /** Judges what was found in an article: what is held against new work only is a note in old. */
  readonly judge: (article: Listing, found: readonly Problem[]) => readonly Problem[]
  /** Renders the text of an article; links to `hidden` ones lose their address. */
  readonly bodyOf: (article: Listing, hidden: ReadonlySet<string>) => ArticleBody
  readonly links: Links
  /** Returns the place of the value at a path of site.yaml. */
  readonly placeInSite: Source['placeOf']
}

export type ReadOptions = {
  readonly now: Instant
  /** Replaces the address of `site.yaml`. */
  readonly base?: string | undefined
  readonly drafts?: boolean | undefined
  /** Ids that were published before: rules for new work are not held against them. */
  readonly known?: ReadonlySet<string> | undefined
}

export const SITE_FILE = 'site.yaml'

/** A folder that was read: all that could be, and everything that is wrong with it. */
export type CorpusReading = {
  readonly corpus: Corpus
  /** Whether the site is known: without it nothing can be rendered, though everything is judged. */
  readonly hasSite: boolean
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
  const { report, problems } = createTally()
  const site = readSite(folder, options.base, platform, report)
  // Where the site cannot be read, nobody is told that it has no zone.
  const timezone = site.isSound ? site.site.timezone : (site.site.timezone ?? UTC)
  const named = nameSources(readSources(folder, { platform, memo, timezone }, report), report)
  checkSources(named, options.now, report)
  const addressed = Array.from(named, ([id, source]) => ({
    source,
    address: { id, url: urlOf(id, source, { site, platform, report }) },
  }))
  const addresses = new Map(addressed.map(({ source, address }) => [source.file, address]))
  const links = createLinks(folder, site.site, (file) => addresses.get(file), platform)
  const isOld = (id: string, { front, lost }: Source): boolean =>
    front.imported === true ||
    lost.has('imported') ||
    site.lost.has('alt_required_since') ||
    dayIn(zoneOf(site.site), front.published.instant) < (site.site.alt_required_since ?? '') ||
    options.known?.has(id) === true
  const { site: resolved, media } = resolveSite(site, links, platform, report)
  const all = addressed.map(({ source, address }) =>
    listArticle(source, address, {
      site: resolved,
      links,
      report: (problem) => report(heldAgainst(isOld(address.id, source), problem)),
    }),
  )
  checkGuids(all, named, resolved.tag, report)
  checkOldAddresses(all, named, { own, site: resolved, yaml: site.yaml, platform }, report)
  checkFolders(all, named, resolved, report)
  checkTranslations(all, named, report)
  for (const file of folder.files) {
    const why = passedOver(file)
    if (why) report({ file, line: 1, column: 1, ...why, isNote: true })
  }
  const sourceOf = ({ id }: Listing): Source => {
    const source = named.get(id)
    if (!source) throw new Error(`No source is named ${id}.`)
    return source
  }
  const isSound = (article: Listing): boolean =>
    site.isSound && isId(article.id) && sourceOf(article).isSound
  const sound = all.filter(isSound)
  const isShown = (article: Listing): boolean =>
    options.drafts || sourceOf(article).front.status !== 'draft'
  const articles = sound.filter(isShown)
  const unsound = all.filter((article) => !isSound(article) && isShown(article))
  if (site.isSound && articles.length === 0 && unsound.length === 0)
    report({ file: SITE_FILE, line: 1, column: 1, reason: 'no-articles' })
  const corpus = {
    site: resolved,
    media,
    articles,
    drafts: sound.filter((article) => !isShown(article)),
    unsound,
    sourceOf,
    judge: (article: Listing, found: readonly Problem[]) =>
      found.map((problem) => heldAgainst(isOld(article.id, sourceOf(article)), problem)),
    bodyOf: (article: Listing, hidden: ReadonlySet<string>) =>
      renderBody(sourceOf(article), article, hidden, links),
    links,
    placeInSite: site.yaml.placeOf,
  }
  return { corpus, hasSite: site.isSound, problems: problems() }
}

/** The site, as far as it is known. */
type KnownSite = ReadSite & { readonly lost: LostKeys; readonly isSound: boolean }

function readSite(
  folder: Folder,
  base: string | undefined,
  platform: Platform,
  report: Report,
): KnownSite {
  const text = readText(folder, SITE_FILE)
  const site = text.ok ? parsedSite(text.value, base) : fail([text.failure])
  if (site.ok) endsAtComments(site.value.yaml).forEach(report)
  else site.failure.forEach(report)
  const sound = site.ok ? withBase(site.value, platform, report) : undefined
  if (sound) return { ...sound, lost: NOTHING_LOST, isSound: true }
  return { ...salvageSite(text.ok ? text.value : undefined, SITE_FILE), isSound: false }
}

function parsedSite(
  text: string | undefined,
  base: string | undefined,
): Result<ReadSite, readonly Problem[]> {
  if (text === undefined) return fail([{ file: SITE_FILE, line: 1, column: 1, reason: 'no-site' }])
  return parseSite(text, SITE_FILE, base)
}

const TOO_LONG = `at most ${LONGEST_ID} characters`

/**
 * Sources by id: the name of the file, unless front matter pins another. One that can have no such
 * id is under its file, which is none, so that it is judged with the others.
 */
function nameSources(sources: readonly Source[], report: Report): Map<string, Source> {
  const named = new Map<string, Source>()
  for (const source of sources) {
    const id = source.front.id ?? nameOf(source.file)
    const fault = faultOfId(id, source.file, named.get(id))
    if (fault && !source.lost.has('id')) report({ ...source.placeOf(['id']), ...fault })
    named.set(fault ? source.file : id, source)
  }
  return new Map([...named].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function faultOfId(id: string, file: string, other: Source | undefined): Finding | undefined {
  if (other) return { reason: 'duplicate-id', id, other: other.file }
  if (isId(id)) return undefined
  const letters = id.length > LONGEST_ID ? TOO_LONG : 'lower-case letters, digits and hyphens'
  const thing = isIndex(file) ? 'folder' : 'file'
  const expected = `a ${thing} name of ${letters}, or an \`id\` in the front matter`
  return { reason: 'invalid-value', key: 'id', expected, found: `\`${id}\`` }
}

type AddressContext = {
  readonly site: KnownSite
  readonly platform: Platform
  readonly report: Report
}

/** Finds the address at which an article is read. A draft may not know it yet. */
function urlOf(
  id: string,
  { front, lost, placeOf }: Source,
  { site: known, platform, report }: AddressContext,
): string {
  const { site, lost: lostOfSite } = known
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
  const mayHave = lost.has('url') || lost.has('status') || lostOfSite.has('url')
  if (!site.pages && front.status !== 'draft' && !mayHave)
    report({ ...placeOf(['url']), reason: 'no-page' })
  return page
}
