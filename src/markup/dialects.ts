/** Tags of other systems, which stand in the text as they are: here they mean nothing. */

import { LONGEST_NAME } from './text.ts'

/** A tag of another system: where it begins in the text, and whose it is. */
export type ForeignTag = { readonly at: number; readonly tag: string; readonly system: string }

/**
 * Systems, and how each spells its tags: so that ordinary prose, with its braces, brackets and
 * colons, has none of them. What a spelling passes over ends where another tag may begin: a long
 * text is gone over once.
 */
const SPELLINGS: readonly (readonly [system: string, spelling: RegExp])[] = [
  ['Liquid', /\{%[-~]?\s*\w[^%]*%\}/],
  ['Hugo', /\{\{[<%]\s*(?:\/\s*)?[\w-][^{}]*[>%]\}\}/],
  ['templates', /\{\{[-~#/>&]?\s*[\w.$"'][^{}]*\}\}|<%[=-]?\s[^%]*%>/],
  ['Pandoc or Docusaurus', /^[ \t]*:{3,}[ \t]*[\w{[].*/m],
  ['MkDocs', /^(?:!!!|\?\?\?)\+? [\w-]+.*/m],
  ['reStructuredText', /^\.\. [\w-]+::.*/m],
  ['kramdown', /\{:\s*[.#\w/][^{}\n]*\}/],
  ['attributes', /(?<!:[ \t]?)\{[#.][a-z][\w-]*(?:\s+[#.\w][^{}\n]*)?\}/im],
  ['wikis', /!?\[\[(?![\d\s,.;-]*\]\])(?!\s|_?toc)[^[\]\n]+\]\](?!\()/i],
  ['tables of contents', /^\[\[?_?toc_?\]\]?$/im],
  [
    'GitHub or Slack',
    /(?<![\p{L}\p{N}:/])(?::[a-z][a-z0-9_-]*[a-z0-9]|:[+-]1):(?![\p{L}\p{N}:/])/u,
  ],
  [
    'MDX',
    /^(?:import\s(?:[^\n]*\sfrom\s+)?['"][^'"\n]+['"];?(?:\n|$)|export\s+(?:const|let|function|async|class)\s|export\s+default\s+(?:function|class|[({]|\w+;?(?:\n|$)))|\{\/\*/,
  ],
  ['Obsidian', /(?<![\p{L}\p{N}%])%%[^%]+%%(?![\p{L}\p{N}%])|^\[!\w[\w-]*\][-+]?(?:[ \t].*)?$/mu],
  ['highlighting', /(?<![=\p{L}\p{N}])==(?=[^\s=])[^=\n]*(?<=\S)==(?![=\p{L}\p{N}])/u],
  [
    'WordPress or BBCode',
    /\[([a-z][\w-]*)(?:\s+[\w-]+=[^[\]\n]*)?\][^[\]]*\[\/\1\]|\[[a-z][\w-]*\s+[\w-]+=["'][^[\]\n]*\](?!\()/i,
  ],
]

/** Finds the first tag of each system in a text without its code. */
export function foreignTagsIn(text: string): ForeignTag[] {
  return SPELLINGS.flatMap(([system, spelling]) => {
    const match = spelling.exec(text)
    return match ? [{ at: match.index, tag: match[0].trim().slice(0, LONGEST_NAME), system }] : []
  })
}

/** The beginnings and ends of code in HTML, and of what is not read. */
const CODE_MARK = /<(\/?)(code|pre|script|style|samp|kbd)\b[^<>]*>|<!--|-->/gi

/** Blanks the code in HTML; what stands behind it keeps its place. */
export function withoutHtmlCode(html: string): string {
  const pieces: string[] = []
  let open: { readonly end: string; readonly at: number } | undefined
  let done = 0
  for (const { 0: mark, 1: slash, 2: name = '', index } of html.matchAll(CODE_MARK)) {
    const word = name.toLowerCase() || mark
    if (open === undefined && slash === '') open = { end: word, at: index }
    else if (open === undefined && mark === '<!--') open = { end: '-->', at: index }
    else if (open?.end === word && slash !== '') {
      const end = index + mark.length
      pieces.push(html.slice(done, open.at), blank(html.slice(open.at, end)))
      done = end
      open = undefined
    }
  }
  return pieces.join('') + html.slice(done)
}

/** Writes as many blanks as a text has characters; its lines stay. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
