/**
 * The fragments of a document within its byte budget: what is over it goes out with its summary and
 * a link, because readers cut a document that is too large anywhere, or leave it out.
 */

import type { EntryFacts } from '../edition/facts.ts'
import { StoredObject } from '../edition/object.ts'
import type { Format } from '../feed/format.ts'
import { elementOf, htmlOf } from '../markup/markup.ts'
import { refuseFragment } from './articles.ts'
import type { Rendered } from './member.ts'
import type { Press } from './press.ts'

/** An entry of a document: an article, or, without one, a notice of a retraction. */
export type Entry = { readonly facts: EntryFacts; readonly article: Rendered | undefined }

/** An entry, and its object: read once for all formats. */
export type OpenEntry = { readonly entry: Entry; readonly object: StoredObject }

export function openEntries(entries: readonly Entry[], { cache }: Press): OpenEntry[] {
  return entries.map((entry) => {
    const bytes = cache.object(entry.facts.object)
    if (!bytes) throw new Error(`The compile cache lost ${entry.facts.object}.`)
    return { entry, object: new StoredObject(bytes) }
  })
}

const decoder = new TextDecoder()

/** Fragments in the order of the entries; `shorten` is told the ids of those that are shortened. */
export function fragmentsWithin(
  format: Format,
  entries: readonly OpenEntry[],
  { corpus, malformed }: Press,
  shorten: (id: string) => void,
): string[] {
  const { site } = corpus
  let left = site.byte_budget
  return entries.map(({ entry: { facts, article }, object }) => {
    const part = object.part((facts.parts ?? '') + format.name)
    if (!part) throw new Error(`${facts.object} has no ${format.name}.`)
    // A notice is short, and takes no room from the articles.
    if (!article || part.length <= left) {
      left -= article ? part.length : 0
      return decoder.decode(part.bytes)
    }
    shorten(facts.id)
    const brief = format.fragment(briefOf(article), site)
    malformed.push(...refuseFragment(facts.id, format.name, brief, site))
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
