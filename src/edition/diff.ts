/**
 * The difference of two directories, found by reading only the leaves in which they differ.
 * It is what a dry run shows, what a partner asks for, and what a delta answers.
 */

import type { DirectoryEntry, LeafReference, Names } from './directory.ts'
import { loadLeaves, type MissingObject } from './edition.ts'
import type { Store } from './store.ts'

/** A name whose entry differs: added without a `before`, gone without an `after`. */
export type Difference = {
  readonly name: string
  readonly before: DirectoryEntry | undefined
  readonly after: DirectoryEntry | undefined
}

/** What changed from one directory to another, in the order of the names. */
export async function diffLeaves(
  store: Store,
  from: readonly LeafReference[],
  to: readonly LeafReference[],
): Promise<Difference[] | MissingObject> {
  const before = await loadLeaves(store, without(from, to))
  if ('missing' in before) return before
  const after = await loadLeaves(store, without(to, from))
  if ('missing' in after) return after
  return diffNames(before, after)
}

export function diffNames(before: Names, after: Names): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((difference) => !same(difference.before, difference.after))
}

/** The directory that a difference leads to. */
export function applyDiff(names: Names, differences: readonly Difference[]): Names {
  const result = new Map(names)
  for (const { name, after } of differences) {
    if (after) result.set(name, after)
    else result.delete(name)
  }
  return result
}

/** Leaves that are not, as they are, among others: equal digests are equal names and entries. */
function without(
  leaves: readonly LeafReference[],
  others: readonly LeafReference[],
): LeafReference[] {
  const known = new Set(others.map(({ object }) => object))
  return leaves.filter(({ object }) => !known.has(object))
}

function same(a: DirectoryEntry | undefined, b: DirectoryEntry | undefined): boolean {
  return a?.object === b?.object && a?.changed === b?.changed
}
