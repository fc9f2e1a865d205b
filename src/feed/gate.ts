/**
 * The gate: what leaves the compiler is parsed again, strictly, and what does not pass is not
 * published. XML by a validating tokenizer with namespaces, JSON Feed by a schema.
 *
 * The only importer of the XML parser.
 */

import { SaxesParser } from 'saxes'
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
import { type FormatName, JSON_FEED_VERSION } from './feed-types.ts'

const text = string()
const filled = pipe(string(), minLength(1))
const instant = pipe(string(), regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
const address = pipe(string(), regex(/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/))
const person = looseObject({ name: filled, url: optional(address), avatar: optional(address) })

const item = looseObject({
  // Readers must discard an item whose id is blank.
  id: filled,
  url: address,
  title: filled,
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

/** Why a document may not be published; undefined if it may. */
export function refuse(format: FormatName, document: string): string | undefined {
  return format === 'json' ? refuseJson(document) : refuseXml(document)
}

function refuseXml(document: string): string | undefined {
  let problem: string | undefined
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    problem ??= error.message
  })
  parser.write(document).close()
  return problem
}

function refuseJson(document: string): string | undefined {
  try {
    const result = safeParse(JSON_FEED, JSON.parse(document))
    const issue = result.issues?.[0]
    const path = issue?.path?.map((step) => String((step as { key: unknown }).key)).join('.')
    return issue && `${path}: ${issue.message}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
