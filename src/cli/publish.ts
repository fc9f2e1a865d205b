/** `publish`: content/ becomes the current edition. */

import type { Instant } from '../article/instant.ts'
import { planPublish } from '../edition/plan.ts'
import type { Press } from '../edition/press.ts'
import { publish } from '../edition/publish.ts'
import { readContent } from './content.ts'
import type { Outcome } from './outcome.ts'
import { problemsFound } from './problems.ts'
import { progressBar } from './progress.ts'
import { planned, published } from './publish-words.ts'
import { openQuota, type Quota } from './quota.ts'
import { askWorker, waitFor } from './site.ts'
import { refusedBy } from './words.ts'
import { baseFor, inWorkshop, QUOTA_FILE, type Workshop } from './workshop.ts'

export type PublishOptions = {
  readonly content: string
  readonly base?: string | undefined
  readonly remote?: boolean | undefined
  readonly dryRun?: boolean | undefined
  readonly allow?: readonly string[] | undefined
  /** KV writes a day; Infinity for a plan without a limit. */
  readonly quota: number
  readonly spread?: boolean | undefined
  readonly repair?: boolean | undefined
  /** The address of the deployed site, to be asked until it serves the new edition. */
  readonly wait?: string | undefined
}

export function runPublish(options: PublishOptions): Promise<Outcome> {
  const { content, remote } = options
  return inWorkshop({ remote }, async (workshop) => {
    const { clock, cache } = workshop
    const read = readContent(content, { now: clock(), base: baseFor(options) }, cache)
    if ('problems' in read) return problemsFound(read.problems, 'Nothing was published.')
    const { press } = read
    const refused = remote ? await askWorker(press.corpus.site.base) : undefined
    if (refused) return refused
    const quota = openQuota(QUOTA_FILE, options.quota, clock())
    const run = options.dryRun ? dryRun : publishNow
    return run(workshop, press, remote ? quota : undefined, options)
  })
}

async function dryRun(
  workshop: Workshop,
  press: Press,
  quota: Quota | undefined,
  { allow, repair }: PublishOptions,
): Promise<Outcome> {
  const plan = await planPublish(workshop, press, { allow: new Set(allow), repair })
  return 'failure' in plan ? refusedBy(plan.failure) : planned(plan, quota)
}

async function publishNow(
  workshop: Workshop,
  press: Press,
  quota: Quota | undefined,
  { allow, repair, spread, wait }: PublishOptions,
): Promise<Outcome> {
  const progress = progressBar('Uploading')
  const result = await publish(counted(workshop, quota), press, {
    allow: new Set(allow),
    writes: quota?.left,
    spread,
    repair,
    progress: progress.step,
  })
  progress.end()
  if ('failure' in result) return refusedBy(result.failure)
  const outcome = published(result)
  return wait === undefined ? outcome : waitFor(wait, result.plan.current.facts.number, outcome)
}

/** A workshop whose writes are counted. */
function counted(workshop: Workshop, quota: Quota | undefined): Workshop {
  if (!quota) return workshop
  const { store } = workshop
  return {
    ...workshop,
    store: {
      ...store,
      async put(pairs, stored) {
        await store.put(pairs, stored)
        quota.spend(pairs.length)
      },
    },
  }
}

export type ContentOptions = {
  readonly content: string
  readonly base: string
  readonly now: () => Instant
  readonly drafts?: boolean | undefined
  /** Seconds ahead that are scheduled. */
  readonly ahead?: number | undefined
}

/** Publishes a folder for `start`: a preview of what is being written contradicts nobody. */
export async function publishPreview(
  workshop: Workshop,
  { content, base, now, drafts, ahead }: ContentOptions,
): Promise<Outcome> {
  const read = readContent(content, { now: workshop.clock(), base, drafts }, workshop.cache)
  if ('problems' in read) return problemsFound(read.problems, 'Nothing was published.')
  const result = await publish({ ...workshop, clock: now }, read.press, { ahead, allow: 'all' })
  if ('failure' in result) return refusedBy(result.failure)
  return published(result)
}
