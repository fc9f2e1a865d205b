/**
 * Archives (RFC 5005 §4): the whole feed, oldest first, in parts of a month and of 50 entries. A
 * part that is closed keeps its bytes whatever is published later; a retracted article keeps its
 * place in the count.
 */

import { archiveFolder } from '../edition/names.ts'
import type { Member } from './member.ts'

const MOST_IN_PART = 50

export type ArchivePart = {
  /** The folder below `archive/`: `2022-11`, `2022-11-2`. */
  readonly period: string
  /** Newest first. */
  readonly members: readonly Member[]
  /** Whether it is full, or there is an entry of a later month. */
  readonly closed: boolean
}

/**
 * Divides a feed, whose members come newest first, into parts; oldest part first, the last may be
 * open.
 */
export function partsOf(members: readonly Member[]): ArchivePart[] {
  const parts: { month: string; count: number; members: Member[] }[] = []
  for (const member of members.toReversed()) {
    const month = member.article.day.slice(0, 7)
    const last = parts.at(-1)
    if (last?.month === month && last.members.length < MOST_IN_PART) last.members.push(member)
    else parts.push({ month, count: last?.month === month ? last.count + 1 : 1, members: [member] })
  }
  return parts.map((part, index) => ({
    period: part.count === 1 ? part.month : `${part.month}-${part.count}`,
    members: part.members.toReversed(),
    closed: part.members.length === MOST_IN_PART || index < parts.length - 1,
  }))
}

/** Returns the folder of a part, in the folder of its feed. */
export function folderOf(feed: string, { period }: ArchivePart): string {
  return `${archiveFolder(feed)}${period}/`
}
