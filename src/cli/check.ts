/**
 * `check`: tells everything in content/ that publish would refuse, with what may not be meant, and
 * writes nothing.
 */

import { type InferOutput, object, optional, picklist } from 'valibot'
import { isHeldAgainstNew } from '../article/old-work.ts'
import { type Compilation, compileEdition } from '../compile/compile.ts'
import { gather, isPublishable } from '../compile/findings.ts'
import { overBudget } from '../compile/over-budget.ts'
import type { Press } from '../compile/press.ts'
import type { Store } from '../edition/store.ts'
import { type OpenCache, openCache, WORK, withWholeCache } from '../machine/compile-cache.ts'
import { inFolder, readContent, siteOf } from '../machine/content.ts'
import type { Outcome } from '../machine/outcome.ts'
import { clock } from '../machine/platform.ts'
import { publishedIds } from '../machine/published-ids.ts'
import { COMMON } from './options.ts'
import { contentRefused, contentSound, PROBLEM_FORMATS, type TellingForm } from './problems.ts'
import { option, toggle, verb } from './verb.ts'

const OPTIONS = object({
  content: COMMON.content,
  format: option(
    { flags: '--format <format>', purpose: 'how problems are told', choices: PROBLEM_FORMATS },
    optional(picklist(PROBLEM_FORMATS), 'text'),
  ),
  all: toggle('--all', 'everything, rather than an example of each kind'),
})

type CheckOptions = InferOutput<typeof OPTIONS>

export const CHECK = verb({
  options: OPTIONS,
  run: runCheck,
})

async function runCheck({ content, format, all }: CheckOptions): Promise<Outcome> {
  const cache = openCache(WORK, clock())
  try {
    return await withWholeCache(cache, () => checkContent(content, { format, all }, cache))
  } finally {
    cache.close()
  }
}

/** Reads and compiles everything, whatever is wrong with a part of it. */
async function checkContent(
  content: string,
  telling: TellingForm,
  cache: OpenCache,
): Promise<Outcome> {
  const known = publishedIds(cache, siteOf(content)?.tag)
  const { press, findings: read } = readContent(content, { now: clock(), known }, cache)
  if (!press) return contentRefused(read, '', telling)
  const { edition, findings } = await compileAll(press)
  const problems = [...findings.problems, ...overBudget(edition, press)]
  const found = gather([read, inFolder(content, { ...findings, problems })])
  if (isPublishable(found)) return contentSound(found, press.corpus.articles.length, telling)
  const takesAllForNew = known.size === 0 && found.problems.some(isHeldAgainstNew)
  return contentRefused(found, takesAllForNew ? ALL_NEW : '', telling)
}

const ALL_NEW =
  'Nothing of this site was published from here, so all articles count as new; `publish` asks the store. `alt_required_since` in site.yaml says everywhere from which day on images need their text.'

/** Compiles the edition of now, as if nothing had been published before. */
function compileAll(press: Press): Promise<Compilation> {
  const store: Store = { get: async (keys) => keys.map(() => undefined), put: async () => {} }
  return compileEdition({ press, before: undefined, number: 1, at: clock(), store })
}
