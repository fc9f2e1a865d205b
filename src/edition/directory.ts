/**
 * Directories: names → objects, cut into leaves.
 *
 * A leaf holds the names whose placement begins with its prefix of bits. A leaf with more than 256
 * names splits in two, alone: the shape depends on the set of names only, so two editions share
 * every leaf in which nothing changed.
 */

import type { Instant } from '../article/instant.ts'
import type { Digest } from '../article/platform.ts'
import { ROOT_FILES } from './names.ts'

/** The object for which a name stands, and since when that is so for a reader. */
export type DirectoryEntry = { readonly object: Digest; readonly changed: Instant }

/** A whole directory. */
export type Names = ReadonlyMap<string, DirectoryEntry>

/** The facts of a leaf's object. */
export type LeafFacts = { readonly names: Readonly<Record<string, DirectoryEntry>> }

/** A leaf in an edition: its prefix as a text of 0s and 1s; `changed` is its youngest entry's. */
export type LeafReference = {
  readonly prefix: string
  readonly object: Digest
  readonly changed: Instant
}

const MOST_IN_LEAF = 256
const BITS = 32

const encoder = new TextEncoder()

/** The page of a folder, as it is named and as it was; of an archive, its page and its periods. */
const OF_FOLDER = /^(\/(?:feeds\/[^/]+\/)?)archive\/(?:#page|periods)$|(?:#page|index\.html)$/

/**
 * Computes where a name falls: 32 bits of FNV-1a over its UTF-8 bytes, mixed so that every bit of
 * it matters (the finalizer of MurmurHash3). Not cryptographic, and need not be: a publisher names
 * their own documents, and the Worker computes it for every request. A page falls where its folder
 * does, an archive's where its feed does, and the site's own files at the root: what changes
 * together shall change one leaf.
 */
export function placementOf(name: string): string {
  let hash = hashOf(ROOT_FILES.has(name) ? '/' : name.replace(OF_FOLDER, '$1'))
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0).toString(2).padStart(BITS, '0')
}

const BASIS = 0x811c9dc5
const PRIME = 0x01000193

/** Computes FNV-1a. Nearly every name is ASCII, and then its characters are its bytes. */
function hashOf(text: string): number {
  let hash = BASIS
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f)
      return encoder.encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, PRIME), BASIS)
    hash = Math.imul(hash ^ code, PRIME)
  }
  return hash
}

/** Cuts a directory into leaves, in the order of their prefixes; at least one, be it empty. */
export function splitNames(names: Names): { readonly prefix: string; readonly facts: LeafFacts }[] {
  const placed = Array.from(names, ([name, entry]) => ({
    name,
    entry,
    placement: placementOf(name),
  }))
  placed.sort((a, b) =>
    a.placement < b.placement || (a.placement === b.placement && a.name < b.name) ? -1 : 1,
  )
  const cut = (
    prefix: string,
    from: number,
    to: number,
  ): { prefix: string; facts: LeafFacts }[] => {
    if (to - from <= MOST_IN_LEAF || prefix.length === BITS) {
      const members = placed.slice(from, to).map(({ name, entry }) => [name, entry] as const)
      return [{ prefix, facts: { names: Object.fromEntries(members) } }]
    }
    let middle = from
    while (middle < to && placed[middle]?.placement[prefix.length] === '0') middle++
    return [...cut(`${prefix}0`, from, middle), ...cut(`${prefix}1`, middle, to)]
  }
  return cut('', 0, placed.length)
}

/** Finds the leaf in which a name would stand. Prefixes are ascending and cover everything. */
export function leafOf(leaves: readonly LeafReference[], name: string): LeafReference | undefined {
  const placement = placementOf(name)
  let low = 0
  let high = leaves.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((leaves[middle]?.prefix ?? '') <= placement) low = middle
    else high = middle - 1
  }
  return leaves[low]
}

/** Returns what a leaf says of a name. */
export function entryIn(facts: LeafFacts, name: string): DirectoryEntry | undefined {
  return Object.hasOwn(facts.names, name) ? facts.names[name] : undefined
}
