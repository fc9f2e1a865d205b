/** What a publish did, or why it did not, in words for a terminal. */

import { styleText } from 'node:util'
import { formatInstant } from '../article/instant.ts'
import { formatProblem, type Problem } from '../article/problem.ts'
import type { Difference } from '../edition/diff.ts'
import type { Published, PublishFailure } from '../edition/publish.ts'
import type { RemoteRefusal } from './remote-store.ts'

/** As many problems as a person mends in one go. */
const MOST_PROBLEMS = 50

export function printProblems(problems: readonly Problem[]): void {
  for (const problem of problems.slice(0, MOST_PROBLEMS)) console.error(formatProblem(problem))
  const more = problems.length - MOST_PROBLEMS
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  console.error(
    styleText('red', `${count}${more > 0 ? ` (${more} not shown)` : ''}. Nothing was published.`),
  )
}

export function printPublished({
  current,
  scheduled,
  waiting,
  changes,
  written,
  counts,
}: Published): void {
  const edition = `edition ${current.number} (${current.edition.slice(0, 8)})`
  const size = `${written.keys} keys, ${(written.bytes / 1024).toFixed(1)} KiB`
  const articles = `${counts.articles} articles${counts.retractions ? `, ${counts.retractions} retracted` : ''}`
  console.log(
    written.keys === 0
      ? `Nothing changed: ${edition} is current.`
      : `Published ${edition}: ${articles}; wrote ${size}.`,
  )
  if (changes.length > 0) console.log(`Articles: ${describeChanges(changes)}.`)
  for (const { at, number } of scheduled)
    console.log(`Edition ${number} begins by itself at ${formatInstant(at)}.`)
  const next = waiting[0]
  if (next) {
    const ids = waiting
      .slice(0, 3)
      .map(({ id }) => id)
      .join(', ')
    console.log(
      `Waiting: ${waiting.length} (${ids}${waiting.length > 3 ? ', …' : ''}); publish again before ${formatInstant(next.published)}.`,
    )
  }
}

/** The ids of articles that are new, changed or gone; of many, their number. */
function describeChanges(changes: readonly Difference[]): string {
  const kinds = {
    new: changes.filter(({ before }) => !before),
    changed: changes.filter(({ before, after }) => before && after),
    gone: changes.filter(({ after }) => !after),
  }
  return Object.entries(kinds)
    .filter(([, list]) => list.length > 0)
    .map(([kind, list]) =>
      list.length > 3
        ? `${list.length} ${kind}`
        : `${kind}: ${list.map(({ name }) => name).join(', ')}`,
    )
    .join('; ')
}

/** Why nothing was published, and what to do. */
export function describeFailure(failure: PublishFailure): string {
  switch (failure.reason) {
    case 'unreadable-head':
      return 'The namespace has a key `head` that edgewire did not write. Use a namespace of its own.'
    case 'newer-schema':
      return `The namespace was published by a newer edgewire (schema ${failure.schema}). Take that version first.`
    case 'other-site':
      return `The namespace belongs to the site ${failure.site}, and site.yaml says tag: ${failure.own}. Use a namespace of its own for each site.`
    case 'missing-object':
      return `The published edition cannot be read whole (object ${failure.digest} is missing). KV shows new keys with a delay: try again in a minute.`
    case 'malformed': {
      const list = failure.documents
        .slice(0, 5)
        .map(({ document, detail }) => `\n  ${document}: ${detail}`)
      return `${failure.documents.length} documents are not well-formed; this is a defect of edgewire, please report it:${list.join('')}`
    }
  }
}

/** Why the deployed KV cannot be reached, and what to do. */
export function describeRefusal(refusal: RemoteRefusal): string {
  switch (refusal.reason) {
    case 'not-deployed':
      return 'The Worker is not deployed yet, so there is no KV to publish to: run `npx wrangler deploy` first.'
    case 'not-logged-in':
      return 'wrangler is not logged in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.'
    case 'refused':
      return `wrangler could not reach the deployed KV; the edition before is untouched. It says:\n${refusal.detail}\n`
  }
}

export function printFailure(failure: PublishFailure): void {
  console.error(styleText('red', `${describeFailure(failure)} Nothing was published.`))
}
