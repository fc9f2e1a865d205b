/**
 * Notices: what readers are shown of a retraction, as entries like any other, so that each format
 * writes them as it writes articles. None has a word of the text that was withdrawn.
 *
 * Most readers know no tombstones, and some never change what they hold. The first take what stands
 * in the article's place, under its id; the others a notice of its own.
 */

import type { Article } from '../article/article.ts'
import { formatInstant } from '../article/instant.ts'
import { dayOfMoment, momentIn } from '../article/moment.ts'
import { UTC } from '../article/zone.ts'
import { elementOf, htmlOf, type MarkupElement } from '../markup/markup.ts'
import type { Tombstone } from './format.ts'

/** Makes the entry that stands in the article's place, under its id and its date. */
export function standInOf(tombstone: Tombstone): Article {
  const { guid, title, published } = tombstone
  return noticeOf(tombstone, { guid, title: `Retracted: ${title}`, published })
}

/** Makes the notice of its own: published when the article was retracted, and never again. */
export function announcementOf(tombstone: Tombstone): Article | undefined {
  const { announcement: guid, title, at: published } = tombstone
  return guid === undefined
    ? undefined
    : noticeOf(tombstone, { guid, title: `Retraction: ${title}`, published })
}

/** Makes an entry in which the site speaks, and not the article's authors. */
function noticeOf(
  { id, url, at, reason, replacedBy, announcement, language, section, tags, ...gone }: Tombstone,
  own: Pick<Article, 'guid' | 'title' | 'published'>,
): Article {
  const date = formatInstant(at).slice(0, 10)
  const time = elementOf('time', [date], { datetime: formatInstant(at) })
  const marked = elementOf('strong', ['Retracted, ', time], ENGLISH)
  const markup = [
    elementOf('p', [
      marked,
      ...(reason === undefined ? ['.'] : [': ', elementOf('span', [reason])]),
    ]),
    elementOf('p', ['This article was withdrawn: do not rely on copies of its text.'], ENGLISH),
    ...(gone.replacement === undefined ? [] : [insteadOf(gone.replacement)]),
  ]
  const told = { published: momentIn(UTC, own.published), updated: momentIn(UTC, at) }
  return {
    ...own,
    moments: told,
    day: dayOfMoment(told.published),
    isUntitled: false,
    id,
    url,
    // Exactly the tombstone's `when`: a later one would mean that it lives again (RFC 6721 §3).
    updated: at,
    summary: `Retracted, ${date}${reason === undefined ? '.' : `: ${reason}`}`,
    markup,
    html: htmlOf(markup),
    markdown: undefined,
    language,
    section,
    tags,
    retraction: { at, reason, replacedBy, announcement },
    authors: [],
    attachments: [],
    aliases: [],
    media: [],
    translations: [],
    correction: undefined,
    image: undefined,
    externalUrl: undefined,
    via: undefined,
    copyright: undefined,
    license: undefined,
  }
}

const ENGLISH = { lang: 'en', dir: 'ltr' }

function insteadOf(href: string): MarkupElement {
  return elementOf('p', [elementOf('a', ['Read what replaces it'], { href, ...ENGLISH })])
}
