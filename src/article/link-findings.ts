/** Findings about addresses that articles refer to: of links, and of what is shown from them. */

import { cut, suggestionOf, type Words } from './finding.ts'
import { adviceFor } from './key-findings.ts'
import type { Refusal } from './web-address.ts'

export type LinkFinding =
  | {
      readonly reason: 'no-such-part'
      readonly part: string
      /** The article that should have it; undefined for the one in which the link stands. */
      readonly of: string | undefined
      readonly near: readonly string[]
    }
  | { readonly reason: 'no-file-named'; readonly reference: string }
  | { readonly reason: 'no-scheme'; readonly target: string; readonly near: string }
  | {
      readonly reason: 'lost-address'
      readonly use: 'link' | 'media'
      readonly address: string
      readonly refusal: Refusal
      readonly near: readonly string[]
    }
  | {
      readonly reason: 'unserved-data'
      readonly address: string
      readonly served: readonly string[]
    }
  | { readonly reason: 'unserved-address'; readonly use: 'link' | 'media'; readonly path: string }

export const LINK_WORDS: Words<LinkFinding> = {
  'no-such-part': ({ part, of, near }) =>
    `${of === undefined ? 'The text' : `\`${of}\``} has no part \`#${cut(part)}\`: the link leads to its beginning.${suggestionOf(near)} Headings are named by their words, as GitHub does.`,
  'no-file-named': ({ reference }) =>
    `\`${cut(reference)}\` names no file: a folder, or a query alone, leads nowhere here. Write the path of a file, or a full address.`,
  'no-scheme': ({ target, near }) =>
    `\`${cut(target)}\` has no scheme: it would be a file beside this one, and there is none. Did you mean \`${cut(near)}\`?`,
  'lost-address': ({ use, address, refusal, near }) =>
    `\`${cut(address)}\` is left out, and ${use === 'media' ? 'nothing is shown' : 'the words stay without a link'}: ${adviceFor(refusal)}${suggestionOf(near)}`,
  'unserved-data': ({ address, served }) =>
    `\`${cut(address)}\` holds no file that can be served. Its type has to be that of an image, a sound or a film (${served.join(', ')}), and its text whole; or put the file into content/.`,
  'unserved-address': ({ use, path }) =>
    use === 'media'
      ? `Nothing is served at \`${cut(path)}\` of the site. Put the file into content/, and name it by its path from here.`
      : `Nothing that this site publishes is at \`${cut(path)}\`. Link to the article's file or, if the page is on another host, write its full address.`,
}
