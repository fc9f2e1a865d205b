/**
 * References in an article, and the addresses for which they stand: files become media, articles
 * their page, and everything else an absolute address. Whatever leaves here was judged, and is to
 * be written as it is.
 */

import { percentDecoded } from '../markup/text.ts'
import { type ArticleAddress, pageAt, withSuffix } from './address.ts'
import { pathOfAlias } from './alias.ts'
import { isMarkdown } from './content-files.ts'
import { isDataAddress, mediaOfData } from './data-address.ts'
import { mediaFinding, missingFileIn } from './file-refusals.ts'
import { type Media, MOST_MEDIA_BYTES, mediaFileOf, mediaTypeOf, SERVED } from './media.ts'
import { addressesNear, withScheme } from './near-addresses.ts'
import type { FilePlace } from './place.ts'
import type { Platform } from './platform.ts'
import type { Finding, Report } from './problem.ts'
import { joinPath, splitSuffix } from './relative-path.ts'
import type { Site } from './site.ts'
import { accepted, type Slot } from './slot.ts'
import type { Folder } from './source.ts'
import {
  judgeFull,
  judgeUrl,
  pathWithin,
  type Refusal,
  referenceKindOf,
  strippedReference,
} from './web-address.ts'
import { alertWordsIn } from './words.ts'

export type ReferenceTarget = {
  readonly url: string
  /** The path in the folder; empty for an address elsewhere. */
  readonly file: string
  readonly media?: Media
  readonly article?: ArticleAddress
  /** The query and the fragment after the file of an article. */
  readonly suffix?: string
  /** The path on the site itself, of an address that names no file. */
  readonly path?: string
}

