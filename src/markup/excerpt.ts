/**
 * The beginning of a text, in plain words: what lists, search engines and readers show of it. It is
 * made of the tree, so that words stay whole and blocks stay apart.
 */

import { elementsIn, type Markup, type MarkupElement } from './markup.ts'
import { formulaText, raisedText } from './raised.ts'
import { isUnspaced, widthOf } from './width.ts'

/** Elements that are not told: listings, tables, captions, and what is only seen or heard. */
const UNTOLD = new Set(
  'audio caption datalist figcaption math noscript pre rp rt svg table template video'.split(' '),
)

/** Elements that stand within a line: words run on through them. */
const INLINE = new Set(
  (
    'a abbr b bdi bdo cite code data del dfn em i img ins kbd label mark q ruby s samp small ' +
    'span strong sub sup time u var wbr'
  ).split(' '),
)

/** The end of a block, before its white space is put together. */
const BREAK = '\u0000'

/** Columns of an excerpt that nobody ended: a letter of Chinese, Japanese or Korean takes two. */
const WIDTH = 280
/** Columns of a headline. */
const HEADLINE = 80
/** Columns of an excerpt that its author ended. */
const WIDEST = 1000

/**
 * Makes the excerpt of a text; `lead` is the part of it that its author marked as the beginning.
 * It is cut behind a sentence, else behind a word, else between two characters as people see them.
 */
export function excerptOf(markup: Markup, lead?: Markup, language?: string): string {
  return cutText(plainText(lead ?? markup), lead ? WIDEST : WIDTH, language)
}

/**
 * Makes a headline for a text that has none: its beginning, or else the words of its first image.
 * Undefined where it has no words at all.
 */
export function headlineOf(markup: Markup, language?: string): string | undefined {
  const image = elementsIn(markup).find(({ attributes }) => attributes['alt'])
  const words = plainText(markup) || image?.attributes['alt']
  return words && cutText(words, HEADLINE, language)
}

/** Writes the words of a tree on one line. */
export function plainText(markup: Markup): string {
  return wordsOf(markup)
    .replace(/[^\S\u00a0\u202f]+/g, ' ')
    .replace(/ ?\0[\0 ]*/g, BREAK)
    .replace(/^\0|\0$/g, '')
    .replace(/(.?)\0(.?)/gu, (_, before: string, after: string) =>
      isUnspaced(before, after) ? before + after : `${before} ${after}`,
    )
    .trim()
}

function wordsOf(markup: Markup, before = ''): string {
  let words = before
  for (const node of markup) words += typeof node === 'string' ? node : wordsOfElement(node, words)
  return words.slice(before.length)
}

function wordsOfElement(element: MarkupElement, before: string): string {
  const { name, children } = element
  if (name === 'br') return ' '
  if (name === 'math') return formulaText(element)
  if (UNTOLD.has(name)) return BREAK
  if (isFootnote(element)) return ''
  const words = wordsOf(children)
  if (name === 'sup' || name === 'sub') return raisedText(name, words, before)
  return INLINE.has(name) ? words : BREAK + words + BREAK
}

/** Tells whether an element is the mark of a footnote, or the list of all of them. */
function isFootnote({ name, attributes, children }: MarkupElement): boolean {
  const [only] = children
  if (name === 'sup' && typeof only === 'object' && only.name === 'a')
    return only.attributes['href']?.includes('#') ?? false
  return name === 'li' && /^fn(?:-|:?\d)/.test(attributes['id'] ?? '')
}

function cutText(text: string, width: number, language: string | undefined): string {
  if (widthOf(text) <= width) return text
  const sentence = fittingPart(text, width, 'sentence', language).trimEnd()
  if (widthOf(sentence) >= width * 0.5) return sentence
  const word = fittingPart(text, width - 1, 'word', language).replace(/[\p{Ps}\p{Pi}\s]+$/u, '')
  if (widthOf(word) >= width * 0.7) return `${word}…`
  return `${fittingPart(text, width - 1, 'grapheme', language).trimEnd()}…`
}

/** Returns as many whole sentences, words or characters as fit into a width. */
function fittingPart(
  text: string,
  width: number,
  granularity: 'sentence' | 'word' | 'grapheme',
  language: string | undefined,
): string {
  let left = width
  let end = 0
  // No character is wider than its code units are many, twice: the rest is not even looked at.
  const segments = new Intl.Segmenter(language, { granularity }).segment(text.slice(0, 8 * width))
  for (const { segment, index } of segments) {
    left -= widthOf(segment)
    if (left < 0) break
    end = index + segment.length
  }
  return text.slice(0, end)
}
