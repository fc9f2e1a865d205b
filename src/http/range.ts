/**
 * Ranges of bytes (RFC 9110 §14): of which part of a file a client asks, and whether it may have it.
 */

import { type EntityTag, formatTag } from './entity-tag.ts'
import type { Field } from './field.ts'
import { parseDate } from './http-date.ts'
import type { Validators } from './preconditions.ts'

/** Bytes from `start` on, up to and without `end`. */
export type ByteRange = { readonly start: number; readonly end: number }

/** A range as it is written: `9-20`, `9-`, or `-20` for the last twenty. */
const RANGE = /^(?:(?<first>\d+)-(?<last>\d*)|-(?<suffix>\d+))$/

/**
 * Selects the bytes that a GET is answered with. A field that says nothing sound is ignored, as the
 * rule allows (§14.2), and so is one that asks for several parts: then the whole is sent.
 */
export function selectRange(
  field: Field,
  validators: Validators,
  length: number,
  now: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const ranges = parseRanges(field('Range'), length)
  // An empty file has no part that could be named, and some programs ask for one of everything.
  if (!ranges || length === 0 || !isUnchanged(field('If-Range'), validators, now)) return 'whole'
  const [range, ...more] = ranges.filter(({ start, end }) => start < end)
  if (!range) return 'unsatisfiable'
  return more.length === 0 ? range : 'whole'
}

/** Writes which bytes of how many an answer has, or that it has none of them (§14.4). */
export function formatContentRange(range: ByteRange | 'unsatisfiable', length: number): string {
  const bytes = range === 'unsatisfiable' ? '*' : `${range.start}-${range.end - 1}`
  return `bytes ${bytes}/${length}`
}

/** Reads `bytes=…`; undefined if it is of another unit, or malformed. Some may hold no byte. */
function parseRanges(value: string | undefined, length: number): ByteRange[] | undefined {
  const [, list] = /^bytes=(.*)$/i.exec(value?.trim() ?? '') ?? []
  // A list may have empty members (§5.6.1).
  const members = list?.split(',').map((member) => member.trim())
  const ranges = members?.filter(Boolean).map((member) => parseRange(member, length))
  return ranges && ranges.length > 0 && ranges.every((range) => range !== undefined)
    ? ranges
    : undefined
}

function parseRange(text: string, length: number): ByteRange | undefined {
  const { first, last, suffix } = RANGE.exec(text)?.groups ?? {}
  if (suffix !== undefined) return { start: Math.max(0, length - Number(suffix)), end: length }
  const [start, end] = [Number(first), last ? Number(last) + 1 : length]
  if (first === undefined || (last && start >= end)) return undefined
  return { start, end: Math.min(end, length) }
}

/**
 * Tells whether a client’s part is of what is here (§13.1.5): by the very same tag, and no weak one,
 * or by the very same date, which is as good where an address names its bytes.
 */
function isUnchanged(
  value: string | undefined,
  { tag, lastModified }: Validators,
  now: number,
): boolean {
  return value === undefined || isSameTag(value, tag) || parseDate(value, now) === lastModified
}

function isSameTag(value: string, tag: EntityTag): boolean {
  return !tag.weak && value.trim() === formatTag(tag)
}
