/** Publishing files into any store, as the command line does it. */

import type { Change } from '../../src/changes/change.ts'
import type { CompileCache } from '../../src/compile/compile-cache.ts'
import type { Milestone } from '../../src/edition/head.ts'
import type { Store } from '../../src/edition/store.ts'
import type { Result } from '../../src/markup/result.ts'
import type { Journal, JournalNote } from '../../src/publish/journal.ts'
import type { Plan, Publisher } from '../../src/publish/plan.ts'
import {
  type Publication,
  type PublishFailure,
  type PublishOptions,
  publish,
} from '../../src/publish/publish.ts'
import { milestoneOf } from '../../src/publish/published.ts'
import { aCache, aPress, type Files, NOW, platform } from './corpus.ts'
import { must } from './results.ts'

/** A journal that is gone with its test. */
export function aJournal(): Journal {
  const noted: JournalNote[] = []
  return {
    read: () => [...noted],
    add: (digests, written) => void noted.push(...digests.map((digest) => ({ digest, written }))),
    close: () => {
      noted.length = 0
    },
  }
}

/** A publisher at an instant, with a cache and a journal of its own unless they are given. */
export function aPublisher(
  store: Store,
  now: number | (() => number) = NOW,
  cache: CompileCache = aCache(),
  journal: Journal = aJournal(),
): Publisher {
  const clock = typeof now === 'number' ? () => now : now
  // A store that does not tell what it has proves nothing.
  return { store: { list: async () => [], ...store }, cache, journal, platform, clock }
}

/** Publishes files, whatever was published before. */
export async function tryPublish(
  publisher: Publisher,
  files: Files,
  options: PublishOptions = {},
): Promise<Result<Publication, PublishFailure>> {
  const press = aPress(files, { now: publisher.clock() }, publisher.cache)
  return publish(publisher, press, { allow: 'all', ...options })
}

export type Told = {
  readonly current: Milestone
  readonly scheduled: readonly Milestone[]
  readonly waiting: Plan['waiting']
  readonly changes: readonly Change[]
  readonly written: Publication['written']
  readonly counts: { readonly articles: number; readonly retractions: number }
}

/** Publishes files, which has to succeed. */
export async function publishTo(
  store: Store,
  files: Files,
  now: number = NOW,
  publisher: Publisher = aPublisher(store, now),
): Promise<Told> {
  const result = must(await tryPublish(publisher, files))
  const { plan, written } = result
  const { articles, retractions } = plan.current.facts.counts
  return {
    current: milestoneOf(plan.current),
    scheduled: plan.scheduled.map(({ edition }) => milestoneOf(edition)),
    waiting: plan.waiting,
    changes: plan.changes,
    written,
    counts: { articles, retractions },
  }
}
