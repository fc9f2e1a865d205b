/** Feeds by what they are of, as people and programs are shown them. */

import type { FeedKind } from '../article/feed-kinds.ts'
import { FEED_KINDS, KINDS } from '../article/kinds.ts'
import type { PlannedFeed } from './feed-plans.ts'

export type Group = {
  readonly kind: FeedKind
  readonly title: string
  readonly feeds: readonly PlannedFeed[]
}

/** Groups feeds; a group without any is left out. */
export function groupFeeds(feeds: readonly PlannedFeed[]): Group[] {
  const byKind = Map.groupBy(feeds, ({ plan }) => plan.kind)
  return FEED_KINDS.flatMap((kind) => {
    const ofKind = byKind.get(kind)
    return ofKind ? [{ kind, title: KINDS[kind].title, feeds: ofKind }] : []
  })
}
