/**
 * A walk through the difference of two directories, page by page: so that a partner who missed a
 * year, or has nothing yet, costs no request more than any other.
 */

import {
  type LeafFacts,
  type LeafReference,
  type Names,
  placementOf,
} from '../edition/directory.ts'
import { type Difference, differingRegions, diffNames, type Region } from './diff.ts'

/** How much a page may read: leaves of either side, and names that differ. */
export type PageLimits = { readonly leaves: number; readonly names: number }

/** KV takes a thousand operations of a request: these are 64 leaves, and 200 objects. */
export const PAGE_LIMITS: PageLimits = { leaves: 32, names: 100 }

/** Leaves that are read at a time. */
const LEAVES_AT_A_TIME = 8

export type Walk = {
  readonly from: readonly LeafReference[]
  readonly to: readonly LeafReference[]
  /** The name at which the page before ended. */
  readonly after: string | undefined
  readonly limits: PageLimits
  /** Reads a leaf; undefined where it cannot be had. */
  readonly leaf: (reference: LeafReference) => Promise<LeafFacts | undefined>
  /** Tells whether a difference counts. */
  readonly counts: (difference: Difference) => boolean
}

export type WalkedPage = {
  /** In the order of placement. */
  readonly differences: readonly Difference[]
  /** The name at which this page ends; undefined if no page follows. */
  readonly end: string | undefined
}

/** Something that one side's edition names cannot be read. */
export type LostSide = { readonly lost: 'before' | 'after' }

/** Reads one page. All pages together are the difference, whatever the limits. */
export async function walkPage(walk: Walk): Promise<WalkedPage | LostSide> {
  const { limits } = walk
  const start = orderOf(walk.after)
  const regions = regionsFrom(start, walk)
  const page: OpenPage = { differences: [], end: undefined }
  for (let first = 0; first < regions.length; first += LEAVES_AT_A_TIME) {
    // Leaves of another shape may hold the same names: without a name, no page can end.
    if (first >= limits.leaves && page.end !== undefined) return page
    const next = regions.slice(first, first + LEAVES_AT_A_TIME)
    for (const found of await Promise.all(next.map((region) => readRegion(region, start, walk)))) {
      if ('lost' in found) return found
      if (!fill(page, found, walk)) return page
    }
  }
  return { ...page, end: undefined }
}

function regionsFrom(start: string, { from, to }: Walk): Region[] {
  return differingRegions(from, to).filter(({ prefix }) => prefix >= start.slice(0, prefix.length))
}

type OpenPage = { readonly differences: Difference[]; end: string | undefined }

/** Takes what counts of some differences; whether there was room for all of them. */
function fill(page: OpenPage, found: readonly Difference[], { counts, limits }: Walk): boolean {
  for (const difference of found) {
    if (counts(difference)) {
      if (page.differences.length === limits.names) return false
      page.differences.push(difference)
    }
    page.end = difference.name
  }
  return true
}

/** Reads what differs in a region, after a place in the order. */
async function readRegion(
  { prefix, before, after }: Region,
  start: string,
  { leaf }: Walk,
): Promise<Difference[] | LostSide> {
  const [old, now] = await Promise.all([before && leaf(before), after && leaf(after)])
  if (before && !old) return { lost: 'before' }
  if (after && !now) return { lost: 'after' }
  return diffNames(namesOf(old), namesOf(now))
    .map((difference) => ({ difference, order: orderOf(difference.name) }))
    .filter(({ order }) => order.startsWith(prefix) && order > start)
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ difference }) => difference)
}

/** Names in the order of their placement; those that fall together, in their own. None is first. */
function orderOf(name: string | undefined): string {
  return name === undefined ? '' : placementOf(name) + name
}

function namesOf(facts: LeafFacts | undefined): Names {
  return new Map(Object.entries(facts?.names ?? {}))
}
