/**
 * Envelopes: the channel's metadata as the library `feed` writes it. Its only importer.
 *
 * The library renders whole documents; it is given none of the entries, and what it leaves out of
 * its output (namespaces, Atom's typed links) is added by the formats. One `Feed` for each format,
 * because it shares extensions among them.
 */

import { Feed } from 'feed'
import { htmlOf } from '../markup/markup.ts'
import type { Channel } from './format.ts'

/**
 * Writes the RSS document of a feed without entries: readers take the texts of a channel for HTML.
 */
export function rssEnvelope(channel: Channel, self: string): string {
  return feedOf(channel, {
    title: protect(htmlOf([channel.title])),
    description: protect(htmlOf([channel.description])),
    feed: self,
    ...(channel.icon ? { image: protect(channel.icon) } : {}),
  }).rss2()
}

/** Writes the Atom document of a feed without entries: its links are the format's own. */
export function atomEnvelope(channel: Channel): string {
  const { icon, id, logo } = channel
  return feedOf(channel, {
    id,
    link: undefined,
    ...(logo ? { image: protect(logo) } : {}),
    ...(icon ? { favicon: protect(icon) } : {}),
  }).atom1()
}

/** Makes the JSON Feed of a feed without entries, as a value; it still says version 1. */
export function jsonEnvelope({ title, description, page, icon }: Channel): Record<string, unknown> {
  // JSON needs no protection from XML's escapes, so this one is given its texts as they are.
  const feed = new Feed({
    title,
    description,
    id: page,
    link: page,
    updated: new Date(0),
    ...(icon ? { image: icon } : {}),
  })
  return JSON.parse(feed.json1()) as Record<string, unknown>
}

type EnvelopeOptions = Partial<ConstructorParameters<typeof Feed>[0]>

function feedOf(
  channel: Channel,
  options: { [K in keyof EnvelopeOptions]: EnvelopeOptions[K] | undefined },
): Feed {
  const { title, description, language, page, updated, ttl, copyright } = channel
  return new Feed({
    title: protect(title),
    description: protect(description),
    id: page,
    link: page,
    language,
    // Never left out: the library would take the present time, and no two documents were equal.
    updated: new Date(updated * 1000),
    generator: 'edgewire',
    docs: 'http://www.rssboard.org/rss-specification',
    ttl: Math.ceil(ttl / 60),
    ...(copyright ? { copyright: protect(copyright) } : {}),
    ...(options as EnvelopeOptions),
  })
}

/** Says `&amp;` twice, to mean it once: the library reads it as `&` before it escapes. */
function protect(text: string): string {
  return text.replaceAll('&amp;', '&amp;amp;')
}
