/** Findings about the text of an article. */

import type { Excess } from '../markup/bounds.ts'
import type { Loss } from '../markup/loss.ts'
import type { Words } from './finding.ts'

export type TextFinding =
  | { readonly reason: 'image-without-alt'; readonly target: string }
  | { readonly reason: 'empty-body' }
  | Excess
  | Loss

export const TEXT_WORDS: Words<TextFinding> = {
  'image-without-alt': ({ target }) =>
    `The image \`${target}\` has no alternative text. Say what it shows: \`![what it shows](${target})\`.`,
  'empty-body': () => 'The article has no text. Write some, or make it `status: draft`.',
  'too-deep': ({ most }) =>
    `Quotes, lists or elements stand more than ${most} deep in each other. Close those that end, or write it flatter.`,
  'too-many': ({ most, things }) =>
    `The article has more than ${most} ${things}. Split it, or publish it as a file that a short article links to.`,
  'lost-element': ({ name, text }) => `\`<${name}>\` is left out${LEFT[text]}`,
  'lost-attribute': ({ name, element }) =>
    `\`${name}\` of \`<${element}>\` is left out. Say in the text what readers need of it, or take it out.`,
  'unsteady-html': () =>
    'The HTML in the text is nested in a way that no two readers understand alike. Close each element inside the one in which it was opened.',
}

/** The fate of the text in an element that is left out, and what is to be written instead. */
const LEFT = {
  kept: ', and its text stays. If it was meant as text, write it as code, between backticks; otherwise say it with what is served, or take it out.',
  gone: ' with what is in it. Link to it, say it in words, or take it out.',
  none: '. If it was meant as text, write it as code, between backticks; otherwise say it with what is served, or take it out.',
} as const
