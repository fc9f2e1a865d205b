/**
 * The ledger: what readers were told once has to stay true. The published edition is the book, and
 * an edition that contradicts it is refused, unless the publisher names the article.
 */

import type { Listing } from '../article/article.ts'
import type { Instant } from '../article/instant.ts'
import type { Change } from '../changes/change.ts'

export type Breach = { readonly id: string } & (
  | {
      /** Published once, and in no edition from now on: neither shown nor retracted. */
      readonly breach: 'vanished'
      /** New articles that may be the same one under another id. */
      readonly near: readonly string[]
    }
  | {
      /** The publish date is another: readers order by it, and caches are keyed on it. */
      readonly breach: 'moved'
      readonly was: Instant
      readonly now: Instant
    }
  | {
      /** The permanent id is another: every reader would announce the article again. */
      readonly breach: 'renamed'
      readonly was: string
      readonly now: string
    }
  | { /** The article was retracted, and is published again. */ readonly breach: 'returned' }
)

/** Finds the changes that contradict what was published. */
export function breachesOf(changes: readonly Change[], articles: readonly Listing[]): Breach[] {
  const listed = new Map(articles.map((article) => [article.id, article]))
  const added = changes.filter(({ kind }) => kind === 'added')
  return changes.flatMap((change) => {
    if (change.kind === 'removed') return [removal(change, listed.get(change.id), added)]
    if (change.kind === 'returned') return [{ id: change.id, breach: 'returned' }]
    return alterations(change)
  })
}

/** Finds changes of what cannot change about an article that stays. */
function alterations({ id, before, after }: Change): Breach[] {
  if (!before || !after) return []
  const breaches: Breach[] = []
  const [was, now] = [before.facts.guid, after.facts.guid]
  if (was !== now) breaches.push({ id, breach: 'renamed', was, now })
  if (before.type !== 'article' || after.type !== 'article') return breaches
  const { published } = before.facts
  if (published !== after.facts.published)
    breaches.push({ id, breach: 'moved', was: published, now: after.facts.published })
  return breaches
}

function removal(
  { id, before }: Change,
  listing: Listing | undefined,
  added: readonly Change[],
): Breach {
  if (before?.type !== 'article') return { id, breach: 'vanished', near: [] }
  const { title, published } = before.facts
  // Under an embargo again: its date moved into the future.
  if (listing && listing.published !== published)
    return { id, breach: 'moved', was: published, now: listing.published }
  const near = added.filter(
    ({ after }) =>
      after?.type === 'article' &&
      (after.facts.title === title || after.facts.published === published),
  )
  return { id, breach: 'vanished', near: near.slice(0, 3).map((change) => change.id) }
}
