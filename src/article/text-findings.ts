/** Findings about the text of an article. */

import type { Excess } from '../markup/bounds.ts'
import type { Words } from './finding.ts'

export type TextFinding =
  | { readonly reason: 'image-without-alt'; readonly target: string }
  | { readonly reason: 'empty-body' }
  | Excess

export const TEXT_WORDS: Words<TextFinding> = {
  'image-without-alt': ({ target }) =>
    `The image \`${target}\` has no alternative text. Say what it shows: \`![what it shows](${target})\`.`,
  'empty-body': () => 'The article has no text. Write some, or make it `status: draft`.',
  'too-deep': ({ most }) =>
    `Quotes, lists or elements stand more than ${most} deep in each other. Close those that end, or write it flatter.`,
  'too-many': ({ most, things }) =>
    `The article has more than ${most} ${things}. Split it, or publish it as a file that a short article links to.`,
  'unsteady-html': () =>
    'The HTML in the text is nested in a way that no two readers understand alike. Close each element inside the one in which it was opened.',
}
