/** `rollback`: an earlier edition becomes current again. */

import { formatInstant } from '../article/instant.ts'
import { rollback } from '../edition/rollback.ts'
import { siteTag } from './content.ts'
import type { Outcome } from './outcome.ts'
import { named } from './publish-words.ts'
import { refusedBy } from './words.ts'
import { inWorkshop } from './workshop.ts'

export type RollbackOptions = {
  readonly content: string
  readonly target?: number | undefined
  readonly dropScheduled?: boolean | undefined
  readonly remote?: boolean | undefined
}

export function runRollback({
  content,
  target,
  dropScheduled,
  remote,
}: RollbackOptions): Promise<Outcome> {
  return inWorkshop({ remote }, async (workshop) => {
    const result = await rollback(workshop, { target, dropScheduled, site: siteTag(content) })
    if ('failure' in result) return refusedBy(result.failure)
    const { edition, changes } = result
    const { number, at } = edition.facts
    const ids = changes.map(({ name }) => name)
    return {
      exit: 'done',
      words: [
        `Edition ${number} is current: it says what edition ${result.target} said.`,
        ...(ids.length > 0 ? [`  other than before: ${named(ids)}`] : []),
        '  The next publish brings back what content/ says: mend that first.',
      ],
      data: {
        edition: { number, at: formatInstant(at), digest: edition.digest },
        target: result.target,
        articles: ids,
      },
    }
  })
}
