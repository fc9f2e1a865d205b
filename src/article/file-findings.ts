/** Findings about files of `content/` and what they contain as a whole. */

import { countOf, suggestionOf, type Words } from './finding.ts'

export type FileFinding =
  | { readonly reason: 'no-site' }
  | { readonly reason: 'no-articles' }
  | { readonly reason: 'no-folder'; readonly detail: string }
  | { readonly reason: 'unreadable'; readonly detail: string }
  | { readonly reason: 'link'; readonly target: string }
  | { readonly reason: 'not-a-file'; readonly target: string }
  | { readonly reason: 'hidden-file'; readonly target: string }
  | { readonly reason: 'odd-name'; readonly target: string }
  | { readonly reason: 'same-name'; readonly target: string }
  | { readonly reason: 'not-text' }
  | { readonly reason: 'text-too-large'; readonly bytes: number; readonly most: number }
  | { readonly reason: 'changed-meanwhile' }
  | {
      readonly reason: 'missing-file'
      readonly target: string
      /** Files that have its name, in other folders or in other case. */
      readonly near: readonly string[]
    }
  | { readonly reason: 'no-article'; readonly target: string }
  | { readonly reason: 'outside-content'; readonly target: string }
  | {
      readonly reason: 'unserved-type'
      readonly target: string
      readonly served: readonly string[]
    }
  | {
      readonly reason: 'file-too-large'
      readonly target: string
      readonly bytes: number
      readonly most: number
    }

export const FILE_WORDS: Words<FileFinding> = {
  'no-site': () =>
    'There is no site.yaml. Add one with at least title, description, language, home, base and tag.',
  'no-articles': () =>
    'There is no article to publish. Begin one with `new`, or take `status: draft` out of one that is ready.',
  'no-folder': ({ detail }) =>
    `This is no folder that can be read (${detail}). The articles are in content/, or in the folder that --content names.`,
  unreadable: ({ detail }) =>
    `The file cannot be read (${detail}). Check its permissions, or move it out of content/.`,
  link: ({ target }) =>
    `\`${target}\` is a symbolic link, or lies behind one. Links are not followed: put the file itself there.`,
  'not-a-file': ({ target }) =>
    `\`${target}\` is no regular file. Only such are read: put one there, or remove it.`,
  'hidden-file': ({ target }) =>
    `The name of \`${target}\` begins with a dot. Such files are not published: give it another name.`,
  'odd-name': ({ target }) =>
    `\`${target}\` has a backslash or a control character in its name, or is not UTF-8. Rename it.`,
  'same-name': ({ target }) =>
    `\`${target}\` is there twice: once with its accents apart from their letters (NFD), once as one with them (NFC). Links cannot tell them apart: remove one of the two, or rename it.`,
  'not-text': () =>
    'The file is not UTF-8 text. Save it as UTF-8, or give it another ending than .md.',
  'text-too-large': ({ bytes, most }) =>
    `The article has ${countOf(bytes, 'byte')}; the most is ${most}. Split it, or publish it as a file that a short article links to.`,
  'changed-meanwhile': () => 'The file was saved or removed while it was being read. Try again.',
  'missing-file': ({ target, near }) =>
    `The file \`${target}\` does not exist.${suggestionOf(near)} Paths are relative to the file that names them; check the spelling.`,
  'no-article': ({ target }) =>
    `\`${target}\` is not published, so nothing can lead there. Make it an article, with front matter and a name of its own in .md; or take the link out.`,
  'outside-content': ({ target }) => `The file \`${target}\` lies outside content/. Copy it in.`,
  'unserved-type': ({ target, served }) =>
    `\`${target}\` is no article, and no file that is served. To link to an article, name its file in .md; to a page elsewhere, its full address. Files that are served end with one of: ${served.join(', ')}.`,
  'file-too-large': ({ target, bytes, most }) =>
    `\`${target}\` has ${countOf(bytes, 'byte')}; the most that can be stored is ${most}. Make it smaller, or host it elsewhere and link to it.`,
}
