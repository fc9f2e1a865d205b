/**
 * An article: what a publisher wrote, checked, cleaned, and with every address absolute.
 *
 * The neutral model in the middle: formats and pages read it, none of them changes it.
 */

import type { Markup } from '../markup/markup.ts'
import type { ArticleAddress } from './address.ts'
import type { FrontMatter } from './front-matter.ts'
import type { Instant } from './instant.ts'
import { type Media, mediaTypeOf } from './media.ts'
import type { Moment } from './moment.ts'
import type { Finding, Problem } from './problem.ts'
import type { Links, ReferenceTarget } from './references.ts'
import { splitSuffix } from './relative-path.ts'
import type { Site } from './site.ts'
import type { Slot } from './slot.ts'
import { folderNameOf } from './slug.ts'
import type { Source } from './source.ts'
import type { KeyPath } from './yaml.ts'
import { dayIn, zoneOf } from './zone.ts'

/** The text of an article in its forms. */
export type Text = {
  /** With absolute addresses; undefined where that cannot be said in Markdown. */
  readonly markdown: string | undefined
  /** The tree that was judged. */
  readonly markup: Markup
  /** The beginning of it, where the author marked an end of that. */
  readonly lead?: Markup | undefined
  /** Whether it begins with the article's own image, under a caption. */
  readonly showsImage?: boolean | undefined
  /** The markup, written. */
  readonly html: string
}

export type Person = {
  readonly name: string
  /** The name of the folder of their feed: their key in `site.yaml`, or what their name makes. */
  readonly slug: string
  readonly url?: string | undefined
  readonly avatar?: string | undefined
}

export type Image = {
  readonly url: string
  /** Empty for an image that only decorates; undefined if nobody said what it shows. */
  readonly alt: string | undefined
  readonly credit: string | undefined
  readonly width: number | undefined
  readonly height: number | undefined
  readonly type: string | undefined
  readonly size: number | undefined
}

export type Attachment = {
  readonly url: string
  readonly type: string
  readonly title: string | undefined
  /** Bytes, and seconds. */
  readonly size: number | undefined
  readonly duration: number | undefined
}

export type Retraction = {
  /** Undefined: the edition that first saw it. */
  readonly at: Instant | undefined
  readonly reason: string | undefined
  readonly replacedBy: string | undefined
  /** The permanent id of the notice that announces it; undefined: none does. */
  readonly announcement: string | undefined
}

/** An article without its text: what lists, feeds and directories need to know of it. */
export type Listing = {
  readonly id: string
  /** The permanent id in all three formats: never derived from title or address. */
  readonly guid: string
  /** The address at which it is read: its page here, or the publisher's own. */
  readonly url: string
  /** The title; of an untitled article the beginning of its text, or its id before that is read. */
  readonly title: string
  readonly isUntitled: boolean
  readonly published: Instant
  /** The last correction, or `published`. */
  readonly updated: Instant
  /** The two as pages tell them. */
  readonly moments: { readonly published: Moment; readonly updated: Moment }
  /** The day on which archives list it, `2026-01-15`: in the zone of the site, or in UTC. */
  readonly day: string
  readonly correction: string | undefined
  readonly summary: string | undefined
  readonly authors: readonly Person[]
  readonly section: string | undefined
  readonly tags: readonly string[]
  readonly language: string
  /** Ids by language. */
  readonly translations: Readonly<Record<string, string>>
  readonly image: Image | undefined
  readonly attachments: readonly Attachment[]
  readonly externalUrl: string | undefined
  readonly via: string | undefined
  /** Paths that redirect here. */
  readonly aliases: readonly string[]
  readonly copyright: string | undefined
  readonly license: string | undefined
  readonly retraction: Retraction | undefined
  /** The files that its front matter names. */
  readonly media: readonly Media[]
}

/** The page on which an article is read in another language. */
export type Translation = { readonly language: string; readonly url: string }

/**
 * An article as it stands at an instant: it names the translations that are published by then. Its
 * `summary` is the beginning of the text where the author wrote none; `standfirst` is the author's.
 */
export type Article = Omit<Listing, 'translations'> &
  Text & {
    readonly translations: readonly Translation[]
    readonly standfirst?: string | undefined
    /** Whether its entry offers the image for loading. */
    readonly enclosesImage?: boolean | undefined
  }

