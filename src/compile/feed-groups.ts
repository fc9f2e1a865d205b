/** Feeds by what they are of, as people and programs are shown them. */

import type { FeedKind } from '../edition/facts.ts'
import type { PlannedFeed } from './feed-plans.ts'

const TITLES: Readonly<Record<FeedKind, string>> = {
  everything: 'Everything',
  sections: 'Sections',
  tags: 'Tags',
  authors: 'Authors',
  languages: 'Languages',
  feeds: 'Feeds',
}

export type Group = {
  readonly kind: FeedKind
  readonly title: string
  readonly feeds: readonly PlannedFeed[]
}

/** Groups feeds; a group without any is left out. */
export function groupFeeds(feeds: readonly PlannedFeed[]): Group[] {
  const byKind = Map.groupBy(feeds, ({ plan }) => plan.kind)
  return (Object.keys(TITLES) as FeedKind[]).flatMap((kind) => {
    const ofKind = byKind.get(kind)
    return ofKind ? [{ kind, title: TITLES[kind], feeds: ofKind }] : []
  })
}
