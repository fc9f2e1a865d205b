/**
 * Addresses on a page: those of the site itself lead from its root, so that a page works at
 * whatever host it is shown, and loads nothing from another one.
 */

import type { Site } from '../article/site.ts'

type Base = Pick<Site, 'base'>

/** An address without the site's own host. */
export function localAddress(address: string, { base }: Base): string {
  return address.startsWith(`${base}/`) ? address.slice(base.length) : address
}

/** Clean HTML in which no address has the site's own host; what it says of addresses stays. */
export function localHtml(html: string, { base }: Base): string {
  // The sanitiser escapes every `>` that ends no tag.
  return html.replace(/<[a-z][^>]*>/g, (tag) =>
    tag
      .replaceAll(`="${base}/`, '="/')
      .replace(/ srcset="[^"]*"/, (srcset) => srcset.replaceAll(`${base}/`, '/')),
  )
}
