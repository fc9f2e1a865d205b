/** Findings about an article among others: what it names, and what has to be its own. */

import type { FeedKind } from './feed-kinds.ts'
import { cut, suggestionOf, type Words } from './finding.ts'
import type { FilePlace } from './place.ts'

export type ArticleFinding =
  | { readonly reason: 'duplicate-id'; readonly id: string; readonly other: string }
  | { readonly reason: 'duplicate-guid'; readonly guid: string; readonly other: string }
  | { readonly reason: 'taken-alias'; readonly alias: string; readonly other: string }
  | { readonly reason: 'reserved-alias'; readonly alias: string }
  | { readonly reason: 'many-parameters'; readonly most: number }
  | {
      readonly reason: 'same-folder'
      readonly kind: FeedKind
      readonly label: string
      readonly folder: string
      readonly other: string
      readonly otherPlace: FilePlace
    }
  | { readonly reason: 'undated-correction' }
  | { readonly reason: 'updated-before-published' }
  | { readonly reason: 'updated-ahead' }
  | { readonly reason: 'retracted-ahead' }
  | { readonly reason: 'not-retracted'; readonly key: string }
  | {
      readonly reason: 'unknown-article'
      readonly key: string
      readonly id: string
      readonly near: readonly string[]
    }
  | { readonly reason: 'no-page' }
  | { readonly reason: 'untitled' }
  | { readonly reason: 'unsized-attachment'; readonly address: string }

export const ARTICLE_WORDS: Words<ArticleFinding> = {
  untitled: () =>
    'The article has no `title`: lists show the beginning of its text. Add one, unless that is meant.',
  'unsized-attachment': ({ address }) =>
    `The attachment \`${cut(address)}\` does not say its \`size\` in bytes, for which RSS asks: some programs pass it over. Add it.`,
  'duplicate-id': ({ id, other }) =>
    `The id \`${id}\` is taken by ${other}. Give one of the two another \`id\`.`,
  'duplicate-guid': ({ guid, other }) =>
    `The guid \`${guid}\` is taken by ${other}. Give one of the two another \`guid\`.`,
  'taken-alias': ({ alias, other }) =>
    `The alias \`${alias}\` is already ${other}. Remove it from one of the two.`,
  'reserved-alias': ({ alias }) =>
    `The alias \`${alias}\` is an address of the site itself. Remove it.`,
  'many-parameters': ({ most }) =>
    `The old addresses have more than ${most} different sets of parameters, as \`p\` in \`/?p=42\`: a request would be looked up for each. Leave out those that nobody asks for.`,
  'same-folder': ({ kind, otherPlace, label, other, folder }) => {
    const { file, line, column } = otherPlace
    return `\`${label}\` and \`${other}\` (${file}:${line}:${column}) would both be at ${folder}. Spell them alike, or ${adviceForFolder(kind, label)}.`
  },
  'undated-correction': () =>
    '`correction` is shown with the date of `updated`, which is missing or no later than `published`. Add it.',
  'updated-before-published': () => '`updated` lies before `published`. Correct one of them.',
  'updated-ahead': () =>
    '`updated` lies in the future. A correction is announced when it is published: use the present instant.',
  'retracted-ahead': () =>
    '`retracted_at` lies in the future. Leave it out: the edition that first sees the retraction dates it.',
  'not-retracted': ({ key }) =>
    `\`${key}\` is said of a retraction, and the article is not retracted. Set \`status: retracted\`, or take the key out.`,
  'unknown-article': ({ key, id, near }) =>
    `\`${key}\` names the article \`${id}\`, which does not exist.${suggestionOf(near)} Use an article's id.`,
  'no-page': () =>
    'The article has no page: site.yaml says `pages: false`. Set `url` to its address on your own site, here or, for all articles, in site.yaml; or say `pages: true`.',
}

/** Says which key of `site.yaml` gives a label an address of its own. */
function adviceForFolder(kind: FeedKind, label: string): string {
  const word = JSON.stringify(label)
  return kind === 'authors'
    ? `give one an address of its own in site.yaml: \`authors: { key: { name: ${word} } }\`, and write that key in articles`
    : `name the address of one in site.yaml: \`${kind}: { ${word}: { name: other-words } }\``
}
