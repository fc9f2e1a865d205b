/** A list of feeds as OPML 2.0 (http://opml.org/spec2.opml), for readers that import lists. */

import { FEED_TYPES } from './feed-types.ts'
import { element, parent } from './xml.ts'

/** A feed, as a list of feeds names it. */
export type Outline = {
  readonly title: string
  readonly description: string
  readonly language: string
  /** The folder of its documents, and its page: both absolute. */
  readonly folder: string
  readonly page: string
}

/**
 * Writes a list of feeds by group, each once, in the format that every reader knows: who imports a
 * list subscribes to all that is in it.
 */
export function formatOpml(
  title: string,
  groups: readonly { readonly title: string; readonly feeds: readonly Outline[] }[],
): string {
  const body = groups.map((group) =>
    parent('outline', group.feeds.map(outlineOf), { text: group.title, title: group.title }),
  )
  // No date: the list is as old as what it says.
  const head = parent('head', [element('title', title)])
  const opml = parent('opml', [head, parent('body', body)], { version: '2.0' })
  return `<?xml version="1.0" encoding="utf-8"?>\n${opml}\n`
}

function outlineOf({ title, description, language, folder, page }: Outline): string {
  return parent('outline', [], {
    type: 'rss',
    text: title,
    title,
    description,
    language,
    xmlUrl: folder + FEED_TYPES.rss.file,
    htmlUrl: page,
  })
}
