/**
 * The gate of JSON Feed: what leaves the compiler is parsed again and held against a schema, and what
 * readers take for HTML is judged.
 */

import {
  array,
  type GenericSchema,
  literal,
  looseObject,
  minLength,
  optional,
  pipe,
  regex,
  safeParse,
  string,
} from 'valibot'
import { INSTANT_PATTERN } from '../article/instant.ts'
import { JSON_FEED_VERSION } from './feed-types.ts'
import type { Judge } from './judge.ts'

const text = string()
const filled = pipe(string(), minLength(1))
const instant = pipe(string(), regex(INSTANT_PATTERN))
const address = pipe(string(), regex(/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/))
const person = looseObject({ name: filled, url: optional(address), avatar: optional(address) })

const item = looseObject({
  // Readers must discard an item whose id is blank.
  id: filled,
  url: address,
  // An untitled article has none.
  title: optional(filled),
  content_html: text,
  date_published: instant,
  date_modified: instant,
  authors: pipe(array(person), minLength(1)),
  author: person,
  tags: optional(array(filled)),
  language: optional(filled),
  summary: optional(text),
  image: optional(address),
  external_url: optional(address),
  attachments: optional(array(looseObject({ url: address, mime_type: filled }))),
})

/** JSON Feed 1.1, in the part that edgewire writes. */
export const JSON_FEED: GenericSchema = looseObject({
  version: literal(JSON_FEED_VERSION),
  title: filled,
  home_page_url: address,
  feed_url: optional(address),
  description: optional(text),
  language: optional(filled),
  icon: optional(address),
  items: array(item),
})

/** Tells why a JSON Feed may not be published; undefined if it may. */
export function refuseJson(document: string, judge: Judge): string | undefined {
  try {
    const feed = JSON.parse(document)
    const result = safeParse(JSON_FEED, feed)
    const issue = result.issues?.[0]
    const path = issue?.path?.map((step) => String((step as { key: unknown }).key)).join('.')
    if (issue) return `${path}: ${issue.message}`
    const { items } = feed as { items: readonly { content_html: string }[] }
    return items.map(({ content_html: html }) => judge(html)).find((found) => found !== undefined)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
