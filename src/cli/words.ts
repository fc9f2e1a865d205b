/** The failures of the verbs that write to a store, in words for a person: why, and what to do. */

import { countOf } from '../article/finding.ts'
import { formatInstant } from '../article/instant.ts'
import { type EXIT, failed, type Outcome } from '../machine/outcome.ts'
import type { Message } from '../machine/terminal.ts'
import type { Breach } from '../publish/ledger.ts'
import type { PruneFailure } from '../publish/prune.ts'
import type { PublishFailure } from '../publish/publish.ts'
import type { RollbackFailure } from '../publish/rollback.ts'

export type Failure = PublishFailure | RollbackFailure | PruneFailure

/** Says what is wrong, and what to do. */
function describeFailure(failure: Failure): Message {
  switch (failure.reason) {
    case 'unreadable-head':
      return 'The namespace has a key `head` that edgewire did not write. Use a namespace of its own.'
    case 'newer-schema':
      return `The namespace was published by a newer edgewire (schema ${failure.schema}). Take that version first.`
    case 'other-site':
      return `The namespace belongs to the site ${failure.site}, and site.yaml says tag: ${failure.own}. Use a namespace of its own for each site.`
    case 'missing-object':
      return `The published edition cannot be read whole (object ${failure.digest} is missing or damaged). KV shows new keys with a delay: try again in a minute. If it stays, say \`publish --repair\`: it writes everything again.`
    case 'clock-behind':
      return `The clock of this machine is ${countOf(failure.seconds, 'second')} behind that of whoever published last. Set it: editions are ordered by it. If it is right, the other one was ahead: say --clock-was-wrong. What was dated later than now is then given up; whoever has seen it gets the present edition under a higher number, and announces nothing twice.`
    case 'malformed':
      return [
        `Not well-formed: ${countOf(failure.documents.length, 'document')}. This is a defect of edgewire, please report it:`,
        ...failure.documents.slice(0, 5).map(({ document, detail }) => `  ${document}: ${detail}`),
      ]
    case 'ledger':
      return describeBreaches(failure.breaches)
    case 'quota':
      return `This takes ${countOf(failure.keys, 'KV write')}; left today of the free plan's: ${failure.left}. On a paid plan, say --quota none. On the free plan, say --spread: each day's part is written and kept, and the edition appears with the last.`
    case 'unfinished':
      return `Wrote ${countOf(failure.written, 'key')}; missing: ${failure.missing}. What was published stays. Run it again tomorrow (UTC): it goes on where it stopped.`
    case 'file-changed':
      return 'A file changed while it was being published. What was published stays; publish again.'
    case 'object-too-large':
      return `${failure.name} would have ${countOf(failure.bytes, 'byte')}, and KV takes 25 MiB. Shorten the article, or lower feed_length in site.yaml.`
    case 'contended':
      return 'Others publish to the same place again and again. What they published stays; try again when they are done.'
    case 'unpublished':
      return 'Nothing is published yet: run `publish` first.'
    case 'no-edition':
      return `There is no edition ${failure.target ?? 'before this one'} to go back to. Known are: ${ranges(failure.known) || 'none'}.`
    case 'is-current':
      return `Edition ${failure.target} is current already.`
    case 'is-rollback':
      return `Edition ${failure.number} is a rollback itself. Say which edition to go back to, such as: rollback ${failure.replaced} (what it replaced).`
    case 'pruned':
      return `Edition ${failure.target} was pruned, or cannot be read here yet. Choose a later one.`
    case 'due':
      return `Editions are due at ${failure.at.map(formatInstant).join(', ')}, and would bring the present content back. Say --drop-scheduled to give them up.`
  }
}

/** Returns the outcome of a failure. */
export function refusedBy(failure: Failure): Outcome {
  return failed(failure, describeFailure(failure), exitOfFailure(failure))
}

function exitOfFailure({ reason }: Failure): Exclude<keyof typeof EXIT, 'done'> {
  if (reason === 'missing-object') return 'unreachable'
  return reason === 'unfinished' || reason === 'contended' || reason === 'file-changed'
    ? 'unfinished'
    : 'refused'
}

const MOST_BREACHES = 50

function describeBreaches(breaches: readonly Breach[]): Message {
  const lines = breaches.slice(0, MOST_BREACHES).map((breach) => `  ${describeBreach(breach)}`)
  const more = breaches.length - lines.length
  if (more > 0) lines.push(`  … and ${more} more`)
  const ids = breaches.slice(0, MOST_BREACHES).map(({ id }) => id)
  const remedy = `Mend it, or say that it is meant: --allow ${ids.join(' ')}`
  return ['This contradicts what was published:', ...lines, remedy]
}

function describeBreach(breach: Breach): string {
  const { id } = breach
  switch (breach.breach) {
    case 'vanished': {
      const [near] = breach.near
      const remedy = near
        ? `Is it ${near} now? Give that \`id: ${id}\`.`
        : 'To withdraw it, keep the file with `status: retracted` and a reason: readers keep the text of what only vanishes.'
      return `${id}: was published and is gone. ${remedy}`
    }
    case 'moved':
      return `${id}: \`published\` was ${formatInstant(breach.was)} and is ${formatInstant(breach.now)}. Readers sort by it: restore it; a newer text is a correction (\`updated\`).`
    case 'renamed':
      return `${id}: its permanent id was ${breach.was} and is ${breach.now}. Every reader would announce it again: set \`guid: ${breach.was}\`.`
    case 'returned':
      return `${id}: was retracted and is published again. A new story needs an id of its own.`
  }
}

/** Writes numbers as ranges: `1–4, 7`. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
