/**
 * The contract with programs beyond the feeds: changes, health, and problems, as schemas. The
 * Worker takes its types from here, clients check what they get with them, and `/openapi.json` is
 * made of them.
 */

import {
  array,
  boolean,
  type GenericSchema,
  type InferOutput,
  integer,
  intersect,
  looseObject,
  maxLength,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  string,
} from 'valibot'
import { ID_PATTERN, LONGEST_ID } from '../article/id.ts'
import { INSTANT_PATTERN } from '../article/instant.ts'
import { JSON_FEED } from '../feed/json-gate.ts'
import { REASONS } from '../http/problem-document.ts'
import { CURSOR_PATTERN } from './cursor.ts'

const text = string()
const count = pipe(number(), integer(), minValue(0))
const address = pipe(string(), regex(/^https?:\/\/\S+$/))
const instant = pipe(string(), regex(INSTANT_PATTERN))
const articleId = pipe(string(), regex(ID_PATTERN), maxLength(LONGEST_ID))
const cursor = pipe(string(), regex(CURSOR_PATTERN))

/** An article that is not to be shown any more: its permanent id, and its id at the site. */
const gone = { id: text, article: articleId }

const EXTENSION = object({
  /** The address of a description. */
  about: address,
  /**
   * The edition that the client has, once it has taken in this page; only the last page says it.
   */
  cursor: optional(cursor),
  /** The address at which the walk through the whole corpus begins. */
  walk: optional(address),
  caught_up: optional(boolean()),
  /** The counts of this page. */
  counts: optional(
    object({
      added: count,
      corrected: count,
      retracted: count,
      removed: count,
      left: optional(count),
    }),
  ),
  retracted: optional(
    array(
      object({
        ...gone,
        retracted_at: instant,
        reason: optional(text),
        replacement: optional(address),
      }),
    ),
  ),
  removed: optional(array(object(gone))),
  left: optional(array(object(gone))),
})

/** The part of `/changes.json` beside its items. */
export type ChangesExtension = InferOutput<typeof EXTENSION>

const ENVELOPE = object({
  version: text,
  title: text,
  home_page_url: address,
  feed_url: address,
  next_url: optional(address),
  language: text,
  _edgewire: EXTENSION,
})

export type ChangesEnvelope = InferOutput<typeof ENVELOPE>

/** Items are those of the feeds; each says its article's id. */
const ITEMS = object({ items: array(looseObject({ _edgewire: looseObject({ id: articleId }) })) })

/** `changes.json`: a JSON Feed, and what it says in `_edgewire`. */
export const CHANGES: GenericSchema<ChangesPage> = intersect([
  JSON_FEED as GenericSchema<object>,
  ENVELOPE,
  ITEMS,
])

export type ChangesPage = ChangesEnvelope & InferOutput<typeof ITEMS>

/** `/health`. */
export const HEALTH = object({
  schema: count,
  site: text,
  edition: text,
  number: count,
  /** Seconds since the edition became current. */
  age: count,
})

/** Every answer that is no success (RFC 9457), with a `reason` to switch on. */
export const PROBLEM = looseObject({
  type: text,
  title: text,
  status: pipe(number(), integer(), minValue(400)),
  detail: text,
  reason: picklist(REASONS),
  /** Addresses that may have been meant. */
  near: optional(array(address)),
  /** The address at which to start again. */
  changes: optional(address),
  /** The schema that this Worker reads, with a 503. */
  schema: optional(count),
})
