/**
 * Findings about front matter and `site.yaml`: what cannot be read, and keys and values that are
 * wrong.
 */

import { countOf, cut, suggestionOf, type Words } from './finding.ts'
import type { Refusal } from './web-address.ts'

export type KeyFinding =
  | { readonly reason: 'no-front-matter' }
  | { readonly reason: 'unclosed-front-matter' }
  /** Something stands before the front matter. */
  | { readonly reason: 'late-front-matter' }
  | {
      readonly reason: 'foreign-front-matter'
      readonly syntax: 'TOML' | 'JSON'
      /** The same on one line, where it could be read. */
      readonly yaml: string | undefined
    }
  | { readonly reason: 'foreign-key'; readonly key: string; readonly advice: string }
  | { readonly reason: 'cut-by-comment'; readonly key: string; readonly comment: string }
  | { readonly reason: 'yaml'; readonly detail: string }
  | { readonly reason: 'yaml-too-large'; readonly length: number; readonly most: number }
  | { readonly reason: 'unknown-key'; readonly key: string; readonly near: readonly string[] }
  | { readonly reason: 'missing-key'; readonly key: string; readonly expected: string }
  | {
      readonly reason: 'invalid-value'
      readonly key: string
      readonly expected: string
      readonly found: string
    }
  | {
      readonly reason: 'refused-address'
      readonly key: string
      readonly address: string
      readonly refusal: Refusal
    }

export const KEY_WORDS: Words<KeyFinding> = {
  'no-front-matter': () =>
    'An article begins with front matter: a line `---`, its keys, and a line `---`. Add it, with title and published.',
  'unclosed-front-matter': () =>
    'The front matter has no end. Close it with a line `---` before the text.',
  'late-front-matter': () =>
    'Front matter has to begin on the first line of the file, with `---` at its left edge. Take out what stands before it.',
  'foreign-front-matter': ({ syntax, yaml }) => {
    const is = `The front matter is ${syntax}; here it is YAML between two lines \`---\``
    if (syntax === 'JSON')
      return `${is}. YAML reads JSON as it is: put a line \`---\` before it, and one behind it.`
    return yaml === undefined ? `${is}: write it as \`key: value\`.` : `${is}: \`${yaml}\`.`
  },
  'foreign-key': ({ key, advice }) => `There is no key \`${key}\`: ${advice}`,
  'cut-by-comment': ({ key, comment }) =>
    `\`${key}\` ends at a comment: \`${cut(comment)}\` is not part of it. Put it in quotes, with the \`#\`; or the comment on a line of its own.`,
  yaml: ({ detail }) =>
    `The YAML cannot be read: ${detail}. Mend it; text with a colon or a leading sign needs quotes.`,
  'yaml-too-large': ({ length, most }) =>
    `The YAML has ${countOf(length, 'character')}; the most is ${most}. Move what is text into the article.`,
  'unknown-key': ({ key, near }) =>
    `There is no key \`${key}\`.${suggestionOf(near)} Rename it or take it out.`,
  'missing-key': ({ key, expected }) =>
    `The key \`${key}\` is missing: expected ${expected}. Add it.`,
  'invalid-value': ({ key, found, expected }) => `\`${key}\` is ${found}: expected ${expected}.`,
  'refused-address': ({ key, address, refusal }) =>
    `\`${key}\` is \`${cut(address)}\`: ${adviceFor(refusal)}`,
}

/** Says what is to be written instead of an address that was refused. */
export function adviceFor(refusal: Refusal): string {
  switch (refusal.why) {
    case 'unreadable':
      return 'expected a full web address: https://example.org/page.'
    case 'too-long':
      return 'expected an address that is shorter: some programs refuse such long ones.'
    case 'scheme':
      return `expected an address that begins with ${refusal.allowed.map((name) => `${name}:`).join(' or ')}${refusal.use === 'media' ? ', or the path of a file in content/' : ''}.`
    case 'credentials':
      return 'expected an address without a user or a password, since everybody reads it. Take out what stands before the @.'
    case 'no-such-host':
      return 'expected a host that can exist, as in https://example.org/page.'
    case 'other-host':
      return 'expected a path of the site, or a full web address: /sections/politics/.'
  }
}
