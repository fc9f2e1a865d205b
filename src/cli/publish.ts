/** `publish`: makes content/ the current edition. */

import { array, type InferOutput, object, optional, string } from 'valibot'
import { countOf } from '../article/finding.ts'
import type { Instant } from '../article/instant.ts'
import { countAll } from '../article/tally.ts'
import type { CompileCache } from '../compile/compile-cache.ts'
import { soundPress } from '../compile/open-press.ts'
import type { Press } from '../compile/press.ts'
import { withWholeCache } from '../machine/compile-cache.ts'
import type { Outcome } from '../machine/outcome.ts'
import { progressBar } from '../machine/progress.ts'
import { readToPublish, rememberIds } from '../machine/published-ids.ts'
import { FREE_WRITES, type Quota } from '../machine/quota.ts'
import { waitFor } from '../machine/site.ts'
import { refusedBySite } from '../machine/site-words.ts'
import { messageLines } from '../machine/terminal.ts'
import { baseFor, inWorkshop, orRefused, quotaOf, type Workshop } from '../machine/workshop.ts'
import { type Publisher, planPublish } from '../publish/plan.ts'
import { type Publication, publish } from '../publish/publish.ts'
import { BASE, CLOCK_WAS_WRONG, COMMON, quotaForm, REMOTE, siteForm } from './options.ts'
import { contentRefused } from './problems.ts'
import { outcomeOfPlan, outcomeOfPublish } from './publish-words.ts'
import { option, toggle, verb } from './verb.ts'
import { refusedBy } from './words.ts'

const OPTIONS = object({
  content: COMMON.content,
  remote: REMOTE,
  base: BASE,
  dryRun: toggle('--dry-run', 'show what would change and what it costs, and write nothing'),
  allow: option(
    {
      flags: '--allow <id...>',
      purpose: 'articles that may contradict what was published',
      isRepeated: true,
    },
    optional(array(string())),
  ),
  wait: option(
    {
      flags: '--wait <address>',
      purpose: 'ask the deployed site until it serves the new edition',
    },
    optional(siteForm),
  ),
  quota: option(
    { flags: '--quota <writes>', purpose: 'KV writes a day, or none on a paid plan' },
    optional(quotaForm, String(FREE_WRITES)),
  ),
  repair: toggle('--repair', 'write everything again, whatever is thought to be there'),
  clockWasWrong: CLOCK_WAS_WRONG,
  spread: toggle('--spread', 'above the quota, write a part each day; the last day moves head'),
})

type PublishFlags = InferOutput<typeof OPTIONS>

export const PUBLISH = verb({
  options: OPTIONS,
  run: runPublish,
})

function runPublish(options: PublishFlags): Promise<Outcome> {
  const { content, remote, dryRun, wait } = options
  return inWorkshop({ remote }, async (workshop) => {
    const { clock, cache } = workshop
    const now = clock()
    const opening = await readToPublish(workshop, content, { now, base: baseFor(options) })
    const read = soundPress(opening)
    if (!read.ok) return contentRefused(read.failure, 'Nothing was published.')
    const press = read.value
    const notes = countAll(opening.findings.problems)
    const refused = remote ? await refusedBySite(press.corpus.site.base, clock) : undefined
    if (refused) return refused
    if (dryRun) return withNotes(await planOnly(workshop, press, options), notes)
    let number = 0
    const outcome = await workshop.alone(async (publisher) => {
      const result = await publishNow(
        publisher,
        press,
        await quotaOf(workshop, options.quota),
        options,
      )
      if (!result.ok) return refusedBy(result.failure)
      number = result.value.plan.current.facts.number
      rememberPublished(cache, press, result.value)
      return withNotes(outcomeOfPublish(result.value), notes)
    })
    return wait === undefined || outcome.exit !== 'done' ? outcome : waitFor(wait, number, outcome)
  })
}

/** Remembers which articles are not new any more. */
function rememberPublished(cache: CompileCache, press: Press, { plan }: Publication): void {
  rememberIds(cache, press.corpus.site.tag, plan.current.articles.keys())
}

/** Says how much there is to note, which keeps nothing from being published. */
function withNotes(outcome: Outcome, notes: number): Outcome {
  if (notes === 0) return outcome
  const last = `${countOf(notes, 'note')}: \`check\` tells what.`
  return {
    ...outcome,
    words: [...messageLines(outcome.words), last],
    data: { ...outcome.data, notes },
  }
}

async function planOnly(
  workshop: Workshop,
  press: Press,
  { allow, repair, clockWasWrong, quota }: PublishFlags,
): Promise<Outcome> {
  const { journal } = await workshop.notes()
  const options = { allow: new Set(allow), repair, clockWasWrong }
  const plan = await planPublish({ ...workshop, journal }, press, options)
  if (!plan.ok) return refusedBy(plan.failure)
  return outcomeOfPlan(plan.value, await quotaOf(workshop, quota))
}

async function publishNow(
  publisher: Publisher,
  press: Press,
  quota: Quota | undefined,
  { allow, repair, clockWasWrong, spread }: PublishFlags,
): ReturnType<typeof publish> {
  const progress = progressBar('Uploading')
  try {
    return await publish(publisher, press, {
      allow: new Set(allow),
      writes: quota?.left,
      spread,
      repair,
      clockWasWrong,
      progress: progress.step,
    })
  } finally {
    progress.end()
  }
}

export type ContentOptions = {
  readonly content: string
  readonly base: string
  readonly now: () => Instant
  readonly drafts?: boolean | undefined
  /** Seconds ahead of now within which editions are scheduled. */
  readonly ahead?: number | undefined
}

/** Publishes a folder for `start`: a preview of what is being written contradicts nobody. */
export async function publishPreview(
  workshop: Workshop,
  { content, base, now, drafts, ahead }: ContentOptions,
): Promise<Outcome> {
  const preview = async (): Promise<Outcome> => {
    const opening = await readToPublish(workshop, content, { now: workshop.clock(), base, drafts })
    const read = soundPress(opening)
    if (!read.ok) return contentRefused(read.failure, 'Nothing was published.')
    const press = read.value
    return workshop.alone(async (publisher) => {
      const options = { ahead, allow: 'all' } as const
      const result = await publish({ ...publisher, clock: now }, press, options)
      if (!result.ok) return refusedBy(result.failure)
      if (!drafts) rememberPublished(workshop.cache, press, result.value)
      return withNotes(outcomeOfPublish(result.value), countAll(opening.findings.problems))
    })
  }
  return orRefused(() => withWholeCache(workshop.cache, preview))
}
