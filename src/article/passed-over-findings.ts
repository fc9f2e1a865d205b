/** Findings about files of `content/` that are passed over: nothing there is left out in silence. */

import type { Words } from './finding.ts'

export type PassedOverFinding =
  | { readonly reason: 'other-ending' }
  | { readonly reason: 'other-format' }
  | { readonly reason: 'list-page' }
  | { readonly reason: 'set-aside' }
  | { readonly reason: 'unserved-file'; readonly served: readonly string[] }
  | { readonly reason: 'unused-file' }

export const PASSED_OVER_WORDS: Words<PassedOverFinding> = {
  'other-ending': () =>
    'The file is not read: the names of articles end in .md or .markdown, in small letters. Rename it.',
  'other-format': () =>
    'The file is not read: articles are Markdown, in files that end in .md. Convert it, or move it out of content/.',
  'list-page': () =>
    'The file is not read: `_index.md` is the page of a list, and no article. Say what it says in site.yaml, or give it a name of its own.',
  'set-aside': () =>
    'The file is not read: `_drafts/` holds what is not ready. Move it out of there, as `status: draft` until it is.',
  'unserved-file': ({ served }) =>
    `The file is not published: files like this are not served. Move it out of content/, or use one of: ${served.join(', ')}.`,
  'unused-file': () =>
    'The file is not published: nothing refers to it. Link to it, or move it out of content/; if it is an article, let its name end in .md.',
}
