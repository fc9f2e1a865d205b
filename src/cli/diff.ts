/** `diff`: tells what changed between two editions, or between content/ and the published one. */

import { type InferOutput, object, optional } from 'valibot'
import { formatInstant } from '../article/instant.ts'
import { type Change, changesOf } from '../changes/change.ts'
import { type Difference, diffLeaves } from '../changes/diff.ts'
import { throughCache } from '../compile/compile-cache.ts'
import { soundPress } from '../compile/open-press.ts'
import { type Edition, loadObject } from '../edition/edition.ts'
import type { EditionFacts } from '../edition/facts.ts'
import type { Store } from '../edition/store.ts'
import type { Outcome } from '../machine/outcome.ts'
import { readToPublish } from '../machine/published-ids.ts'
import { baseFor, inWorkshop, type Workshop } from '../machine/workshop.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { planPublish } from '../publish/plan.ts'
import { readStatus } from '../publish/status.ts'
import { BASE, COMMON, editionForm, REMOTE } from './options.ts'
import { contentRefused } from './problems.ts'
import { changeLines, documentLines } from './publish-words.ts'
import { verb } from './verb.ts'
import { type Failure, refusedBy } from './words.ts'

const OPTIONS = object({
  content: COMMON.content,
  /** Numbers of editions; without them, the published one and content/. */
  from: optional(editionForm),
  to: optional(editionForm),
  remote: REMOTE,
  base: BASE,
})

type DiffOptions = InferOutput<typeof OPTIONS>

export const DIFF = verb({
  options: OPTIONS,
  run: runDiff,
})

function runDiff(options: DiffOptions): Promise<Outcome> {
  const { from, to, remote } = options
  return inWorkshop({ remote }, (workshop) =>
    from === undefined ? diffContent(workshop, options) : diffEditions(workshop, from, to),
  )
}

async function diffContent(workshop: Workshop, options: DiffOptions): Promise<Outcome> {
  const settings = { now: workshop.clock(), base: baseFor(options) }
  const read = soundPress(await readToPublish(workshop, options.content, settings))
  if (!read.ok) return contentRefused(read.failure, '')
  const { journal } = await workshop.notes()
  const plan = await planPublish({ ...workshop, journal }, read.value, { allow: 'all' })
  if (!plan.ok) return refusedBy(plan.failure)
  const { changes, documents } = plan.value
  return outcomeOfDiff('content/ and the published edition', changes, documents)
}

async function diffEditions(
  { store, cache, platform, clock }: Workshop,
  from: number,
  to: number | undefined,
): Promise<Outcome> {
  const reader = throughCache(store, cache, platform)
  const status = await readStatus(reader, clock(), platform)
  if (!status.ok) return refusedBy(status.failure)
  if (!status.value) return refusedBy({ reason: 'unpublished' })
  const { current } = status.value
  const one = await editionOfNumber(reader, current, from)
  if (!one.ok) return refusedBy(one.failure)
  const other = await editionOfNumber(reader, current, to ?? current.facts.number)
  if (!other.ok) return refusedBy(other.failure)
  const [before, after] = [one.value, other.value]
  const articles = await diffLeaves(reader, before.articles, after.articles)
  const documents = await diffLeaves(reader, before.documents, after.documents)
  if (!articles.ok || !documents.ok)
    return refusedBy({ reason: 'pruned', target: Math.min(before.number, after.number) })
  return outcomeOfDiff(
    `edition ${before.number} (${formatInstant(before.at)}) and edition ${after.number} (${formatInstant(after.at)})`,
    await changesOf(reader, articles.value),
    documents.value,
  )
}

/** Finds the facts of an edition by its number. */
async function editionOfNumber(
  reader: Store,
  { digest, facts: { number, history } }: Edition,
  target: number,
): Promise<Result<EditionFacts, Failure>> {
  const known = [{ number, digest }, ...history]
  const found = known.find((edition) => edition.number === target)
  if (!found) {
    const numbers = known.map((edition) => edition.number)
    return fail({ reason: 'no-edition', target, known: numbers })
  }
  const object = await loadObject<EditionFacts>(reader, found.digest)
  return object ? ok(object.facts) : fail({ reason: 'pruned', target })
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
