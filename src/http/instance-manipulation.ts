/** Instance manipulations (RFC 3229 §10.5.3): what a client can do with the old instance it has. */

import { weighted } from './weighted.ts'

/** Whether a client takes, for a feed, only what is new in it (`A-IM: feed`). */
export function acceptsFeedDelta(value: string | undefined): boolean {
  return weighted(value).some(({ name, weight }) => name === 'feed' && weight !== 0)
}
