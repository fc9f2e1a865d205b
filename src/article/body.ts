/**
 * The body of an article: its Markdown as clean HTML, with every address absolute, and what it
 * depends on beside itself.
 */

import { withAddresses } from '../markup/addresses-in-markdown.ts'
import { ARTICLE_BOUNDS, OverBound, withinBounds } from '../markup/bounds.ts'
import { splitFirstImage } from '../markup/first-image.ts'
import { leadOf } from '../markup/lead.ts'
import { linesOf } from '../markup/lines.ts'
import { isGrave, type Loss } from '../markup/loss.ts'
import { renderMarkdown } from '../markup/markdown.ts'
import { htmlOf } from '../markup/markup.ts'
import { partsIn, withScope } from '../markup/parts.ts'
import { sanitise } from '../markup/sanitise.ts'
import { cleanText, forbiddenIn, percentDecoded } from '../markup/text.ts'
import type { ArticleAddress } from './address.ts'
import type { Listing, Text } from './article.ts'
import type { Cut } from './front-matter.ts'
import type { Media } from './media.ts'
import type { FilePlace } from './place.ts'
import { isPlaceholder, PLACEHOLDERS } from './placeholders.ts'
import type { Problem } from './problem.ts'
import type { Links, ReferenceTarget } from './references.ts'
import type { Source } from './source.ts'
import { createTally } from './tally.ts'
import { BLANK_LINES, createPlaceFinder, linesBefore, type PlaceOf } from './text-place.ts'
import { resolveKeeping, type Unresolved } from './unresolved.ts'

/** A link to another article of the corpus, where it stands first. */
export type ArticleLink = FilePlace & ArticleAddress

/** A link to a path of the site itself, whatever is there, or to a part of an article. */
export type OwnLink = FilePlace & {
  /** The path, or what comes after it, where the article is known. */
  readonly path: string
  /** The article that it names by its file, or in which it stands. */
  readonly id?: string
}

export type ArticleBody = Text & {
  /** The files that it shows or links to, by their place in the folder. */
  readonly files: ReadonlyMap<string, Media>
  /** The articles that it links to, by their file. */
  readonly links: ReadonlyMap<string, ArticleLink>
  readonly ownLinks: readonly OwnLink[]
  /** The references of which something was said instead of an address. */
  readonly unresolved: ReadonlyMap<string, Unresolved>
  /** The names of its parts. */
  readonly parts: ReadonlySet<string>
  /** Everything that is wrong with it. */
  readonly problems: readonly Problem[]
}

/**
 * Renders a body. Links to the articles in `hidden` keep their words and lose their address: nobody
 * is to learn of an article that is not published yet.
 */
export function renderBody(
  source: Source,
  listing: Listing,
  hidden: ReadonlySet<string>,
  references: Links,
): ArticleBody {
  const { report, problems } = createTally()
  const { file } = source
  const found: BodyReferences = {
    files: new Map(),
    links: new Map(),
    ownLinks: [],
    unresolved: new Map(),
    addresses: new Map(),
  }
  const nothing = { markdown: undefined, markup: [], html: '', parts: new Set<string>(), ...found }
  const cut = source.reopen()
  if (!cut) {
    report({ file, line: 1, column: 1, reason: 'changed-meanwhile' })
    return { ...nothing, problems: problems() }
  }
  const written = cleanText(cut.body).replace(BLANK_LINES, '').trimEnd()
  const bodyLine = cut.bodyLine + linesBefore(cut.body)
  const place = createPlaceFinder(written, bodyLine, file)
  tellForbidden(cut, file, report)
  const rendered = withinBounds(() =>
    renderText(written, listing, references, { file, hidden, found, place, report }),
  )
  if (!rendered.ok) {
    const { excess, spot } = rendered.failure
    const line = bodyLine + (spot.line ?? 0)
    report({
      ...(spot.origin === undefined
        ? { file, line, column: 1 }
        : place(spot.origin, spot.reference)),
      ...excess,
    })
    return { ...nothing, problems: problems() }
  }
  const { lead } = rendered.value
  const { markup, isShown } = listing.image
    ? splitFirstImage(rendered.value.markup, listing.image.url)
    : { markup: rendered.value.markup, isShown: false }
  const isDraft = source.front.status === 'draft' || source.lost.has('status')
  if (isPlaceholder(written) && !isDraft)
    report({ file, line: bodyLine, column: 1, reason: 'placeholder', words: PLACEHOLDERS.text })
  if (markup.length === 0 && !isDraft && !hasContent(listing, source))
    report({ file, line: cut.bodyLine, column: 1, reason: 'empty-body' })
  const markdown = withAddresses(written, found.addresses)
  return {
    markdown,
    markup,
    lead,
    showsImage: isShown,
    html: htmlOf(withScope(markup, listing.id)),
    parts: partsIn(markup),
    ...found,
    problems: problems(),
  }
}

