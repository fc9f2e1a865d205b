/** The addresses of `site.yaml`, judged and written once, before anything is made of them. */

import { fail } from '../markup/result.ts'
import { LONGEST_ID } from './id.ts'
import type { Media } from './media.ts'
import type { Platform } from './platform.ts'
import type { Report } from './problem.ts'
import type { Links } from './references.ts'
import type { ReadSite, Site } from './site.ts'
import { accepted, type Slot } from './slot.ts'
import {
  type AddressVerdict,
  judgeFull,
  judgeUrl,
  pathWithin,
  referenceKindOf,
} from './web-address.ts'

type Slots = (...path: readonly (string | number)[]) => Slot

/**
 * Returns the site under its address as browsers write it; undefined after a problem was reported.
 */
export function withBase(
  { site, yaml }: ReadSite,
  platform: Platform,
  report: Report,
): ReadSite | undefined {
  const url = accepted(judgeFull(site.base, platform), site.base, slotsOf(yaml)('base'), report)
  return url === undefined ? undefined : { site: { ...site, base: url.replace(/\/$/, '') }, yaml }
}

/** Returns the site with all other addresses, and the files that it shows. */
export function resolveSite(
  { site, yaml }: ReadSite,
  links: Links,
  platform: Platform,
  report: Report,
): { readonly site: Site; readonly media: readonly Media[] } {
  const slot = slotsOf(yaml)
  const media: Media[] = []
  const address = (text: string | undefined, at: Slot): string | undefined =>
    text === undefined ? undefined : links.address(text, at, report)
  const fileOf = (reference: string | undefined, at: Slot): string | undefined => {
    const target = reference && links.resolveFile(reference, at.place().file, at, report)
    if (!target) return undefined
    if (target.media) media.push(target.media)
    return target.url
  }
  const authors = Object.entries(site.authors).map(([key, { name, url, avatar, aliases }]) => [
    key,
    {
      name,
      url: address(url, slot('authors', key, 'url')),
      avatar: fileOf(avatar, slot('authors', key, 'avatar')),
      aliases,
    },
  ])
  const navigation = site.navigation.flatMap(({ title, path }, index) => {
    const at = slot('navigation', index, 'path')
    const whole = accepted(judgeNavigation(path, site, platform), path, at, report)
    return whole === undefined ? [] : [{ title, path: pathWithin(whole, site.base) ?? whole }]
  })
  if (site.url !== undefined) address(site.url.replace(/\{\w+\}/g, LONG_STEP), slot('url'))
  return {
    site: {
      ...site,
      home: address(site.home, slot('home')) ?? site.base,
      license: address(site.license, slot('license')),
      authors: Object.fromEntries(authors),
      icon: fileOf(site.icon, slot('icon')),
      logo: fileOf(site.logo, slot('logo')),
      navigation,
    },
    media,
  }
}

/** A place in the template of addresses, filled with what is as long as an id may be. */
const LONG_STEP = 'a'.repeat(LONGEST_ID)

/**
 * Judges where a line of the navigation leads: a path stays on the site, anything else has to be a
 * full address.
 */
function judgeNavigation(path: string, { base }: Site, platform: Platform): AddressVerdict {
  const isPath = referenceKindOf(path) === 'of-the-site'
  const judged = isPath ? judgeUrl(path, 'page', `${base}/`, platform) : judgeFull(path, platform)
  const leaves = isPath && judged.ok && pathWithin(judged.value, base) === undefined
  const isNeither = !judged.ok && judged.failure.why === 'unreadable'
  return leaves || isNeither ? fail({ why: 'other-host' }) : judged
}

function slotsOf(yaml: ReadSite['yaml']): Slots {
  return (...path) => ({ key: path.join('.'), place: () => yaml.placeOf(path) })
}
