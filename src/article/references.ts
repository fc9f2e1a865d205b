/**
 * What the references of an article stand for: files become media, articles their page, and
 * everything else an absolute address.
 */

import type { Source } from './front-matter.ts'
import { type Media, MOST_BYTES, mediaOf, SERVED, typeOf } from './media.ts'
import type { Platform } from './platform.ts'
import type { Place, Problem } from './problem.ts'
import type { Rewrite } from './sanitise.ts'

/** `content/` as it was read: paths with slashes, relative to it. */
export type Folder = {
  readonly files: readonly string[]
  /** The bytes of a file, undefined if there is none; a text says why it cannot be read. */
  readonly read: (file: string) => Uint8Array | string | undefined
}

export type Target = { readonly url: string; readonly media?: Media }

export type Links = ReturnType<typeof createLinks>

type Report = (problem: Problem) => void

/** Resolves references against a folder. `idOf` knows the article of a Markdown file. */
export function createLinks(
  folder: Folder,
  base: string,
  idOf: (file: string) => string | undefined,
  platform: Platform,
) {
  const loaded = new Map<string, Media>()

  /** The media at a path of the folder, read once. */
  function load(file: string, place: Place, report: Report): Media | undefined {
    const known = loaded.get(file)
    if (known) return known
    const type = typeOf(file)
    if (file.endsWith('.md'))
      return refuse({ ...place, reason: 'missing-file', target: file }, report)
    if (!type)
      return refuse({ ...place, reason: 'unserved-type', target: file, served: SERVED }, report)
    const bytes = folder.read(file)
    if (bytes === undefined)
      return refuse({ ...place, reason: 'missing-file', target: file }, report)
    if (typeof bytes === 'string')
      return refuse({ ...place, reason: 'unreadable', detail: bytes }, report)
    if (bytes.length > MOST_BYTES) {
      return refuse(
        { ...place, reason: 'file-too-large', target: file, bytes: bytes.length, most: MOST_BYTES },
        report,
      )
    }
    const media = mediaOf(file, type, bytes, platform)
    loaded.set(file, media)
    return media
  }

  /** What a reference in `file` stands for; `undefined` after a problem was reported. */
  function resolve(
    reference: string,
    file: string,
    place: Place,
    report: Report,
  ): Target | undefined {
    if (reference.startsWith('//')) return absolute(`https:${reference}`)
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference) || reference.startsWith('/'))
      return absolute(reference)
    const [path = '', suffix = ''] = splitSuffix(reference)
    const target = joinPath(file, decodePath(path))
    if (target === undefined)
      return refuse({ ...place, reason: 'outside-content', target: reference }, report)
    const article = idOf(target)
    if (article !== undefined) return { url: `${base}/articles/${article}${suffix}` }
    const media = load(target, place, report)
    return media && { url: base + media.path + suffix, media }
  }

  function absolute(reference: string): Target {
    return { url: platform.resolve(reference, `${base}/`) ?? reference }
  }

  /** The references of one article; the files they name are added to `media`. */
  function from(source: Source, url: string, media: Media[], report: Report) {
    const keep = (target: Target | undefined): Target | undefined => {
      if (target?.media && !media.includes(target.media)) media.push(target.media)
      return target
    }
    const file = (reference: string, path: readonly (string | number)[]): Target | undefined =>
      keep(resolve(reference, source.file, source.yaml.placeOf(path), report))
    const rewrite: Rewrite = (reference) => {
      if (reference.startsWith('#')) return url + reference
      return keep(resolve(reference.trim(), source.file, placeInBody(source, reference), report))
        ?.url
    }
    const onImageWithoutAlt = (src: string): void =>
      report({ ...placeInBody(source, src), reason: 'image-without-alt', target: decodePath(src) })
    return { file, rewrite, onImageWithoutAlt }
  }

  return { from, resolve, absolute: (address: string): string => absolute(address).url }
}

function refuse(problem: Problem, report: Report): undefined {
  report(problem)
}

/** Where a reference stands in the body; the first of several. */
function placeInBody(source: Source, reference: string): Place {
  const at =
    [reference, decodePath(reference)]
      .map((text) => source.body.indexOf(text))
      .find((i) => i >= 0) ?? 0
  const before = source.body.slice(0, at).split('\n')
  return {
    file: source.file,
    line: source.bodyLine + before.length - 1,
    column: (before.at(-1)?.length ?? 0) + 1,
  }
}

function splitSuffix(reference: string): [string, string] {
  const at = reference.search(/[?#]/)
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at)]
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not percent-encoded after all: the name of a file may hold a per cent sign.
    return path
  }
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