/** The path of a file of an edition. */
const MEDIA_PATH = /^\/media\/[\w-]+\/[^/?#]+(?:[?#]|$)/

export type Links = ReturnType<typeof createLinks>

type Answers = {
  readonly use: 'link' | 'media'
  readonly place: () => FilePlace
  readonly report: Report
  readonly refuse: (refusal: Refusal) => undefined
}

/**
 * Resolves references against a folder, in which one name can be spelled in two ways: macOS writes
 * letters and their accents apart. `articleAt` knows the article of a Markdown file.
 */
export function createLinks(
  folder: Folder,
  { base, pages, math, words }: Pick<Site, 'base' | 'math' | 'pages' | 'words'>,
  articleAt: (file: string) => ArticleAddress | undefined,
  platform: Platform,
) {
  const loaded = new Map<string, Media>()
  const spelled = new Map(folder.files.map((file) => [file.normalize('NFC'), file]))
  const files = new Set(folder.files)
  const missing = missingFileIn(folder.files)

  /** Says that no article is there: perhaps another file is. */
  function noArticle(file: string): Finding {
    return files.has(file) ? { reason: 'no-article', target: file } : missing(file)
  }

  /** Loads the media at a path of the folder, once. */
  function load(file: string, placeOf: () => FilePlace, report: Report): Media | undefined {
    const known = loaded.get(file)
    if (known) return known
    const refuse = (finding: Finding): void => report({ ...placeOf(), ...finding })
    if (isDataAddress(file)) return loadData(file, refuse)
    const type = mediaTypeOf(file)
    if (isMarkdown(file)) return void refuse(noArticle(file))
    if (!type) return void refuse({ reason: 'unserved-type', target: file, served: SERVED })
    const bytes = folder.read(file, MOST_MEDIA_BYTES)
    if (!bytes.ok) return void refuse(mediaFinding(file, bytes.failure))
    if (!bytes.value) return void refuse(missing(file))
    const reread = (): Uint8Array | undefined => {
      const again = folder.read(file, MOST_MEDIA_BYTES)
      return again.ok ? again.value : undefined
    }
    const media = mediaFileOf({ file, type, bytes: bytes.value, reread }, platform)
    loaded.set(file, media)
    return media
  }

  function loadData(address: string, refuse: (finding: Finding) => void): Media | undefined {
    const data = mediaOfData(address, platform)
    if (!data.ok) return void refuse(data.failure)
    loaded.set(address, data.value)
    return data.value
  }

  function find(reference: string, file: string, answers: Answers): ReferenceTarget | undefined {
    const text = strippedReference(reference)
    const { use, place, report } = answers
    if (text === '') return void report({ ...place(), reason: 'no-address', use })
    const target = targetOf(text, file, answers)
    if (!target) return undefined
    const judged = judgeUrl(target.url, use, `${base}/`, platform)
    if (!judged.ok) return answers.refuse(judged.failure)
    const found = { ...target, url: judged.value }
    return target.file === '' ? onSite(found, answers) : found
  }

  /** Finds what a reference names; the address of what is no file is not judged yet. */
  function targetOf(text: string, file: string, answers: Answers): ReferenceTarget | undefined {
    const kind = referenceKindOf(text)
    if (kind === 'file') return beside(text, file, answers)
    return { url: kind === 'of-a-host' ? `https:${text}` : text, file: '' }
  }

  /** Judges an address that may be one of the site: only files of an edition are shown from it. */
  function onSite(target: ReferenceTarget, answers: Answers): ReferenceTarget | undefined {
    const { use, place, report } = answers
    const path = pathWithin(target.url, base)
    if (path === undefined) return target
    if (use === 'link' || MEDIA_PATH.test(path)) return { ...target, path }
    return void report({ ...place(), reason: 'unserved-address', use, path })
  }

  /** Finds what lies in the folder, by its path from `file`. */
  function beside(
    reference: string,
    file: string,
    { place, report }: Answers,
  ): ReferenceTarget | undefined {
    const [path = '', suffix = ''] = splitSuffix(reference)
    const joined = joinPath(file, percentDecoded(path))
    if (joined === undefined)
      return void report({ ...place(), reason: 'outside-content', target: reference })
    const target = spelled.get(joined.normalize('NFC')) ?? joined
    const article = articleAt(target)
    if (article) return { url: withSuffix(article.url, suffix), file: target, article, suffix }
    const near = withScheme(reference)
    if (near && !files.has(target))
      return void report({ ...place(), reason: 'no-scheme', target: reference, near })
    if (/(?:^|\/)\.{0,2}$/.test(path))
      return void report({ ...place(), reason: 'no-file-named', reference })
    const media = load(target, place, report)
    return media && { url: base + media.path + suffix, file: target, media }
  }

  /**
   * Resolves a reference in the text of `file`. Undefined after a problem was reported, or a note
   * on a link that is left out.
   */
  function resolve(
    reference: string,
    file: string,
    { use, place, report }: Omit<Answers, 'refuse'>,
  ): ReferenceTarget | undefined {
    const text = strippedReference(reference)
    if (use === 'media' && isDataAddress(text)) {
      const media = load(text, place, report)
      return media && { url: base + media.path, file: text, media }
    }
    return find(reference, file, {
      use,
      place,
      report,
      // A link keeps its words; an image is nothing without its address.
      refuse: (refusal) =>
        void report({
          ...place(),
          reason: 'lost-address',
          use,
          address: reference,
          refusal,
          near: addressesNear(reference),
          ...(use === 'link' ? { isNote: true } : {}),
        }),
    })
  }

  /** Resolves a reference to a file, here or elsewhere; one to an article is reported. */
  function resolveFile(
    reference: string,
    file: string,
    { key, place }: Slot,
    report: Report,
  ): ReferenceTarget | undefined {
    const refuse = (refusal: Refusal): undefined =>
      void report({ ...place(), reason: 'refused-address', key, address: reference, refusal })
    const target = find(reference, file, { use: 'media', place, report, refuse })
    if (!target?.article) return target
    return void report({ ...place(), ...missing(target.file) })
  }

  /** Returns a full web address as it is to be written; undefined after a problem was reported. */
  function address(text: string, slot: Slot, report: Report): string | undefined {
    return accepted(judgeFull(text, platform), text, slot, report)
  }

  /**
   * Returns the address of a part of an article, on the page that is made here: it has the part for
   * certain.
   */
  function within({ id, url }: ArticleAddress, fragment: string): string | undefined {
    const whole = withSuffix(pages ? pageAt(base, id) : url, fragment)
    const judged = judgeUrl(whole, 'page', `${base}/`, platform)
    return judged.ok ? judged.value : undefined
  }

  return {
    resolve,
    resolveFile,
    address,
    within,
    pathOfAlias: (alias: string): string => pathOfAlias(alias, base, platform),
    /** Returns the media at a path, if it can be published; no problem is reported. */
    mediaAt: (file: string): Media | undefined =>
      load(
        file,
        () => ({ file, line: 1, column: 1 }),
        () => undefined,
      ),
    articleAt,
    /** Tells whether something refers to a file, as far as that was looked up. */
    isUsed: (file: string): boolean => loaded.has(file),
    /** Whether TeX between dollars is a formula. */
    hasMath: math,
    alertsIn: (language: string) => alertWordsIn(language, { words }),
  }
}
