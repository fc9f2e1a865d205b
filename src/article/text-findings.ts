/** Findings about the text of an article. */

import type { Excess } from '../markup/bounds.ts'
import type { Words } from './finding.ts'

export type TextFinding =
  | {
      readonly reason: 'image-without-alt'
      readonly target: string
      readonly stands: 'in-text' | 'in-front-matter'
    }
  | { readonly reason: 'placeholder'; readonly words: string }
  | { readonly reason: 'empty-body' }
  /** A character that no document can carry, by its code point, and how many of such there are. */
  | { readonly reason: 'lost-character'; readonly point: string; readonly count: number }
  | Excess

export const TEXT_WORDS: Words<TextFinding> = {
  'image-without-alt': ({ target, stands }) =>
    `The image \`${target}\` has no alternative text. Say what it shows: ${stands === 'in-text' ? `\`![what it shows](${target})\`` : '`alt: what it shows`'}.`,
  placeholder: ({ words }) =>
    `“${words}” is what \`new\` wrote in the place of yours. Write your own, or take it out.`,
  'empty-body': () => 'The article has no text. Write some, or make it `status: draft`.',
  'lost-character': ({ point, count }) =>
    `${count === 1 ? 'A control character' : `The first of ${count} control characters`} (${point}), which no feed can carry, is left out. Write what was meant; a text from Windows may have lost its quotes to it.`,
  'too-deep': ({ most }) =>
    `Quotes, lists or elements stand more than ${most} deep in each other. Close those that end, or write it flatter.`,
  'too-many': ({ most, things }) =>
    `The article has more than ${most} ${things}. Split it, or publish it as a file that a short article links to.`,
  'unsteady-html': () =>
    'The HTML in the text is nested in a way that no two readers understand alike. Close each element inside the one in which it was opened.',
}
