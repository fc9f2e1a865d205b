/** Findings about what readers will see: right as it stands, and perhaps not what was meant. */

import { listNames, type Words } from './finding.ts'
import { formatInstant, type Instant } from './instant.ts'

export type ReaderFinding =
  | { readonly reason: 'hidden-link'; readonly id: string; readonly due: Instant | undefined }
  | { readonly reason: 'one-sided-translation'; readonly id: string; readonly other: string }
  | {
      readonly reason: 'over-budget'
      readonly document: string
      readonly shortened: readonly string[]
    }

export const READER_WORDS: Words<ReaderFinding> = {
  'hidden-link': ({ id, due }) =>
    `\`${id}\` is not published yet (${due === undefined ? 'it is a draft' : `it is due at ${formatInstant(due)}`}): until then this is shown without the link.`,
  'one-sided-translation': ({ id, other }) =>
    `\`${other}\` does not name \`${id}\` among its translations: search engines follow only those that name each other.`,
  'over-budget': ({ document, shortened }) =>
    `${document} is over byte_budget: with their summary only go out ${listNames(shortened)}.`,
}
