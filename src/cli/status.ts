/** `status`: what is current, what is scheduled, and what waits. */

import { formatInstant } from '../article/instant.ts'
import { throughCache } from '../edition/compile-cache.ts'
import { type Waiting, waitingAfter } from '../edition/plan.ts'
import { readStatus, type Status } from '../edition/status.ts'
import { readContent } from './content.ts'
import type { Outcome } from './outcome.ts'
import { named } from './publish-words.ts'
import { refusedBy } from './words.ts'
import { baseFor, inWorkshop } from './workshop.ts'

export type StatusOptions = { readonly content: string; readonly remote?: boolean | undefined }

/** How many earlier editions are listed. */
const EARLIER = 5

export function runStatus({ content, remote }: StatusOptions): Promise<Outcome> {
  return inWorkshop({ remote }, async ({ store, cache, platform, clock }) => {
    const status = await readStatus(throughCache(store, cache, platform), clock(), platform)
    if (!status)
      return { exit: 'done', words: 'Nothing is published yet.', data: { edition: null } }
    if ('failure' in status) return refusedBy(status.failure)
    const read = readContent(content, { now: clock(), base: baseFor({ remote }) }, cache)
    const { last } = status
    const waiting = 'press' in read ? waitingAfter(read.press.corpus.articles, last) : undefined
    return tellStatus(status, waiting)
  })
}

function tellStatus(
  { site, current, now, scheduled }: Status,
  waiting: readonly Waiting[] | undefined,
): Outcome {
  const { number, at, floor, counts, history } = current.facts
  const rolledBack = floor === at
  const lines = [
    `Edition ${number} (${current.digest.slice(0, 8)}) of ${site}, current since ${formatInstant(at)}, ${ageOf(now - at)}${rolledBack ? ', by a rollback: the next publish restores content/' : ''}.`,
    `  ${counts.articles} articles, ${counts.retractions} retracted, ${counts.documents} documents`,
    ...scheduled.map(
      (edition) =>
        `  scheduled: edition ${edition.number} at ${formatInstant(edition.at)}: ${named(edition.articles)}`,
    ),
    ...waitingLines(waiting),
    ...history
      .slice(0, EARLIER)
      .map((edition) => `  before: edition ${edition.number} at ${formatInstant(edition.at)}`),
  ]
  return {
    exit: 'done',
    words: lines,
    data: {
      site,
      edition: {
        number,
        at: formatInstant(at),
        digest: current.digest,
        age: now - at,
        counts,
        rolledBack,
      },
      scheduled: scheduled.map((edition) => ({ ...edition, at: formatInstant(edition.at) })),
      waiting: waiting?.map(({ id, published }) => ({ id, at: formatInstant(published) })) ?? null,
      history: history.map((edition) => ({ ...edition, at: formatInstant(edition.at) })),
    },
  }
}

function waitingLines(waiting: readonly Waiting[] | undefined): string[] {
  if (!waiting) return ['  waiting: unknown, content/ has problems (see `check`)']
  const [next] = waiting
  if (!next) return ['  nothing waits for another publish']
  const ids = named(waiting.map(({ id }) => id))
  return [`  waiting: ${ids}; publish again before ${formatInstant(next.published)}`]
}

function ageOf(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds ago`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} minutes ago`
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} hours ago`
  return `${Math.floor(seconds / 86_400)} days ago`
}
