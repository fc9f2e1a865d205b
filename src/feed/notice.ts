/**
 * Notices: what readers are shown of a retraction, as entries like any other, so that each format
 * writes them as it writes articles. None has a word of the text that was withdrawn.
 *
 * Most readers know no tombstones, and some never change what they hold. The first take what stands
 * in the article's place, under its id; the others a notice of its own.
 */

import type { Article } from '../article/article.ts'
import { formatInstant } from '../article/instant.ts'
import { directionOf } from '../article/language.ts'
import { dayOfMoment, momentIn } from '../article/moment.ts'
import type { Site } from '../article/site.ts'
import { type Speech, wordsIn } from '../article/words.ts'
import { dayIn, type Zone, zoneOf } from '../article/zone.ts'
import { elementOf, htmlOf } from '../markup/markup.ts'
import type { Tombstone } from './format.ts'

/** Makes the entry that stands in the article's place, under its id and its date. */
export function standInOf(tombstone: Tombstone, site: Site): Article {
  const { guid, title, published } = tombstone
  const speech = wordsIn(tombstone.language, site)
  const { retracted, colon } = speech.words
  return noticeOf(
    tombstone,
    { guid, title: retracted + colon + title, published },
    speech,
    zoneOf(site),
  )
}

/** Makes the notice of its own: published when the article was retracted, and never again. */
export function announcementOf(tombstone: Tombstone, site: Site): Article | undefined {
  const { announcement: guid, title, at: published } = tombstone
  if (guid === undefined) return undefined
  const speech = wordsIn(tombstone.language, site)
  const { retraction, colon } = speech.words
  return noticeOf(
    tombstone,
    { guid, title: retraction + colon + title, published },
    speech,
    zoneOf(site),
  )
}

/** Makes an entry in which the site speaks, and not the article's authors. */
function noticeOf(
  { id, url, at, reason, replacedBy, announcement, language, section, tags, ...gone }: Tombstone,
  own: Pick<Article, 'guid' | 'title' | 'published'>,
  { language: spoken, words }: Speech,
  zone: Zone,
): Article {
  const date = dayIn(zone, at)
  const time = elementOf('time', [date], { datetime: formatInstant(at) })
  const mark = { lang: spoken, dir: directionOf(spoken) }
  const marked = elementOf('strong', [words.retracted + words.comma, time], mark)
  const markup = [
    elementOf('p', [
      marked,
      ...(reason === undefined ? ['.'] : [words.colon, elementOf('span', [reason])]),
    ]),
    elementOf('p', [words.do_not_rely], mark),
    ...(gone.replacement === undefined
      ? []
      : [
          elementOf('p', [
            elementOf('a', [words.read_instead], { href: gone.replacement, ...mark }),
          ]),
        ]),
  ]
  const told = { published: momentIn(zone, own.published), updated: momentIn(zone, at) }
  return {
    ...own,
    moments: told,
    day: dayOfMoment(told.published),
    isUntitled: false,
    id,
    url,
    // Exactly the tombstone's `when`: a later one would mean that it lives again (RFC 6721 §3).
    updated: at,
    summary: `${words.retracted}${words.comma}${date}${reason === undefined ? '.' : words.colon + reason}`,
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