type ListingMeans = {
  readonly site: Site
  readonly links: Links
  readonly report: (problem: Problem) => void
}

/** Makes the listing of a source; problems with what it refers to go to `report`. */
export function listArticle(
  source: Source,
  { id, url }: ArticleAddress,
  { site, links, report }: ListingMeans,
): Listing {
  const { front } = source
  const { published, updated = published } = front
  const media: Media[] = []
  const slot = (path: KeyPath): Slot => ({ key: path.join('.'), place: () => source.placeOf(path) })
  const address = (key: 'external_url' | 'via' | 'license'): string | undefined => {
    const text = front[key]
    return text === undefined ? undefined : links.address(text, slot([key]), report)
  }
  if (front.image && front.image.alt === undefined)
    report({
      ...source.placeOf(['image']),
      reason: 'image-without-alt',
      target: front.image.src,
      stands: 'in-front-matter',
      isNote: true,
    })
  const file: FileOf = (reference, path) => {
    const target = links.resolveFile(reference, source.file, slot(path), report)
    if (target?.media && !media.includes(target.media)) media.push(target.media)
    return target
  }
  return {
    id,
    guid: front.guid ?? `tag:${site.tag}:${id}`,
    url,
    title: front.title ?? id,
    isUntitled: front.title === undefined,
    published: published.instant,
    updated: updated.instant,
    moments: { published, updated },
    day: dayIn(zoneOf(site), published.instant),
    correction: front.correction,
    summary: front.summary,
    authors: (front.authors ?? []).map((name) => authorOf(name, site)),
    section: front.section,
    tags: front.tags ?? [],
    language: front.language ?? site.language,
    translations: front.translations ?? {},
    image: imageOf(front, file),
    attachments: attachmentsOf(front, file, (index, address) =>
      report({ ...source.placeOf(['attachments', index, 'src']), ...unsized(address) }),
    ),
    externalUrl: address('external_url'),
    via: address('via'),
    aliases: (front.aliases ?? []).map(links.pathOfAlias),
    copyright: front.copyright,
    license: address('license'),
    retraction: retractionOf(id, front, site),
    media,
  }
}

type FileOf = (reference: string, path: KeyPath) => ReferenceTarget | undefined

function authorOf(name: string, site: Site): Person {
  const known = Object.hasOwn(site.authors, name) ? site.authors[name] : undefined
  return known ? { ...known, slug: name } : { name, slug: folderNameOf(name) }
}

function retractionOf(id: string, front: FrontMatter, { tag }: Site): Retraction | undefined {
  if (front.status !== 'retracted') return undefined
  return {
    at: front.retracted_at?.instant,
    reason: front.reason,
    replacedBy: front.replaced_by,
    // Of what never changes, and a URI whatever the guid is (RFC 4151 §2.1, RFC 4287 §4.2.6). No
    // article's own has it by default: ids have no slash.
    announcement: front.announce === false ? undefined : `tag:${tag}:${id}/retracted`,
  }
}

function imageOf({ image }: FrontMatter, file: FileOf): Image | undefined {
  const target = image && file(image.src, ['image', 'src'])
  if (!image || !target) return undefined
  const { alt, credit } = image
  const saysSize = image.width !== undefined || image.height !== undefined
  const size = saysSize ? image : target.media
  return {
    url: target.url,
    alt,
    credit,
    width: size?.width,
    height: size?.height,
    type: target.media?.type,
    size: target.media?.size,
  }
}

function attachmentsOf(
  { attachments = [] }: FrontMatter,
  file: FileOf,
  onUnsized: (index: number, address: string) => void,
): Attachment[] {
  return attachments.flatMap(({ src, type, title, size, duration }, index) => {
    const target = file(src, ['attachments', index, 'src'])
    if (!target) return []
    const known = type ?? target.media?.type ?? typeOfAddress(target.url)
    const length = target.media?.size ?? size
    if (length === undefined) onUnsized(index, src)
    return [{ url: target.url, type: known, title, size: length, duration }]
  })
}

function unsized(address: string): Finding & { readonly isNote: true } {
  return { reason: 'unsized-attachment', address, isNote: true }
}

/** Tells the media type of what lies elsewhere, by the ending of its address. */
export function typeOfAddress(url: string): string {
  return mediaTypeOf(splitSuffix(url)[0]) ?? 'application/octet-stream'
}
