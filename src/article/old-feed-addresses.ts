/** Old addresses of feeds, as `site.yaml` has them among the aliases. */

import { pathOfAlias } from './alias.ts'
import type { FeedAlias } from './feed-aliases.ts'
import type { Platform } from './platform.ts'
import type { Site } from './site.ts'

/** An old address of a feed's document, in the one spelling, and the format that it has. */
export type OldFeedAddress = { readonly path: string; readonly format: string }

/** An alias of a feed, and the path at which `site.yaml` says it. */
export type PlacedAlias = {
  readonly path: readonly (string | number)[]
  readonly alias: FeedAlias
}

/** Lists the aliases of all feeds of a site. */
export function aliasesIn(site: Site): PlacedAlias[] {
  const place = (path: readonly string[], aliases: readonly FeedAlias[] = []): PlacedAlias[] =>
    aliases.map((alias, index) => ({ path: [...path, 'aliases', index], alias }))
  const kinds = (['sections', 'tags', 'authors', 'feeds'] as const).flatMap((key) =>
    Object.entries(site[key]).flatMap(([name, { aliases }]) => place([key, name], aliases)),
  )
  return [...place([], site.aliases), ...kinds]
}

/** Returns the old address that an alias is; undefined for a word. `formats`: the first by default. */
export function oldAddressOf(
  alias: FeedAlias,
  { base }: Pick<Site, 'base'>,
  formats: readonly string[],
  platform: Platform,
): OldFeedAddress | undefined {
  if (typeof alias === 'string' && !alias.startsWith('/')) return undefined
  const { path, format } = typeof alias === 'string' ? { path: alias, format: undefined } : alias
  const [first = ''] = formats
  return {
    path: pathOfAlias(path, base, platform),
    format: format ?? formatSaidBy(path, formats) ?? first,
  }
}

/** Finds the format that an old address names as a word, at its end or before: the last one. */
function formatSaidBy(path: string, formats: readonly string[]): string | undefined {
  const words = path.toLowerCase().split(/[^a-z]+/)
  return words.findLast((word) => formats.includes(word))
}
