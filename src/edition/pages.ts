/** The pages of feeds; that of the feed of everything is the front page. */

import { feedPage } from '../page/feed-page.ts'
import type { Named } from './documents.ts'
import type { PageFacts } from './facts.ts'
import type { PlannedFeed } from './feed-plans.ts'
import { pageName } from './names.ts'
import { writeObject } from './object.ts'
import type { Press } from './press.ts'

/** As many feeds as a front page can list. */
const MOST_LISTED = 50

/** A page for every feed; none where people read on the publisher's own site. */
export function writePages(
  feeds: readonly PlannedFeed[],
  stylesheet: string,
  press: Press,
): Named[] {
  const { site } = press.corpus
  if (!site.pages) return []
  const listed = feeds
    .slice(1, MOST_LISTED + 1)
    .map(({ plan: { name, title } }) => ({ name, title }))
  return feeds.map(({ plan, members }): Named => {
    const lines = members.flatMap(({ rendered }) => rendered ?? []).slice(0, plan.length)
    const others = plan.kind === 'everything' ? listed : []
    const inputs = ['page', plan, others, stylesheet, lines.map(({ object }) => object)]
    const object = press.object(inputs, () => {
      const content = feedPage(site, plan, lines, others, stylesheet)
      const facts: PageFacts = {}
      return writeObject('page', facts, [{ name: 'html', content, gzip: true }], press.platform)
    })
    return [pageName(plan.name), object]
  })
}
