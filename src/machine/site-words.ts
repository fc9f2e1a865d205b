/** The question to the deployed site before something is written for it, and the words for its answers. */

import { countOf } from '../article/finding.ts'
import type { Instant } from '../article/instant.ts'
import { failed, type Outcome } from './outcome.ts'
import { askWorker, type SiteFailure } from './site.ts'
import { print } from './terminal.ts'

/**
 * Asks the deployed site, and returns the outcome if nothing may be written for it. Where it cannot
 * be learnt who serves it, that is said, and nothing is refused: a domain may still lead elsewhere,
 * and what stands before a site may keep programs out.
 */
export async function refusedBySite(
  base: string,
  clock: () => Instant,
): Promise<Outcome | undefined> {
  const asked = await askWorker(base, clock)
  if (asked.ok) return undefined
  const { failure } = asked
  const words = describeSite(failure)
  if (failure.reason === 'wrong-clock' || failure.reason === 'old-worker')
    return failed(failure, words)
  print(words, 'stderr')
  return undefined
}

/** Says what is wrong, and what to do. */
function describeSite(failure: SiteFailure): string {
  const { base } = failure
  switch (failure.reason) {
    case 'no-answer':
      return `Nobody answers at ${base} yet: ${UNCOMPARED}. If the site was served there before, look at \`base\` in site.yaml.`
    case 'not-edgewire':
      return `${base}/health is not answered by edgewire (status ${failure.status}): ${UNCOMPARED}. Look whether \`base\` in site.yaml is the address of this site, and whether that leads to its Worker.`
    case 'old-worker':
      return `The Worker at ${base} reads schema ${failure.schema}, and this edgewire writes ${failure.own}: run \`npx wrangler deploy\` first. Nothing was published.`
    case 'wrong-clock':
      return `The clock of this machine is ${skewOf(failure.seconds)} that of ${base}: set it, since editions are ordered by it. Nothing was written.`
  }
}

const UNCOMPARED = 'neither its schema nor its clock could be compared'

function skewOf(seconds: number): string {
  return `${countOf(Math.abs(seconds), 'second')} ${seconds > 0 ? 'ahead of' : 'behind'}`
}
