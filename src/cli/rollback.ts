/** `rollback`: makes an earlier edition current again. */

import { type InferOutput, object, optional } from 'valibot'
import { listNames } from '../article/finding.ts'
import { formatInstant } from '../article/instant.ts'
import { siteOf } from '../machine/content.ts'
import type { Outcome } from '../machine/outcome.ts'
import { refusedBySite } from '../machine/site-words.ts'
import { inWorkshop } from '../machine/workshop.ts'
import type { Publisher } from '../publish/plan.ts'
import { rollback } from '../publish/rollback.ts'
import { CLOCK_WAS_WRONG, COMMON, editionForm, REMOTE } from './options.ts'
import { toggle, verb } from './verb.ts'
import { refusedBy } from './words.ts'

const OPTIONS = object({
  content: COMMON.content,
  edition: optional(editionForm),
  remote: REMOTE,
  dropScheduled: toggle('--drop-scheduled', 'give up editions that are due'),
  clockWasWrong: CLOCK_WAS_WRONG,
})

type RollbackFlags = InferOutput<typeof OPTIONS>

export const ROLLBACK = verb({
  options: OPTIONS,
  run: runRollback,
})

function runRollback(options: RollbackFlags): Promise<Outcome> {
  const { content, remote } = options
  return inWorkshop({ remote }, async ({ alone, clock }) => {
    const site = siteOf(content)
    const refused = remote && site ? await refusedBySite(site.base, clock) : undefined
    return refused ?? alone((publisher) => rollBack(publisher, site?.tag, options))
  })
}

async function rollBack(
  publisher: Publisher,
  site: string | undefined,
  { edition: target, dropScheduled, clockWasWrong }: RollbackFlags,
): Promise<Outcome> {
  const result = await rollback(publisher, { target, dropScheduled, clockWasWrong, site })
  if (!result.ok) return refusedBy(result.failure)
  const { edition, changes, target: restored } = result.value
  const { number, at } = edition.facts
  const ids = changes.map(({ name }) => name)
  return {
    exit: 'done',
    words: [
      `Edition ${number} is current: it says what edition ${restored} said.`,
      ...(ids.length > 0 ? [`  other than before: ${listNames(ids)}`] : []),
      '  The next publish brings back what content/ says: mend that first.',
    ],
    data: {
      edition: { number, at: formatInstant(at), digest: edition.digest },
      target: restored,
      articles: ids,
    },
  }
}
