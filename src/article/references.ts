/**
 * What the references of an article stand for: files become media, articles their page, and
 * everything else an absolute address.
 */

import { type ArticleAddress, pageAt, withSuffix } from './address.ts'
import { type Media, MOST_BYTES, mediaOf, SERVED, typeOf } from './media.ts'
import type { Platform } from './platform.ts'
import type { Finding, Place, Problem } from './problem.ts'
import type { Site } from './site.ts'
import { percentDecoded } from './text.ts'

/** `content/` as it was read: paths with slashes, relative to it. */
export type Folder = {
  readonly files: readonly string[]
  /** What is in the way of knowing all files: links, folders that cannot be read. */
  readonly faults: readonly Problem[]
  /** The bytes of a file, of which it may have so many; why not; or undefined if there is none. */
  readonly read: (file: string, most: number) => Uint8Array | Unread | undefined
}

/** Why a file is not read. */
export type Unread =
  | Extract<
      Finding,
      {
        readonly reason:
          | 'link'
          | 'not-a-file'
          | 'hidden-file'
          | 'odd-name'
          | 'outside-content'
          | 'unreadable'
          | 'changed-meanwhile'
      }
    >
  | { readonly reason: 'too-large'; readonly bytes: number }

export type Target = {
  readonly url: string
  /** Its place in the folder; empty for what lies elsewhere. */
  readonly file: string
  readonly media?: Media
  readonly article?: ArticleAddress
}

export type Links = ReturnType<typeof createLinks>

type Report = (problem: Problem) => void

/** Resolves references against a folder. `articleAt` knows the article of a Markdown file. */
export function createLinks(
  folder: Folder,
  { base, pages }: Pick<Site, 'base' | 'pages'>,
  articleAt: (file: string) => ArticleAddress | undefined,
  platform: Platform,
) {
  const loaded = new Map<string, Media>()

  /** The media at a path of the folder, read once. */
  function load(file: string, placeOf: () => Place, report: Report): Media | undefined {
    const known = loaded.get(file)
    if (known) return known
    const refuse = (finding: Finding): void => report({ ...placeOf(), ...finding })
    const type = typeOf(file)
    if (file.endsWith('.md')) return void refuse({ reason: 'missing-file', target: file })
    if (!type) return void refuse({ reason: 'unserved-type', target: file, served: SERVED })
    const bytes = folder.read(file, MOST_BYTES)
    if (bytes === undefined) return void refuse({ reason: 'missing-file', target: file })
    if (!(bytes instanceof Uint8Array)) return void refuse(mediaFinding(file, bytes))
    const media = mediaOf(file, type, bytes, platform, () => {
      const again = folder.read(file, MOST_BYTES)
      return again instanceof Uint8Array ? again : undefined
    })
    loaded.set(file, media)
    return media
  }

  /** What a reference in `file` stands for; `undefined` after a problem was reported. */
  function resolve(
    reference: string,
    file: string,
    placeOf: () => Place,
    report: Report,
  ): Target | undefined {
    if (reference.startsWith('//')) return absolute(`https:${reference}`)
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference) || reference.startsWith('/'))
      return absolute(reference)
    const [path = '', suffix = ''] = splitSuffix(reference)
    const target = joinPath(file, percentDecoded(path))
    if (target === undefined)
      return void report({ ...placeOf(), reason: 'outside-content', target: reference })
    const article = articleAt(target)
    if (article) return { url: withSuffix(article.url, suffix), file: target, article }
    const media = load(target, placeOf, report)
    return media && { url: base + media.path + suffix, file: target, media }
  }

  function absolute(reference: string): Target {
    return { url: platform.resolve(reference, `${base}/`) ?? reference, file: '' }
  }

  /** The same for what has to be a file, or lies elsewhere: an article is neither. */
  function resolveFile(
    reference: string,
    file: string,
    placeOf: () => Place,
    report: Report,
  ): Target | undefined {
    const target = resolve(reference, file, placeOf, report)
    if (!target?.article) return target
    return void report({ ...placeOf(), reason: 'missing-file', target: target.file })
  }

  return {
    resolve,
    resolveFile,
    absolute: (address: string): string => absolute(address).url,
    /** A part of an article: on the page that is made here, which has it for certain. */
    within: ({ id, url }: ArticleAddress, fragment: string): string =>
      withSuffix(pages ? pageAt(base, id) : url, fragment),
    /** The media at a path, if it can be published; no problem is reported. */
    mediaAt: (file: string): Media | undefined =>
      load(
        file,
        () => ({ file, line: 1, column: 1 }),
        () => undefined,
      ),
    articleAt,
  }
}

function mediaFinding(target: string, unread: Unread): Finding {
  return unread.reason === 'too-large'
    ? { reason: 'file-too-large', target, bytes: unread.bytes, most: MOST_BYTES }
    : unread
}

function splitSuffix(reference: string): [string, string] {
  const at = reference.search(/[?#]/)
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at)]
}

/** The path of a reference beside `file`; undefined where it leaves the folder. */
function joinPath(file: string, path: string): string | undefined {
  const steps = file.split('/').slice(0, -1)
  for (const step of path.split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined
    if (step !== '' && step !== '.' && step !== '..') steps.push(step)
  }
  return steps.join('/')
}
