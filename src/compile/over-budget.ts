/** Feeds over their byte budget. */

import type { Problem } from '../article/problem.ts'
import type { Edition } from '../edition/edition.ts'
import type { FeedFacts } from '../edition/facts.ts'
import { StoredObject } from '../edition/object.ts'
import type { Press } from './press.ts'

/** Notes each, with the entries that go out with their summary only. */
export function overBudget(edition: Edition, { cache, corpus }: Press): Problem[] {
  return [...edition.documents].flatMap(([document, { object }]): Problem[] => {
    const bytes = cache.object(object)
    const { header } = bytes ? new StoredObject<FeedFacts>(bytes) : {}
    const isFeed = header?.type === 'feed' || header?.type === 'archive'
    if (!header || !isFeed || header.facts.shortened.length === 0) return []
    const { shortened } = header.facts
    const place = corpus.placeInSite(['byte_budget'])
    return [{ ...place, reason: 'over-budget', document, shortened, isNote: true }]
  })
}
