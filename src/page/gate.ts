/**
 * The gate of pages: an article's part of its page is parsed again, as a browser does, and holds
 * nothing but what an author may write and what the templates put around it.
 */

import { ARTICLE, extended, isAllowed } from '../markup/allow-list.ts'
import { type Allowance, strangerIn } from '../markup/stranger.ts'
import { FROM_ROOT } from './address.ts'
import type { OwnParts } from './article-page.ts'

const ON_PAGES: Allowance = {
  list: extended(
    ARTICLE,
    'article div footer h1 header section',
    'aria-label aria-labelledby class dir id lang role tabindex',
    { a: 'rel', img: 'fetchpriority' },
  ),
  isAddress: (address, use) => FROM_ROOT.test(address) || isAllowed(address, use),
}

/** Says why a page may not be published; undefined if it may. */
export function refusePage({ body }: OwnParts): string | undefined {
  return strangerIn(body, ON_PAGES)
}
