/**
 * Addresses on a page: those of the site itself lead from its root, so that a page works at
 * whatever host it is shown, and loads nothing from another one.
 */

import type { Site } from '../article/site.ts'
import { useOf } from '../markup/allow-list.ts'
import { type Markup, mapElements } from '../markup/markup.ts'
import { candidatesOf, srcsetOf } from '../markup/srcset.ts'

type SiteBase = Pick<Site, 'base'>

/**
 * Addresses that lead from the root of the site, and from nowhere else: after `//` and `/\\` a
 * browser reads a host, and white space and controls it passes over (WHATWG URL §4.4).
 */
export const FROM_ROOT: RegExp = /^\/(?![/\\])[^\s\p{Cc}]*$/u

/** Removes the site's own host from an address, where it then leads to the same place. */
export function localAddress(address: string, { base }: SiteBase): string {
  const path = address.startsWith(`${base}/`) ? address.slice(base.length) : ''
  return FROM_ROOT.test(path) ? path : address
}

/** Removes the site's own host from the addresses in attributes; text that names it stays. */
export function localMarkup(markup: Markup, site: SiteBase): Markup {
  return mapElements(markup, (element) => {
    const attributes = Object.entries(element.attributes).map(([name, value]) => {
      return [name, localValue(name, value, site)] as const
    })
    return { ...element, attributes: Object.fromEntries(attributes) }
  })
}

function localValue(name: string, value: string, site: SiteBase): string {
  const use = useOf(name)
  if (use === undefined) return value
  if (use !== 'candidates') return localAddress(value, site)
  return srcsetOf(
    candidatesOf(value).map(({ address, descriptor }) => ({
      address: localAddress(address, site),
      descriptor,
    })),
  )
}
