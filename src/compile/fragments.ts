/**
 * The fragments of a document within its byte budget: what is over it goes out with its summary and
 * a link, because readers cut a document that is too large anywhere, or leave it out.
 */

import type { Article } from '../article/article.ts'
import { type EntryFacts, WITH_IMAGE } from '../edition/facts.ts'
import { StoredObject } from '../edition/object.ts'
import type { Format } from '../feed/format.ts'
import { elementOf, htmlOf } from '../markup/markup.ts'
import { refuseFragment } from './articles.ts'
import type { Malformed } from './findings.ts'
import type { Rendition } from './member.ts'
import type { Press } from './press.ts'

/** An entry of a document: an article, or, without one, a notice of a retraction. */
export type Entry = { readonly facts: EntryFacts; readonly article: Rendition | undefined }

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

/** The fragments of a document in one format. */
export type Fragments = {
  /** In the order of the entries. */
  readonly texts: readonly string[]
  /** The ids of entries that go out shortened. */
  readonly shortened: readonly string[]
  readonly malformed: readonly Malformed[]
}

/** Takes the fragments of entries, and shortens those that are over the budget. */
export function fragmentsWithin(
  format: Format,
  entries: readonly OpenEntry[],
  { corpus: { site } }: Press,
): Fragments {
  const shortened: string[] = []
  const malformed: Malformed[] = []
  let left = site.byte_budget
  const texts = entries.map(({ entry: { facts, article }, object }) => {
    const part = object.part((facts.parts ?? '') + format.name)
    if (!part) throw new Error(`${facts.object} has no ${format.name}.`)
    // A notice is short, and takes no room from the articles.
    if (!article || part.length <= left) {
      left -= article ? part.length : 0
      return decoder.decode(part.bytes)
    }
    shortened.push(facts.id)
    const brief = format.fragment(briefOf(article, facts), site)
    malformed.push(...refuseFragment({ id: facts.id, format, content: brief }, site))
    left -= new TextEncoder().encode(brief).length
    return brief
  })
  return { texts, shortened, malformed }
}

/** Shortens an article: its summary for a text, and a link to the rest. */
function briefOf({ article, summary }: Rendition, { parts }: EntryFacts): Article {
  const link = elementOf('a', [article.title], { href: article.url })
  const told = summary === undefined ? [] : [elementOf('p', [summary])]
  const markup = [...told, elementOf('p', [link])]
  const html = htmlOf(markup)
  const enclosesImage = parts === WITH_IMAGE
  return { ...article, translations: [], summary, markup, html, markdown: undefined, enclosesImage }
}
