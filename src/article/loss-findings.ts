/** Findings about what stands in a text and does not reach its reader, or not as it was meant. */

import type { Loss } from '../markup/loss.ts'
import type { NearMiss } from '../markup/near-markdown.ts'
import { cut, type Words } from './finding.ts'

const MEANT_AS_TEXT = 'If it was meant as text, put it between backticks'

/** The fate of the text in an element that is left out, and what is to be written instead. */
const LEFT: Readonly<Record<Extract<Loss, { reason: 'lost-element' }>['text'], string>> = {
  kept: `, and the text in it stays. ${MEANT_AS_TEXT}; otherwise say it in other words, or link to it.`,
  gone: ' with what is in it. Say it in words, or link to it.',
  none: `. ${MEANT_AS_TEXT}; otherwise say it in words, or link to it.`,
}

/** Words on styles that nothing else says. */
const STYLES: Readonly<Record<string, string>> = {
  hidden: ': what it hides is shown. Take out what nobody is to read.',
  plain: ', and its text is bold. Take out the element, and leave its text.',
}

/** Words on what is missing in text that looks like Markdown. */
const MISSES: Readonly<Record<NearMiss, string>> = {
  'blank-in-address':
    'an address ends at a blank. Put it between `<` and `>`, or write `%20` for each blank.',
  undefined: 'nothing says where it leads. Add a line `[name]: https://…`, or the address itself.',
  'no-footnote': 'no footnote has this name. Add a line `[^name]: …`, or take it out.',
  'no-blank-after':
    'a heading or an item begins with its sign and a plain blank. Write one, and nothing unseen before the sign.',
  'no-term':
    'a definition stands under its term, which is one line with an empty line before it. Write it so.',
}

export const LOSS_WORDS: Words<Loss> = {
  'lost-element': ({ name, text }) => `\`<${cut(name)}>\` is left out${LEFT[text]}`,
  frame: ({ name }) =>
    `\`<${name}>\` shows something from elsewhere, which no reader shows. A link with its \`title\` stands in its place: give it one that says what it shows.`,
  'lost-part': ({ name }) =>
    `\`<${cut(name)}>\` is no part of MathML Core, and without it the formula says something else. Write it with other elements, or show the formula as an image.`,
  'broken-formula': ({ tex, why }) =>
    `The formula \`${cut(tex)}\` cannot be rendered: ${why}. Correct it; or, if no formula is meant, write \`\\$\` for its dollars.`,
  'plain-formula': ({ tex }) =>
    `\`${cut(tex)}\` is TeX, and stands here as it is. With \`math: true\` in site.yaml it becomes a formula; if none is meant, put it between backticks.`,
  'bare-formula': ({ tex }) =>
    `The formula \`${cut(tex)}\` is shown without its frame and its lines: MathML Core has none. Say in the text what they mean, if they mean something.`,
  'lost-value': ({ name, value }) =>
    `\`${cut(value)}\` in \`${name}\` means nothing to browsers, and is left out. ${name === 'sizes' ? 'Write a width as `50vw`, behind its condition in parentheses' : 'Write an address and its width or density: `photo.jpg 640w` or `photo.jpg 2x`'}.`,
  'untitled-drawing': () =>
    'Nobody says what this `<svg>` shows. Put `<title>what it shows</title>` into it, first, and it becomes an image file with that alternative text; or take it out.',
  'same-part': ({ name }) =>
    `Another part of the text has the name \`#${cut(name)}\` already, and links lead to that one. Give this one another name, or take it out.`,
  'lost-attribute': ({ name, element }) =>
    `\`${cut(name)}\` of \`<${cut(element)}>\` is left out. Say in the text what readers need of it, or take it out.`,
  'lost-style': ({ style, element, instead }) =>
    `\`${cut(style)}\` of \`<${cut(element)}>\` is left out${STYLES[instead] ?? `. Write \`${instead}\`, which says the same to every reader.`}`,
  'no-address': ({ use }) =>
    use === 'media'
      ? 'The image has no address. Name its file or its web address, or take it out.'
      : 'The link has no address. Give it one, or take away all but its words.',
  'lost-tag': ({ tag }) =>
    `\`${cut(tag)}\` means nothing where it stands, and is left out. ${MEANT_AS_TEXT}; otherwise mend the HTML around it.`,
  'never-closed': ({ tag, rest }) =>
    rest === 'gone'
      ? `\`${tag}\` is never closed: nothing after it is shown. Close it.`
      : `\`${tag}\` is never closed: everything after it is a part of it. Close it; or, if it was meant as text, put it between backticks.`,
  'foreign-tag': ({ tag, system }) =>
    `\`${cut(tag)}\` means something to other systems (${system}), and stands here as it is. Write what it stands for; or, if it is meant as text, put it between backticks.`,
  'html-as-code': () =>
    'This HTML is shown as code, because four blanks stand before it. Take them out; or, if it is meant as code, put it between lines of three backticks.',
  'lost-cells': ({ cells }) =>
    `\`${cut(cells)}\` is left out: the row has more cells than the table has columns. Give the table another column, or write \`\\|\` for a line within a cell.`,
  'lost-footnote': ({ label, why }) =>
    why === 'unreferred'
      ? `The footnote \`[^${cut(label)}]\` is left out, because nothing refers to it. Refer to it in the text, or take it out.`
      : `The footnote \`[^${cut(label)}]\` is left out, because another of that name comes after it. Give one of them another name.`,
  'near-markdown': ({ text, why }) => `\`${cut(text)}\` is shown as it is written: ${MISSES[why]}`,
  moved: ({ element }) =>
    `Some of what stands in this \`<${element}>\`, outside of its cells, is shown before it. Move it there, or into a cell.`,
}
