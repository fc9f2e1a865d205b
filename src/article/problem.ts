/**
 * Problems: what is wrong in `content/`, where, and what to do about it.
 *
 * A problem is a value with a reason and facts; `describe` turns every reason into words, so a new
 * reason does not compile until it has some.
 */

import type { Excess } from './bounds.ts'
import type { Refusal } from './web-address.ts'

/** A place in a file; lines and columns count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number }

export type Finding =
  | { readonly reason: 'no-site' }
  | { readonly reason: 'no-folder'; readonly detail: string }
  | { readonly reason: 'unreadable'; readonly detail: string }
  | { readonly reason: 'link'; readonly target: string }
  | { readonly reason: 'not-a-file'; readonly target: string }
  | { readonly reason: 'hidden-file'; readonly target: string }
  | { readonly reason: 'odd-name'; readonly target: string }
  | { readonly reason: 'not-text' }
  | { readonly reason: 'no-front-matter' }
  | { readonly reason: 'unclosed-front-matter' }
  | { readonly reason: 'text-too-large'; readonly bytes: number; readonly most: number }
  | { readonly reason: 'changed-meanwhile' }
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
  | { readonly reason: 'duplicate-id'; readonly id: string; readonly other: string }
  | { readonly reason: 'duplicate-guid'; readonly guid: string; readonly other: string }
  | { readonly reason: 'taken-alias'; readonly alias: string; readonly other: string }
  | { readonly reason: 'reserved-alias'; readonly alias: string }
  | {
      readonly reason: 'same-folder'
      readonly label: string
      readonly folder: string
      readonly other: string
      readonly otherPlace: Place
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
  | { readonly reason: 'missing-file'; readonly target: string }
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
  | { readonly reason: 'image-without-alt'; readonly target: string }
  | { readonly reason: 'empty-body' }
  | Excess

export type Problem = Place & Finding

/** What is wrong, and what to do: one sentence each. */
export function describe(problem: Finding): string {
  switch (problem.reason) {
    case 'no-site':
      return 'There is no site.yaml. Add one with at least title, description, language, home, base and tag.'
    case 'no-folder':
      return `This is no folder that can be read (${problem.detail}). The articles are in content/, or in the folder that --content names.`
    case 'link':
      return `\`${problem.target}\` is a symbolic link, or lies behind one. Links are not followed: put the file itself there.`
    case 'not-a-file':
      return `\`${problem.target}\` is no regular file. Only such are read: put one there, or remove it.`
    case 'hidden-file':
      return `The name of \`${problem.target}\` begins with a dot. Such files are not published: give it another name.`
    case 'odd-name':
      return `\`${problem.target}\` has a backslash or a control character in its name, or is not UTF-8. Rename it.`
    case 'unreadable':
      return `The file cannot be read (${problem.detail}). Check its permissions, or move it out of content/.`
    case 'not-text':
      return 'The file is not UTF-8 text. Save it as UTF-8, or give it another ending than .md.'
    case 'no-front-matter':
      return 'An article begins with front matter: a line `---`, its keys, and a line `---`. Add it, with title and published.'
    case 'unclosed-front-matter':
      return 'The front matter has no end. Close it with a line `---` before the text.'
    case 'text-too-large':
      return `The article has ${problem.bytes} bytes; the most is ${problem.most}. Split it, or publish it as a file that a short article links to.`
    case 'changed-meanwhile':
      return 'The file was saved or removed while it was being read. Try again.'
    case 'yaml':
      return `The YAML cannot be read: ${problem.detail}. Mend it; text with a colon or a leading sign needs quotes.`
    case 'yaml-too-large':
      return `The YAML has ${problem.length} characters; the most is ${problem.most}. Move what is text into the article.`
    case 'unknown-key':
      return `There is no key \`${problem.key}\`.${meant(problem.near)} Rename it or take it out.`
    case 'missing-key':
      return `The key \`${problem.key}\` is missing: expected ${problem.expected}. Add it.`
    case 'invalid-value':
      return `\`${problem.key}\` is ${problem.found}: expected ${problem.expected}.`
    case 'refused-address':
      return `\`${problem.key}\` is \`${cut(problem.address)}\`: ${wordsOf(problem.refusal)}`
    case 'duplicate-id':
      return `The id \`${problem.id}\` is taken by ${problem.other}. Give one of the two another \`id\`.`
    case 'duplicate-guid':
      return `The guid \`${problem.guid}\` is taken by ${problem.other}. Give one of the two another \`guid\`.`
    case 'taken-alias':
      return `The alias \`${problem.alias}\` is already ${problem.other}. Remove it from one of the two.`
    case 'reserved-alias':
      return `The alias \`${problem.alias}\` is an address of the site itself. Remove it.`
    case 'same-folder': {
      const { file, line, column } = problem.otherPlace
      return `\`${problem.label}\` and \`${problem.other}\` (${file}:${line}:${column}) would both be at ${problem.folder}. Spell them alike, or choose other words.`
    }
    case 'undated-correction':
      return '`correction` is shown with the date of `updated`, which is missing or no later than `published`. Add it.'
    case 'updated-before-published':
      return '`updated` lies before `published`. Correct one of them.'
    case 'updated-ahead':
      return '`updated` lies in the future. A correction is announced when it is published: use the present instant.'
    case 'retracted-ahead':
      return '`retracted_at` lies in the future. Leave it out: the edition that first sees the retraction dates it.'
    case 'not-retracted':
      return `\`${problem.key}\` is said of a retraction, and the article is not retracted. Set \`status: retracted\`, or take the key out.`
    case 'unknown-article':
      return `\`${problem.key}\` names the article \`${problem.id}\`, which does not exist.${meant(problem.near)} Use an article's id.`
    case 'no-page':
      return 'The article has no page: site.yaml says `pages: false`. Set `url` to its address on your own site, here or, for all articles, in site.yaml; or say `pages: true`.'
    case 'missing-file':
      return `The file \`${problem.target}\` does not exist. Paths are relative to the file that names them; check the spelling.`
    case 'outside-content':
      return `The file \`${problem.target}\` lies outside content/. Copy it in.`
    case 'unserved-type':
      return `Files like \`${problem.target}\` are not served. Use one of: ${problem.served.join(', ')}.`
    case 'file-too-large':
      return `\`${problem.target}\` has ${problem.bytes} bytes; the most that can be stored is ${problem.most}. Make it smaller, or host it elsewhere and link to it.`
    case 'image-without-alt':
      return `The image \`${problem.target}\` has no alternative text. Say what it shows: \`![what it shows](${problem.target})\`.`
    case 'empty-body':
      return 'The article has no text. Write some, or make it `status: draft`.'
    case 'too-deep':
      return `Quotes, lists or elements stand more than ${problem.most} deep in each other. Close those that end, or write it flatter.`
    case 'too-many':
      return `The article has more than ${problem.most} ${problem.things}. Split it, or publish it as a file that a short article links to.`
    case 'unsteady-html':
      return 'The HTML in the text is nested in a way that no two readers understand alike. Close each element inside the one in which it was opened.'
  }
}

/** What is to be written instead of an address that was refused. */
function wordsOf(refusal: Refusal): string {
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

/** `file:line:column: words`, as editors and terminals make it clickable. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${describe(problem)}`
}

/** Problems by file, line and column. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  )
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function meant(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
