/**
 * The body of an article: its Markdown as clean HTML, with every address absolute, and what it
 * depends on beside itself.
 */

import type { ArticleAddress } from './address.ts'
import type { Listing } from './article.ts'
import type { Cut } from './front-matter.ts'
import { renderMarkdown } from './markdown.ts'
import type { Media } from './media.ts'
import type { Place, Problem } from './problem.ts'
import type { Links } from './references.ts'
import { sanitise } from './sanitise.ts'
import type { Source } from './source.ts'
import { cleanText, percentDecoded } from './text.ts'

export type Text = {
  /** With absolute addresses; undefined where that cannot be said in Markdown. */
  readonly markdown: string | undefined
  readonly html: string
}

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
  { id, url, retraction, externalUrl }: Listing,
  hidden: ReadonlySet<string>,
  references: Links,
  tell: (problem: Problem) => void,
): Body {
  let sound = true
  const report = (problem: Problem): void => {
    sound = false
    tell(problem)
  }
  const files = new Map<string, Media>()
  const links = new Map<string, ArticleLink>()
  const addresses = new Map<string, string | undefined>()
  const shown = new Map<string, Media>()
  const cut = source.reopen()
  if (!cut) {
    report({ file: source.file, line: 1, column: 1, reason: 'changed-meanwhile' })
    return { markdown: undefined, html: '', files, links, sound }
  }
  const rewrite = (reference: string, kind: 'link' | 'media'): string | undefined => {
    if (reference.startsWith('#')) return references.within({ id, url }, reference)
    const place = (): Place => placeInBody(cut, source.file, reference)
    const target = references.resolve(reference, source.file, place, report, kind)
    const named = target?.article && hidden.has(target.article.id) ? undefined : target
    addresses.set(reference, named?.url)
    if (target?.media) {
      files.set(target.file, target.media)
      shown.set(reference, target.media)
    }
    if (!target?.article) return target?.url
    if (!links.has(target.file)) links.set(target.file, { ...target.article, ...place() })
    return named?.url
  }
  const written = cleanText(cut.body).trim()
  const rendered = sanitise(renderMarkdown(written, id), {
    rewrite,
    sizeOf: (src) => shown.get(src),
    onImageWithoutAlt: (src) =>
      report({
        ...placeInBody(cut, source.file, src),
        reason: 'image-without-alt',
        target: percentDecoded(src),
      }),
  })
  // Character references in raw HTML are decoded by the sanitiser: clean what they stood for.
  const html = cleanText(rendered).trim()
  if (html === '' && !retraction && source.front.status !== 'draft' && !externalUrl)
    report({ file: source.file, line: cut.bodyLine, column: 1, reason: 'empty-body' })
  const markdown = withAddresses(written, addresses)
  return { markdown, html, files, links, sound }
}

/**
 * Markdown whose links lead as far as those of the HTML. Undefined if one of them cannot, or where
 * HTML stands in it: what the sanitiser took out there would still be in here.
 */
function withAddresses(
  markdown: string,
  addresses: ReadonlyMap<string, string | undefined>,
): string | undefined {
  if (/<[a-z!/?]/i.test(markdown)) return undefined
  const spoken = [...addresses].filter(([reference]) => !SCHEME.test(reference))
  if ([...addresses.values()].some((address) => !/^(?:https?|mailto|tel):/i.test(address ?? '')))
    return undefined
  const text = spoken.reduce((written, [reference, address = '']) => {
    const spellings = new Set([reference, percentDecoded(reference)])
    return [...spellings].reduce(
      (before, spelling) => readdress(before, spelling, address),
      written,
    )
  }, markdown)
  // A spelling that was not found would be a dead link, or name what is not to be named.
  return spoken.every(([, address = '']) => text.includes(address)) ? text : undefined
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i

function readdress(markdown: string, spelling: string, address: string): string {
  return AROUND.reduce(
    (text, [before, after]) => text.replaceAll(before + spelling + after, before + address + after),
    markdown,
  )
}

/** What stands around an address in Markdown. */
const AROUND = [
  ['](', ')'],
  ['](', ' '],
  ['](<', '>'],
  [']: ', '\n'],
] as const

/** Where a reference stands in the body; the first of several. */
function placeInBody({ body, bodyLine }: Cut, file: string, reference: string): Place {
  const spellings = [reference, percentDecoded(reference)]
  const at = spellings.map((text) => body.indexOf(text)).find((i) => i >= 0) ?? 0
  const before = body.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return { file, line: bodyLine + before.length - 1, column }
}
