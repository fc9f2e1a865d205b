/** `prune`: removes objects that no recent edition reaches. */

import { type InferOutput, object, optional } from 'valibot'
import { countOf } from '../article/finding.ts'
import { throughCache } from '../compile/compile-cache.ts'
import type { TidyStore } from '../edition/store.ts'
import { siteOf } from '../machine/content.ts'
import type { Outcome } from '../machine/outcome.ts'
import { progressBar } from '../machine/progress.ts'
import { refusedBySite } from '../machine/site-words.ts'
import { inWorkshop } from '../machine/workshop.ts'
import type { Publisher } from '../publish/plan.ts'
import { planPrune } from '../publish/prune.ts'
import { COMMON, REMOTE, wholeFrom } from './options.ts'
import { option, toggle, verb } from './verb.ts'
import { refusedBy } from './words.ts'

const OPTIONS = object({
  content: COMMON.content,
  remote: REMOTE,
  days: option(
    { flags: '--days <number>', purpose: 'for how long editions are kept' },
    optional(wholeFrom(1, 36_500), '90'),
  ),
  dryRun: toggle('--dry-run', 'only count them'),
})

type PruneFlags = InferOutput<typeof OPTIONS>

export const PRUNE = verb({
  options: OPTIONS,
  run: runPrune,
})

const DAY_SECONDS = 86_400
/** Keys that are removed in one call. */
const KEYS_A_CALL = 1000

function runPrune(options: PruneFlags): Promise<Outcome> {
  const { content, remote } = options
  return inWorkshop({ remote }, async ({ store, clock, alone }) => {
    const site = siteOf(content)
    // To a clock that is ahead, everything would be old.
    const refused = remote && site ? await refusedBySite(site.base, clock) : undefined
    return refused ?? alone((publisher) => prune({ ...publisher, store }, site?.tag, options))
  })
}

async function prune(
  { store, cache, platform, clock }: Publisher & { readonly store: TidyStore },
  site: string | undefined,
  { days, dryRun }: PruneFlags,
): Promise<Outcome> {
  const reader = throughCache(store, cache, platform)
  const options = { seconds: days * DAY_SECONDS, site }
  const found = await planPrune({ store, reader, platform }, options, clock())
  if (!found.ok) return refusedBy(found.failure)
  const { keys, objects, kept } = found.value
  const progress = progressBar('Removing')
  for (let from = 0; from < keys.length && !dryRun; from += KEYS_A_CALL) {
    await store.remove(keys.slice(from, from + KEYS_A_CALL))
    progress.step(Math.min(from + KEYS_A_CALL, keys.length), keys.length)
  }
  progress.end()
  const young =
    objects.young > 0 ? `; younger than two weeks, unreached, and kept: ${objects.young}` : ''
  return {
    exit: 'done',
    words: `${dryRun ? 'Would remove' : 'Removed'} ${countOf(objects.removed, 'object')}. Kept: ${objects.kept}, for the ${countOf(kept.length, 'edition')} of the last ${countOf(days, 'day')}${young}.`,
    data: { dryRun: dryRun === true, editions: kept, objects },
  }
}
