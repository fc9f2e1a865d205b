/**
 * The body of an article: its Markdown as clean HTML, with every address absolute, and what it
 * depends on beside itself.
 */

import type { ArticleAddress } from './address.ts'
import { findAddresses, withAddresses } from './addresses-in-markdown.ts'
import type { Listing, Text } from './article.ts'
import { MOST, OverBound, withinBounds } from './bounds.ts'
import type { Cut } from './front-matter.ts'
import { renderMarkdown } from './markdown.ts'
import { htmlOf, type Markup } from './markup.ts'
import type { Media } from './media.ts'
import type { Place, Problem } from './problem.ts'
import type { Links } from './references.ts'
import { sanitise } from './sanitise.ts'
import type { Source } from './source.ts'
import { cleanText, percentDecoded } from './text.ts'

/** A link to another article of the corpus, where it stands first. */
export type ArticleLink = Place & ArticleAddress

export type Body = Text & {
  /** The files that it shows or links to, by their place in the folder. */
  readonly files: ReadonlyMap<string, Media>
  /** The articles that it links to, by their file. */
  readonly links: ReadonlyMap<string, ArticleLink>
  /** Whether no problem was reported. */
  readonly sound: boolean
}

/**
 * Renders a body. Links to the articles in `hidden` keep their words and lose their address: nobody
 * is to learn of an article that is not published yet. Problems go to `tell`.
 */
export function renderBody(
  source: Source,
  listing: Listing,
  hidden: ReadonlySet<string>,
  references: Links,
  tell: (problem: Problem) => void,
): Body {
  let sound = true
  const report = (problem: Problem): void => {
    sound = false
    tell(problem)
  }
  const { file } = source
  const found: Found = { files: new Map(), links: new Map(), addresses: new Map() }
  const ending = { files: found.files, links: found.links }
  const nothing = { markdown: undefined, markup: [], html: '', ...ending, sound: false }
  const cut = source.reopen()
  if (!cut) {
    report({ file, line: 1, column: 1, reason: 'changed-meanwhile' })
    return nothing
  }
  const place = placesIn(cut, file)
  const written = cleanText(cut.body).trim()
  const markup = withinBounds(() =>
    renderText(written, listing, references, { file, hidden, found, place, report }),
  )
  if (markup instanceof OverBound) {
    const { excess, spot } = markup
    const line = cut.bodyLine + linesBefore(cut.body) + (spot.line ?? 0)
    const at = spot.reference === undefined ? { file, line, column: 1 } : place(spot.reference)
    report({ ...at, ...excess })
    return nothing
  }
  const { retraction, externalUrl } = listing
  if (markup.length === 0 && !retraction && source.front.status !== 'draft' && !externalUrl)
    report({ file, line: cut.bodyLine, column: 1, reason: 'empty-body' })
  const markdown = withAddresses(written, found.addresses)
  return { markdown, markup, html: htmlOf(markup), ...ending, sound }
}

/** What a body refers to, as far as it was read. */
type Found = {
  readonly files: Map<string, Media>
  readonly links: Map<string, ArticleLink>
  /** What each reference became. */
  readonly addresses: Map<string, string | undefined>
}

type Reading = {
  readonly file: string
  readonly hidden: ReadonlySet<string>
  readonly found: Found
  readonly place: (reference: string) => Place
  readonly report: (problem: Problem) => void
}

/** Renders Markdown that was cleaned; what it refers to goes to `found`. Throws an `OverBound`. */
function renderText(
  written: string,
  listing: Listing,
  references: Links,
  { file, hidden, found, place, report }: Reading,
): Markup {
  const shown = new Map<string, Media>()
  const count = countReferences()
  const rewrite = (reference: string, kind: 'link' | 'media'): string | undefined => {
    count(reference)
    if (reference.startsWith('#')) return references.within(listing, reference)
    const placeOf = (): Place => place(reference)
    const target = references.resolve(reference, file, placeOf, report, kind)
    const named = target?.article && hidden.has(target.article.id) ? undefined : target
    found.addresses.set(reference, named?.url)
    if (target?.media) {
      found.files.set(target.file, target.media)
      shown.set(reference, target.media)
    }
    if (!target?.article) return target?.url
    if (!found.links.has(target.file))
      found.links.set(target.file, { ...target.article, ...placeOf() })
    return named?.url
  }
  return sanitise(renderMarkdown(written, listing.id).trim(), {
    rewrite,
    sizeOf: (src) => shown.get(src),
    onImageWithoutAlt: (src) =>
      report({ ...place(src), reason: 'image-without-alt', target: percentDecoded(src) }),
  })
}

/** Counts the references of an article, and throws an `OverBound` at the first that is too many. */
function countReferences(): (reference: string) => void {
  const most = MOST.references
  let count = 0
  return (reference) => {
    count += 1
    if (count > most)
      throw new OverBound({ reason: 'too-many', things: 'links and images', most }, { reference })
  }
}

/** How many lines of white space stand before a text. */
function linesBefore(text: string): number {
  return text.slice(0, text.length - text.trimStart().length).split('\n').length - 1
}

/** Finds the places of references in the body; what is not found stands where the body begins. */
function placesIn({ body, bodyLine }: Cut, file: string): (reference: string) => Place {
  let find: ReturnType<typeof findAddresses> | undefined
  return (reference) => {
    find ??= findAddresses(body)
    const { line, column } = find(reference) ?? { line: 0, column: 0 }
    return { file, line: bodyLine + line, column: column + 1 }
  }
}
