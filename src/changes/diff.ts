/**
 * The difference of two directories, found by reading only the leaves in which they differ.
 * It is what a dry run shows, what a partner asks for, and what a delta answers.
 */

import type { DirectoryEntry, LeafReference, Names } from '../edition/directory.ts'
import { loadLeaves, type MissingObject } from '../edition/edition.ts'
import type { Store } from '../edition/store.ts'
import { ok, type Result } from '../markup/result.ts'

/** A name whose entry differs: added without a `before`, gone without an `after`. */
export type Difference = {
  readonly name: string
  readonly before: DirectoryEntry | undefined
  readonly after: DirectoryEntry | undefined
}

/**
 * A place in which two directories differ: the bits with which its names' placements begin, and the
 * leaf that holds them on either side. One may hold more, where the other was split.
 */
export type Region = {
  readonly prefix: string
  readonly before: LeafReference | undefined
  readonly after: LeafReference | undefined
}

/**
 * Finds the regions in which directories differ, in the order of placement. One may have no leaves.
 */
export function differingRegions(
  from: readonly LeafReference[],
  to: readonly LeafReference[],
): Region[] {
  const regions: Region[] = []
  for (let [i, j] = [0, 0]; i < from.length || j < to.length; ) {
    const [before, after] = [from[i], to[j]]
    const [one = '', other = ''] = [before?.prefix, after?.prefix]
    const prefix = one.length > other.length ? one : other
    if (before?.object !== after?.object) regions.push({ prefix, before, after })
    // A leaf stays for as long as the next one on the other side is a part of it.
    const [nextBefore, nextAfter] = [from[i + 1], to[j + 1]]
    if (!isWithin(nextAfter, before)) i += 1
    if (!isWithin(nextBefore, after)) j += 1
  }
  return regions
}

function isWithin(leaf: LeafReference | undefined, other: LeafReference | undefined): boolean {
  return leaf !== undefined && other !== undefined && leaf.prefix.startsWith(other.prefix)
}

/** Finds what changed from one directory to another, in the order of the names. */
export async function diffLeaves(
  store: Store,
  from: readonly LeafReference[],
  to: readonly LeafReference[],
): Promise<Result<Difference[], MissingObject>> {
  const regions = differingRegions(from, to)
  const before = await loadLeaves(store, leavesOf(regions.map((region) => region.before)))
  if (!before.ok) return before
  const after = await loadLeaves(store, leavesOf(regions.map((region) => region.after)))
  if (!after.ok) return after
  return ok(diffNames(before.value, after.value))
}

export function diffNames(before: Names, after: Names): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((difference) => !same(difference.before, difference.after))
}

/** Makes the directory that a difference leads to. */
export function applyDiff(names: Names, differences: readonly Difference[]): Names {
  const result = new Map(names)
  for (const { name, after } of differences) {
    if (after) result.set(name, after)
    else result.delete(name)
  }
  return result
}

function leavesOf(leaves: readonly (LeafReference | undefined)[]): LeafReference[] {
  return [...new Set(leaves)].filter((leaf) => leaf !== undefined)
}

function same(a: DirectoryEntry | undefined, b: DirectoryEntry | undefined): boolean {
  return a?.object === b?.object && a?.changed === b?.changed
}
