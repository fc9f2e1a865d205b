/** `diff`: tells what changed between two editions, or between content/ and the published one. */

import { formatInstant } from '../article/instant.ts'
import { type Change, changesOf } from '../changes/change.ts'
import { type Difference, diffLeaves } from '../changes/diff.ts'
import { throughCache } from '../compile/compile-cache.ts'
import { loadObject } from '../edition/edition.ts'
import type { EditionFacts } from '../edition/facts.ts'
import type { Store } from '../edition/store.ts'
import { readContent } from '../machine/content.ts'
import type { Outcome } from '../machine/outcome.ts'
import { baseFor, inWorkshop, type Workshop } from '../machine/workshop.ts'
import { planPublish } from '../publish/plan.ts'
import { readStatus, type Status } from '../publish/status.ts'
import { problemsFound } from './problems.ts'
import { changeLines, documentLines } from './publish-words.ts'
import { type Failure, refusedBy } from './words.ts'

export type DiffOptions = {
  readonly content: string
  /** Numbers of editions; without them, the published one and content/. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly base?: string | undefined
  readonly remote?: boolean | undefined
}

export function runDiff(options: DiffOptions): Promise<Outcome> {
  const { from, to, remote } = options
  return inWorkshop({ remote }, (workshop) =>
    from === undefined ? diffContent(workshop, options) : diffEditions(workshop, from, to),
  )
}

async function diffContent(workshop: Workshop, options: DiffOptions): Promise<Outcome> {
  const settings = { now: workshop.clock(), base: baseFor(options) }
  const read = readContent(options.content, settings, workshop.cache)
  if ('problems' in read) return problemsFound(read.problems, '')
  const { journal } = await workshop.notes()
  const plan = await planPublish({ ...workshop, journal }, read.press, { allow: 'all' })
  if ('failure' in plan) return refusedBy(plan.failure)
  return outcomeOfDiff('content/ and the published edition', plan.changes, plan.documents)
}

async function diffEditions(
  { store, cache, platform, clock }: Workshop,
  from: number,
  to: number | undefined,
): Promise<Outcome> {
  const reader = throughCache(store, cache, platform)
  const status = await readStatus(reader, clock(), platform)
  if (!status) return refusedBy({ reason: 'unpublished' })
  if ('failure' in status) return refusedBy(status.failure)
  const before = await findEdition(reader, status, from)
  if ('failure' in before) return refusedBy(before.failure)
  const after = await findEdition(reader, status, to ?? status.current.facts.number)
  if ('failure' in after) return refusedBy(after.failure)
  const articles = await diffLeaves(reader, before.articles, after.articles)
  const documents = await diffLeaves(reader, before.documents, after.documents)
  if ('missing' in articles || 'missing' in documents)
    return refusedBy({ reason: 'pruned', target: Math.min(before.number, after.number) })
  return outcomeOfDiff(
    `edition ${before.number} (${formatInstant(before.at)}) and edition ${after.number} (${formatInstant(after.at)})`,
    await changesOf(reader, articles),
    documents,
  )
}

/** Finds the facts of an edition by its number. */
async function findEdition(
  reader: Store,
  { current }: Status,
  target: number,
): Promise<EditionFacts | { readonly failure: Failure }> {
  const { number, history } = current.facts
  const known = [{ number, digest: current.digest }, ...history]
  const found = known.find((edition) => edition.number === target)
  if (!found) {
    const numbers = known.map((edition) => edition.number)
    return { failure: { reason: 'no-edition', target, known: numbers } }
  }
  const object = await loadObject<EditionFacts>(reader, found.digest)
  return object?.facts ?? { failure: { reason: 'pruned', target } }
}

function outcomeOfDiff(
  between: string,
  changes: readonly Change[],
  documents: readonly Difference[],
): Outcome {
  const names = documents
    .filter(({ before, after }) => before?.object !== after?.object)
    .map(({ name }) => name)
  const lines = [...changeLines(changes), ...documentLines(names)]
  return {
    exit: 'done',
    words:
      lines.length === 0 ? `No difference between ${between}.` : [`Between ${between}:`, ...lines],
    data: { changes: changes.map(({ id, kind }) => ({ id, kind })), documents: names },
  }
}
