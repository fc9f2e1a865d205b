/**
 * The history of a feed (RFC 5005): how its documents lead to the older ones.
 *
 * `next-archive` is not part of it: a closed archive would change when the next one is closed. The
 * Worker says it in the `Link` header.
 */

import type { Channel } from './format.ts'
import { parent } from './xml.ts'

/** The element that says that a document is all of its feed: a delta is not. */
export const COMPLETE = '<fh:complete/>'

/**
 * Writes the links and marks of a document; `link` is what the format calls a link. The oldest
 * archive says that it is the first: who misses `prev-archive` cannot tell an end from a gap.
 */
export function historyElements(
  { folder: own, history: { current, previous } }: Pick<Channel, 'folder' | 'history'>,
  link: string,
  file: string,
): string[] {
  const to = (rel: string, folder: string): string => parent(link, [], { rel, href: folder + file })
  return [
    ...(current ? ['<fh:archive/>', to('current', current)] : []),
    ...(previous ? [to('prev-archive', previous)] : []),
    ...(current && !previous ? [to('first', own)] : []),
  ]
}
