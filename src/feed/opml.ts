/** A list of feeds as OPML 2.0 (http://opml.org/spec2.opml), for readers that import lists. */

import { FORMATS } from './formats.ts'
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

/** Writes a list of feeds, RSS and Atom, by group. */
export function formatOpml(
  title: string,
  groups: readonly { readonly title: string; readonly feeds: readonly Outline[] }[],
): string {
  const body = groups.map((group) => {
    const outlines = group.feeds.flatMap(outlinesOf)
    return parent('outline', outlines, { text: group.title, title: group.title })
  })
  // No date: the list is as old as what it says.
  const head = parent('head', [element('title', title)])
  const opml = parent('opml', [head, parent('body', body)], { version: '2.0' })
  return `<?xml version="1.0" encoding="utf-8"?>\n${opml}\n`
}

function outlinesOf({ title, description, language, folder, page }: Outline): string[] {
  // `type` is rss for Atom too: it says that this is a subscription (OPML 2.0, subscription lists).
  return FORMATS.filter(({ isListed }) => isListed).map((format) =>
    parent('outline', [], {
      type: 'rss',
      text: `${title} (${format.title})`,
      title: `${title} (${format.title})`,
      description,
      language,
      xmlUrl: folder + format.file,
      htmlUrl: page,
    }),
  )
}
