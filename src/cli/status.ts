/** `status`: tells what is current, what is scheduled, and what waits. */

import { type InferOutput, object } from 'valibot'
import { countOf, listNames } from '../article/finding.ts'
import { formatInstant } from '../article/instant.ts'
import { checkedStore } from '../compile/compile-cache.ts'
import { soundPress } from '../compile/open-press.ts'
import type { Outcome } from '../machine/outcome.ts'
import { readToPublish } from '../machine/published-ids.ts'
import { baseFor, inWorkshop } from '../machine/workshop.ts'
import { type WaitingArticle, waitingAfter } from '../publish/plan.ts'
import { countMissing, readStatus, type Status } from '../publish/status.ts'
import { COMMON, REMOTE } from './options.ts'
import { verb } from './verb.ts'
import { refusedBy } from './words.ts'

const OPTIONS = object({ content: COMMON.content, remote: REMOTE })

type StatusOptions = InferOutput<typeof OPTIONS>

export const STATUS = verb({
  options: OPTIONS,
  run: runStatus,
})

/** Earlier editions that are listed. */
const EARLIER = 5

function runStatus({ content, remote }: StatusOptions): Promise<Outcome> {
  return inWorkshop({ remote }, async (workshop) => {
    const { store, platform, clock } = workshop
    // The store is read, not the cache, so that the answer is what readers find.
    const read = await readStatus(checkedStore(store, platform), clock(), platform)
    if (!read.ok) return refusedBy(read.failure)
    const status = read.value
    if (!status)
      return { exit: 'done', words: 'Nothing is published yet.', data: { edition: null } }
    const press = soundPress(
      await readToPublish(workshop, content, { now: clock(), base: baseFor({ remote }) }),
    )
    const { last } = status
    const waiting = press.ok ? waitingAfter(press.value.corpus.articles, last) : undefined
    const whole = await countMissing(store, [status.current, last])
    return tellStatus(status, waiting, whole)
  })
}

function tellStatus(
  { site, current, now, scheduled, ahead }: Status,
  waiting: readonly WaitingArticle[] | undefined,
  { objects, missing }: Awaited<ReturnType<typeof countMissing>>,
): Outcome {
  const { number, at, floor, counts, history } = current.facts
  const rolledBack = floor === at
  const lines = [
    `Edition ${number} (${current.digest.slice(0, 8)}) of ${site}, current since ${formatInstant(at)}, ${ageOf(now - at)}${rolledBack ? ', by a rollback: the next publish restores content/' : ''}.`,
    `  ${countOf(counts.articles, 'article')}, ${counts.retractions} retracted, ${countOf(counts.documents, 'document')}`,
    ...(missing > 0
      ? [
          `  not in the store, or not listed yet: ${missing} of its ${countOf(objects, 'object')}; if it stays so, \`publish --repair\``,
        ]
      : []),
    ...(ahead > 0
      ? [
          `  the clock that dated this was ${countOf(ahead, 'second')} ahead of this machine's: set the one that is wrong; if that is set already, \`publish --clock-was-wrong\``,
        ]
      : []),
    ...scheduled.map(
      (edition) =>
        `  scheduled: edition ${edition.number} at ${formatInstant(edition.at)}: ${listNames(edition.articles)}`,
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
        objects: { reached: objects, missing },
      },
      clockAhead: ahead,
      scheduled: scheduled.map((edition) => ({ ...edition, at: formatInstant(edition.at) })),
      waiting: waiting?.map(({ id, published }) => ({ id, at: formatInstant(published) })) ?? null,
      history: history.map((edition) => ({ ...edition, at: formatInstant(edition.at) })),
    },
  }
}

function waitingLines(waiting: readonly WaitingArticle[] | undefined): string[] {
  if (!waiting) return ['  waiting: unknown, content/ has problems (see `check`)']
  const [next] = waiting
  if (!next) return ['  nothing waits for another publish']
  const ids = listNames(waiting.map(({ id }) => id))
  return [`  waiting: ${ids}; publish again before ${formatInstant(next.published)}`]
}

function ageOf(seconds: number): string {
  if (seconds < 0) return 'which is not yet'
  if (seconds < 120) return `${countOf(seconds, 'second')} ago`
  if (seconds < 7200) return `${countOf(Math.floor(seconds / 60), 'minute')} ago`
  if (seconds < 172_800) return `${countOf(Math.floor(seconds / 3600), 'hour')} ago`
  return `${countOf(Math.floor(seconds / 86_400), 'day')} ago`
}