/** Notes that a text has characters that are left out of it, where the first one is. */
function tellForbidden(
  { body, bodyLine }: Cut,
  file: string,
  report: (problem: Problem) => void,
): void {
  const all = [...forbiddenIn(body)]
  const [first] = all
  if (!first) return
  const { line, column } = linesOf(body).positionOf(first.index)
  const code = first[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  report({
    ...{ file, line: bodyLine + line, column: column + 1 },
    ...{ reason: 'lost-character', point: `U+${code}`, count: all.length, isNote: true },
  })
}

/** Tells whether there is something to read, to see or to hear beside a text, or may be. */
function hasContent(
  { retraction, externalUrl, image, attachments }: Listing,
  { lost }: Source,
): boolean {
  return (
    [retraction, externalUrl, image, attachments[0]].some((part) => part !== undefined) ||
    ['external_url', 'image', 'attachments'].some((key) => lost.has(key))
  )
}

/** The files, articles and addresses that a body refers to, as far as it was read. */
type BodyReferences = {
  readonly files: Map<string, Media>
  readonly links: Map<string, ArticleLink>
  readonly ownLinks: OwnLink[]
  readonly unresolved: Map<string, Unresolved>
  /** The address that each reference became. */
  readonly addresses: Map<string, string | undefined>
}

type RenderContext = {
  readonly file: string
  readonly hidden: ReadonlySet<string>
  readonly found: BodyReferences
  readonly place: PlaceOf
  readonly report: (problem: Problem) => void
}

/** Renders Markdown that was cleaned; what it refers to goes to `found`. Throws an `OverBound`. */
function renderText(
  written: string,
  listing: Listing,
  references: Links,
  { file, hidden, found, place, report }: RenderContext,
): Pick<Text, 'markup' | 'lead'> {
  const shown = new Map<string, Media>()
  const count = countReferences()
  const resolve = resolveKeeping(references, file, found.unresolved)
  const tellLoss = (loss: Loss, origin: number): void =>
    report({ ...place(origin), ...loss, ...(isGrave(loss) ? {} : { isNote: true }) })
  const { html, originOf } = renderMarkdown(written, {
    scope: listing.id,
    hasMath: references.hasMath,
    alerts: references.alertsIn(listing.language),
    onLoss: tellLoss,
  })
  const rewrite = (reference: string, kind: 'link' | 'media', at: number): string | undefined => {
    count(() => originOf(at), reference)
    const placeOf = (): FilePlace => place(originOf(at), reference)
    if (isOwnPart(reference, kind)) {
      found.ownLinks.push({ ...placeOf(), path: reference, id: listing.id })
      return references.within(listing, reference)
    }
    const target = resolve(reference, { use: kind, place: placeOf, report })
    const named = target?.article && hidden.has(target.article.id) ? undefined : target
    found.addresses.set(reference, named?.url)
    if (target?.media) shown.set(reference, target.media)
    if (target) noteTarget(target, kind, placeOf, found)
    return named?.url
  }
  const markup = sanitise(html, {
    rewrite,
    sizeOf: (src) => shown.get(src),
    onImageWithoutAlt: (src, at) =>
      report({
        ...place(originOf(at), src),
        reason: 'image-without-alt',
        target: percentDecoded(src),
        stands: 'in-text',
        isNote: true,
      }),
    onLoss: (loss, at) => tellLoss(loss, originOf(at)),
  })
  return { markup, lead: leadOf(html) }
}

/** Tells whether a reference leads to a part of the text itself: nothing is shown from there. */
function isOwnPart(reference: string, kind: 'link' | 'media'): boolean {
  return kind === 'link' && reference.startsWith('#')
}

/** Notes what an article refers to: a file, another article, or a path of the site. */
function noteTarget(
  { file, media, article, path, suffix = '' }: ReferenceTarget,
  kind: 'link' | 'media',
  placeOf: () => FilePlace,
  { files, links, ownLinks }: BodyReferences,
): void {
  if (media) files.set(file, media)
  if (article && !links.has(file)) links.set(file, { ...article, ...placeOf() })
  if (path !== undefined && kind === 'link') ownLinks.push({ ...placeOf(), path })
  if (article && suffix.includes('#')) ownLinks.push({ ...placeOf(), path: suffix, id: article.id })
}

/** Counts the references of an article, and throws an `OverBound` at the first that is too many. */
function countReferences(): (originOf: () => number, reference: string) => void {
  const most = ARTICLE_BOUNDS.references
  let count = 0
  return (originOf, reference) => {
    count += 1
    if (count <= most) return
    const spot = { origin: originOf(), reference }
    throw new OverBound({ reason: 'too-many', things: 'links and images', most }, spot)
  }
}
