/**
 * The afterword of an entry: the page that it is about, its files, and where it was found. Readers
 * show no other part of an entry for certain, so whatever a page says stands in the content too.
 */

import type { Article } from '../article/article.ts'
import { directionOf } from '../article/language.ts'
import type { Site } from '../article/site.ts'
import { wordsIn } from '../article/words.ts'
import { elementOf, elementsIn, type Markup, type MarkupElement } from '../markup/markup.ts'
import { aboutAttachment, attachmentName } from './attachment-words.ts'

/** Makes the afterword; it is empty where the text says it all. */
export function afterwordOf(
  { markup, externalUrl, attachments, via, language }: Article,
  site: Site,
): Markup {
  const { words, language: spoken } = wordsIn(language, site)
  const mark = { lang: spoken, dir: directionOf(spoken) }
  const linked = new Set(elementsIn(markup).map(({ attributes }) => attributes['href']))
  const files = attachments.filter(({ url }) => !linked.has(url))
  return [
    ...(externalUrl !== undefined && !linked.has(externalUrl)
      ? [elementOf('p', [linkTo(externalUrl)])]
      : []),
    ...(files.length > 0 ? [elementOf('ul', files.map(fileLine))] : []),
    ...(via !== undefined && !linked.has(via)
      ? [elementOf('p', [elementOf('span', [words.found_at], mark), ' ', linkTo(via)])]
      : []),
  ]
}

function fileLine(attachment: Article['attachments'][number]): MarkupElement {
  const link = linkTo(attachment.url, attachmentName(attachment))
  return elementOf('li', [link, ` (${aboutAttachment(attachment)})`])
}

function linkTo(href: string, text = href): MarkupElement {
  return elementOf('a', [text], { href })
}
