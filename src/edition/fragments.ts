/**
 * The fragments of a document within its byte budget: what is over it goes out with its summary and
 * a link, because readers cut a document that is too large anywhere, or leave it out.
 */

import { elementOf, htmlOf } from '../article/markup.ts'
import type { Format } from '../feed/format.ts'
import { StoredObject } from './object.ts'
import type { Press, Rendered } from './press.ts'
import { refuseFragment } from './render.ts'

/** An entry, and its object: read once for all formats. */
export type OpenEntry = { readonly entry: Rendered; readonly object: StoredObject }

export function openEntries(entries: readonly Rendered[], { cache }: Press): OpenEntry[] {
  return entries.map((entry) => {
    const bytes = cache.object(entry.object)
    if (!bytes) throw new Error(`The compile cache lost ${entry.object}.`)
    return { entry, object: new StoredObject(bytes) }
  })
}

/** Fragments in the order of the entries; `shorten` is told the ids of those that are shortened. */
export function fragmentsWithin(
  format: Format,
  entries: readonly OpenEntry[],
  { corpus, malformed }: Press,
  shorten: (id: string) => void,
): string[] {
  const { site } = corpus
  let left = site.byte_budget
  return entries.map(({ entry, object }) => {
    const length = object.part(format.name)?.length ?? 0
    if (length <= left) {
      left -= length
      return object.text(format.name) ?? ''
    }
    shorten(entry.article.id)
    const brief = format.fragment(briefOf(entry), site)
    malformed.push(...refuseFragment(entry.article.id, format.name, brief, site))
    left -= new TextEncoder().encode(brief).length
    return brief
  })
}

/** The article with its summary for a text, and a link to the rest. */
function briefOf({ article, summary }: Rendered): Parameters<Format['fragment']>[0] {
  const link = elementOf('a', [article.title], { href: article.url })
  const told = summary === undefined ? [] : [elementOf('p', [summary])]
  const markup = [...told, elementOf('p', [link])]
  const html = htmlOf(markup)
  return { ...article, translations: [], summary, markup, html, markdown: undefined }
}
