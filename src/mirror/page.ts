/** The pages of changes, each checked before anything of it is believed. */

import { type BaseIssue, is, safeParse } from 'valibot'
import { CHANGES, type ChangesPage, PROBLEM } from '../changes/contract.ts'
import { parseCursor } from '../changes/cursor.ts'
import { PAGE_LIMITS } from '../changes/walk.ts'
import { fail, ok, type Result } from '../markup/result.ts'
import { type AllowedOrigins, judgeNext } from './address.ts'
import type { Answer } from './request.ts'
import type { PullFailure } from './words.ts'

/** An article as the site wrote it. */
export type Item = { readonly id: string; readonly json: string }

export type Page = {
  readonly items: readonly Item[]
  /** Articles that are not to be kept any more. */
  readonly gone: readonly string[]
  /** The address at which the walk goes on; undefined at its end. */
  readonly next: URL | undefined
  /** The cursor of the edition that is here when the walk has ended; undefined before. */
  readonly cursor: string | undefined
}

/** An entity-tag (RFC 9110 §8.8.3) of bounded length: nothing else is sent back. */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/

/** Reads an answer as a page, or says why it is none. */
export function parsePage(
  { text, from }: Answer,
  origins: AllowedOrigins,
): Result<Page, PullFailure> {
  const page = judgePage(parseJson(text))
  if (!page.ok) return fail({ reason: 'not-edgewire', from, fault: page.failure })
  const { body, items } = page.value
  const { next_url: address, _edgewire: said } = body
  const next = address === undefined ? ok(undefined) : judgeNext(address, from, origins)
  if (!next.ok) return next
  return ok({ items, gone: goneIn(body), next: next.value, cursor: said.cursor })
}

/** Reads what a site says about an error; empty if its answer is no problem document. */
export function detailOf({ text }: Answer): string {
  const problem = parseJson(text)
  return is(PROBLEM, problem) ? problem.detail : ''
}

/** Tells whether a text is an entity-tag that can be sent back. */
export function isEntityTag(text: string): boolean {
  return ENTITY_TAG.test(text)
}

/** Reads the tag of an answer; undefined if it has none that can be sent back. */
export function tagOf({ headers }: Answer): string | undefined {
  const tag = headers.get('ETag') ?? ''
  return isEntityTag(tag) ? tag : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type SoundPage = { readonly body: ChangesPage; readonly items: readonly Item[] }

/** Judges a page, or says what is wrong with it. */
function judgePage(body: unknown): Result<SoundPage, string> {
  try {
    const { success, issues } = safeParse(CHANGES, body, { abortEarly: true })
    if (!success) return fail(memberAtFault(issues[0]))
    // The page as it was sent: the schema's output lacks the members that it does not know.
    const page = body as ChangesPage
    const items = page.items.map((item) => ({
      id: item._edgewire.id,
      json: `${JSON.stringify(item)}\n`,
    }))
    const fault = faultOf(page)
    return fault === undefined ? ok({ body: page, items }) : fail(fault)
  } catch (error) {
    // A value that could be parsed can be too deep to check, or to write.
    if (error instanceof RangeError) return fail('it is nested too deeply')
    throw error
  }
}

/**
 * Names the member that is wrong, without the words of the schema, which repeat what the site said.
 */
function memberAtFault({ path }: BaseIssue<unknown>): string {
  const place = path?.map((step) => String((step as { key: unknown }).key)).join('.')
  return place ? `\`${place}\` is missing or wrong` : 'it is no feed'
}

/** Finds members that do not fit together, which no schema of a single one sees. */
function faultOf(page: ChangesPage): string | undefined {
  const { cursor, caught_up: isLast } = page._edgewire
  const ids = [...page.items.map(({ _edgewire: { id } }) => id), ...goneIn(page)]
  if (ids.length > PAGE_LIMITS.names) return `it names more than ${PAGE_LIMITS.names} articles`
  if (new Set(ids).size < ids.length) return 'it names an article twice'
  if (!countsFit(page)) return '`counts` does not fit what it names'
  if (page.next_url !== undefined)
    return isLast === false && cursor === undefined
      ? undefined
      : 'it has a `next_url` and says that it is the last'
  if (isLast !== true) return 'it has no `next_url` and does not say that it is the last'
  return (parseCursor(cursor ?? '')?.number ?? 0) > 0 ? undefined : '`cursor` names no edition'
}

function countsFit({ items, _edgewire: said }: ChangesPage): boolean {
  const { counts, retracted = [], removed = [], left = [] } = said
  if (!counts) return true
  return (
    counts.added + counts.corrected === items.length &&
    counts.retracted === retracted.length &&
    counts.removed === removed.length &&
    (counts.left ?? 0) === left.length
  )
}

function goneIn({ _edgewire: { retracted = [], removed = [], left = [] } }: ChangesPage): string[] {
  return [...retracted, ...removed, ...left].map(({ article }) => article)
}
