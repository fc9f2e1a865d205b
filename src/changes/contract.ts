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

const anyText = string()
const wholeNumber = pipe(number(), integer(), minValue(0))
const webAddress = pipe(string(), regex(/^https?:\/\/\S+$/))
const utcInstant = pipe(string(), regex(INSTANT_PATTERN))
const articleId = pipe(string(), regex(ID_PATTERN), maxLength(LONGEST_ID))
const cursor = pipe(string(), regex(CURSOR_PATTERN))

/** An article that is not to be shown any more: its permanent id, and its id at the site. */
const goneArticle = { id: anyText, article: articleId }

const EXTENSION = object({
  /** The address of a description. */
  about: webAddress,
  /**
   * The edition that the client has, once it has taken in this page; only the last page says it.
   */
  cursor: optional(cursor),
  /** The address at which the walk through the whole corpus begins. */
  walk: optional(webAddress),
  caught_up: optional(boolean()),
  /** The counts of this page. */
  counts: optional(
    object({
      added: wholeNumber,
      corrected: wholeNumber,
      retracted: wholeNumber,
      removed: wholeNumber,
      left: optional(wholeNumber),
    }),
  ),
  retracted: optional(
    array(
      object({
        ...goneArticle,
        retracted_at: utcInstant,
        reason: optional(anyText),
        replacement: optional(webAddress),
      }),
    ),
  ),
  removed: optional(array(object(goneArticle))),
  left: optional(array(object(goneArticle))),
})

/** The part of `/changes.json` beside its items. */
export type ChangesExtension = InferOutput<typeof EXTENSION>

const ENVELOPE = object({
  version: anyText,
  title: anyText,
  home_page_url: webAddress,
  feed_url: webAddress,
  next_url: optional(webAddress),
  language: anyText,
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
  schema: wholeNumber,
  site: anyText,
  edition: anyText,
  number: wholeNumber,
  /** Seconds since the edition became current. */
  age: wholeNumber,
})

/** Every answer that is no success (RFC 9457), with a `reason` to switch on. */
export const PROBLEM = looseObject({
  type: anyText,
  title: anyText,
  status: pipe(number(), integer(), minValue(400)),
  detail: anyText,
  reason: picklist(REASONS),
  /** Addresses that may have been meant. */
  near: optional(array(webAddress)),
  /** The address at which to start again. */
  changes: optional(webAddress),
  /** The schema that this Worker reads, with a 503. */
  schema: optional(wholeNumber),
})
