/** `rollback`: makes an earlier edition current again. */

import { formatInstant } from '../article/instant.ts'
import { siteOf } from '../machine/content.ts'
import type { Outcome } from '../machine/outcome.ts'
import { refusedBySite } from '../machine/site-words.ts'
import { inWorkshop } from '../machine/workshop.ts'
import type { Publisher } from '../publish/plan.ts'
import { rollback } from '../publish/rollback.ts'
import { listNames } from './publish-words.ts'
import { refusedBy } from './words.ts'

export type RollbackOptions = {
  readonly content: string
  readonly target?: number | undefined
  readonly dropScheduled?: boolean | undefined
  readonly clockWasWrong?: boolean | undefined
  readonly remote?: boolean | undefined
}

export function runRollback(options: RollbackOptions): Promise<Outcome> {
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
  { target, dropScheduled, clockWasWrong }: RollbackOptions,
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
