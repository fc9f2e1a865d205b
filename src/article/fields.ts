/**
 * The kinds of value that front matter and `site.yaml` are made of.
 *
 * Each message says what is expected, so that it reads on after "expected".
 */

import {
  array,
  integer,
  minLength,
  minValue,
  number,
  pipe,
  rawTransform,
  regex,
  string,
  transform,
} from 'valibot'
import { type InstantError, parseInstant } from './instant.ts'
import { cleanLine, cleanText } from './text.ts'

const LINE = 'text on one line, not empty (quotes keep a number or a colon text)'

export const line = pipe(string(LINE), transform(cleanLine), minLength(1, LINE))

export const prose = pipe(
  string('text'),
  transform((text) => cleanText(text).trim()),
  minLength(1, 'text, not empty'),
)

/** Labels such as tags: no comma, because some readers split on it. */
export const label = pipe(
  string('a word or a few, as text'),
  transform(cleanLine),
  minLength(1, 'a word or a few, not empty'),
  regex(/^[^,]{1,100}$/, 'at most 100 characters without a comma'),
)

export const labels = pipe(
  array(label, 'a list of words: [peace, osce]'),
  transform((list) => [...new Set(list)]),
)

export const lines = array(line, 'a list of texts')

const ID = 'lower-case letters, digits and hyphens: peace-talks-2026'
export const id = pipe(string(ID), regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, ID))

const ALIAS = 'an old id, or a path without ? and #: /2021/old-story.html'
export const alias = pipe(string(ALIAS), regex(/^(?:[a-z0-9-]+|\/[^\s?#]+)$/, ALIAS))

// RFC 5646 in its common part: language, script, region, variants.
const LANGUAGE = 'a language tag: en, pl, zh-Hant, pt-BR'
export const language = pipe(
  string(LANGUAGE),
  regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-[a-z0-9]{5,8})*$/, LANGUAGE),
)

const WEB = 'a full web address: https://example.org/page'
export const webAddress = pipe(
  string(WEB),
  regex(/^https?:\/\/[^\s<>"{}|\\^`/?#@]+(?:[/?#][^\s<>"{}|\\^`]*)?$/i, WEB),
  transform(cleanLine),
)

const PAGES =
  'a web address with {id}, and with {year}, {month} and {day} where they belong: ' +
  'https://www.example.org/{year}/{id}'
/** Where the pages of articles are: without `{id}` all of them would be one. */
export const pageTemplate = pipe(
  string(PAGES),
  regex(
    /^https?:\/\/[^\s<>"{}|\\^`/?#@]+[/?#](?:[^\s<>"{}|\\^`]|\{(?:id|year|month|day)\})*$/i,
    PAGES,
  ),
  regex(/\{id\}/, PAGES),
  transform(cleanLine),
)

/** A web address, or a path to a file beside the one that names it. */
export const reference = pipe(
  string('a relative file or a web address'),
  transform(cleanLine),
  minLength(1, 'a relative file or a web address'),
)

export const count = pipe(
  number('a whole number above 0'),
  integer('a whole number above 0'),
  minValue(1, 'a whole number above 0'),
)

const INSTANT = 'a date with time and offset: 2026-01-15T09:30:00+01:00'
export const instant = pipe(
  string(INSTANT),
  rawTransform(({ dataset, addIssue, NEVER }) => {
    const result = parseInstant(dataset.value)
    if (typeof result === 'number') return result
    addIssue({ message: expectedOf(result) })
    return NEVER
  }),
)

function expectedOf(error: InstantError): string {
  switch (error.reason) {
    case 'no-instant':
      return INSTANT
    case 'no-offset':
      return `${INSTANT} (this one has no time or no offset; Z means UTC)`
    case 'no-such-date':
      return 'a date that exists in the calendar'
    case 'out-of-range':
      return 'a year from 1990 to 9999'
  }
}
