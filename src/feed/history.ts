/**
 * The history of a feed (RFC 5005): how its documents lead to the older ones.
 *
 * `next-archive` is not part of it: a closed archive would change when the next one is closed. The
 * Worker says it in the `Link` header.
 */

import type { History } from './format.ts'
import { parent } from './xml.ts'

/** The element that says that a document is all of its feed: a delta is not. */
export const COMPLETE = '<fh:complete/>'

/** Writes the links and marks of a document; `link` is what the format calls a link. */
export function historyElements(
  { current, previous }: History,
  link: string,
  file: string,
): string[] {
  const to = (rel: string, folder: string): string => parent(link, [], { rel, href: folder + file })
  return [
    ...(current ? ['<fh:archive/>', to('current', current)] : []),
    ...(previous ? [to('prev-archive', previous)] : []),
  ]
}
