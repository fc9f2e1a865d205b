/**
 * The gate: what leaves the compiler is parsed again, strictly, and what does not pass is not
 * published. XML by a validating tokenizer with namespaces, JSON Feed by a schema, and in both what
 * readers take for HTML as browsers read it.
 *
 * The only importer of the XML parser.
 */

import { SaxesParser, type SaxesTagNS } from 'saxes'
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
import { ARTICLE, extended, isAllowed } from '../article/allow-list.ts'
import { type Held, strangerIn } from '../article/stranger.ts'
import { type FormatName, JSON_FEED_VERSION } from './feed-types.ts'

const filled = pipe(string(), minLength(1))
const timestamp = pipe(string(), regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
const absoluteAddress = pipe(string(), regex(/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/))
const jsonAuthor = looseObject({
  name: filled,
  url: optional(absoluteAddress),
  avatar: optional(absoluteAddress),
})

const item = looseObject({
  // Readers must discard an item whose id is blank.
  id: filled,
  url: absoluteAddress,
  title: filled,
  content_html: string(),
  date_published: timestamp,
  date_modified: timestamp,
  authors: pipe(array(jsonAuthor), minLength(1)),
  author: jsonAuthor,
  tags: optional(array(filled)),
  language: optional(filled),
  summary: optional(string()),
  image: optional(absoluteAddress),
  external_url: optional(absoluteAddress),
  attachments: optional(array(looseObject({ url: absoluteAddress, mime_type: filled }))),
})

/** The schema of JSON Feed 1.1, in the part that edgewire writes. */
export const JSON_FEED: GenericSchema = looseObject({
  version: literal(JSON_FEED_VERSION),
  title: filled,
  home_page_url: absoluteAddress,
  feed_url: optional(absoluteAddress),
  description: optional(string()),
  language: optional(filled),
  icon: optional(absoluteAddress),
  items: array(item),
})

/** A function that says what is wrong with HTML; undefined if nothing is. */
export type Judge = (html: string) => string | undefined

/** The HTML that an author may write, and the `div` that says the language of it all. */
const IN_FEEDS: Held = { list: extended(ARTICLE, 'div', 'dir lang'), isAddress: isAllowed }

/** Makes a judge of what readers show as HTML. It remembers: all formats carry the same. */
export function createJudge(): Judge {
  const known = new Map<string, string | undefined>()
  return (html) => {
    if (!known.has(html)) known.set(html, strangerIn(html, IN_FEEDS))
    return known.get(html)
  }
}

/** Says why a document may not be published; undefined if it may. */
export function refuse(
  format: FormatName,
  document: string,
  judge: Judge = createJudge(),
): string | undefined {
  return format === 'json' ? refuseJson(document, judge) : refuseXml(document, judge)
}

/** Finds markup in what is written as text, and what readers show as HTML. */
const judgePlain: Judge = (html) => (/<[a-z!/?]/i.test(html) ? 'markup' : undefined)

function refuseXml(document: string, judge: Judge): string | undefined {
  let problem: string | undefined
  const open: SaxesTagNS[] = []
  let text = ''
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    problem ??= error.message
  })
  parser.on('opentag', (tag) => {
    open.push(tag)
    text = ''
  })
  parser.on('text', (more) => {
    text += more
  })
  parser.on('closetag', () => {
    const tag = open.pop()
    const found = tag && judgeOf(tag, open.at(-1)?.name, judge)?.(text)
    if (found) problem ??= `<${tag.name}> has ${found}`
    text = ''
  })
  parser.write(document).close()
  return problem
}

/** Chooses the judge of what an element holds; undefined where nobody takes it for HTML. */
function judgeOf(
  { name, attributes }: SaxesTagNS,
  outside: string | undefined,
  judge: Judge,
): Judge | undefined {
  if (attributes['type']?.value === 'html') return judge
  const isOfChannel = outside === 'channel' || outside === 'image'
  if (isOfChannel && (name === 'title' || name === 'description')) return judgePlain
  return name === 'description' || name === 'content:encoded' ? judge : undefined
}

function refuseJson(document: string, judge: Judge): string | undefined {
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
