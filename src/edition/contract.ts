/**
 * What programs can rely on beyond the feeds: changes, health, and problems, as schemas. The Worker
 * takes its types from here, clients check what they get with them, and `/openapi.json` is made of
 * them.
 */

import {
  array,
  boolean,
  type GenericSchema,
  type InferOutput,
  integer,
  intersect,
  minValue,
  number,
  object,
  optional,
  pipe,
  regex,
  string,
} from 'valibot'
import { JSON_FEED } from '../feed/gate.ts'

const text = string()
const count = pipe(number(), integer(), minValue(0))
const address = pipe(string(), regex(/^https?:\/\/\S+$/))
const instant = pipe(string(), regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
const cursor = pipe(string(), regex(/^(?:0|[1-9]\d{0,9}-[\w-]{43})$/))

/** An article that is not to be shown any more: its permanent id, and its id at the site. */
const gone = { id: text, article: text }

const EXTENSION = object({
  /** Where this is described. */
  about: address,
  /** The edition that the client has, once it has taken in this page; only the last page says it. */
  cursor: optional(cursor),
  /** Where the walk through the whole corpus begins. */
  walk: optional(address),
  caught_up: optional(boolean()),
  /** Of this page. */
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

/** What `/changes.json` says beside its items. */
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

/** `/changes.json`: a JSON Feed, and what it says in `_edgewire`. */
export const CHANGES: GenericSchema = intersect([JSON_FEED, ENVELOPE])
