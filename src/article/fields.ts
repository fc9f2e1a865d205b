/**
 * The kinds of value that front matter and `site.yaml` are made of.
 *
 * Each message says what is expected, so that it reads on after "expected".
 */

import {
  array,
  check,
  type GenericSchema,
  integer,
  maxLength,
  minLength,
  minValue,
  number,
  pipe,
  rawTransform,
  regex,
  string,
  transform,
} from 'valibot'
import { cleanLine, cleanText, isCarried } from '../markup/text.ts'
import { expectedAlias, isAlias } from './alias.ts'
import { isId, LONGEST_ID } from './id.ts'
import { parseInstant } from './instant.ts'
import { languageOf } from './language.ts'
import { type MomentError, parseMoment } from './moment.ts'
import { isZoneName, type Zone, zonesNear } from './zone.ts'

const ONE_LINE = 'text on one line, not empty (quotes keep a number, a colon or a # text)'

/** Longer is no line or note, but a text. */
const MOST_CHARACTERS = 10_000
const boundedText = maxLength<string, number, string>(
  MOST_CHARACTERS,
  `at most ${MOST_CHARACTERS} characters`,
)

export const line = pipe(
  string(ONE_LINE),
  boundedText,
  transform(cleanLine),
  minLength(1, ONE_LINE),
)

/** Text in the place of an image; empty where the image says nothing to anybody (WCAG H67). */
export const alternative = pipe(
  string('text on one line, or "" for an image that only decorates'),
  boundedText,
  transform(cleanLine),
)

const GUID = 'the permanent id of the old feed, as text (quotes keep a number text)'
/** The form of an id from elsewhere. It is kept letter by letter: readers know the entry by it. */
export const guid = pipe(
  string(GUID),
  maxLength(1000, 'at most 1000 characters'),
  check((text) => text.trim() !== '', GUID),
  check(isCarried, 'text without control characters and halves of letters: no feed can carry them'),
)

export const prose = pipe(
  string('text'),
  boundedText,
  transform((text) => cleanText(text).trim()),
  minLength(1, 'text, not empty'),
)

/** More than any article has of anything. */
export const MOST_MEMBERS = 1000

/** Makes the form of a list of what an article has: each member costs every edition something. */
export function list<S extends GenericSchema>(member: S, expected: string) {
  return pipe(array(member, expected), maxLength(MOST_MEMBERS, `a list of at most ${MOST_MEMBERS}`))
}

const LONGEST_LABEL = 100

/** Labels such as tags: words, and what stands between words. */
export const label = pipe(
  string('a word or a few, as text'),
  transform(cleanLine),
  minLength(1, 'a word or a few, not empty'),
  maxLength(LONGEST_LABEL, `at most ${LONGEST_LABEL} characters`),
)

export const labels = pipe(
  list(label, 'a list of words: [peace, osce]'),
  transform((words) => [...new Set(words)]),
)

const NAME = 'at most 100 characters'
/** Names of people: each has a folder of its own, like a label. */
export const names = list(pipe(line, maxLength(100, NAME)), 'a list of names: [Ada Quay]')

const ID = 'lower-case letters, digits and hyphens: peace-talks-2026'
export const id = pipe(
  string(ID),
  maxLength(LONGEST_ID, `at most ${LONGEST_ID} characters`),
  check(isId, ID),
)

export const alias = pipe(
  string('an old id, or a path'),
  check(isAlias, ({ input }) => expectedAlias(input)),
)

const LANGUAGE = 'a language tag: en, pl, zh-Hant, pt-BR'
export const language = pipe(
  string(LANGUAGE),
  // Longer ones need not be understood (RFC 5646 §4.4.1), and each has a folder.
  maxLength(35, LANGUAGE),
  rawTransform(({ dataset, addIssue, NEVER }) => {
    const tag = languageOf(dataset.value)
    if (tag !== undefined) return tag
    const twice = hasPartTwice(dataset.value) ? ' (this one has a part twice)' : ''
    addIssue({ message: LANGUAGE + twice })
    return NEVER
  }),
)

function hasPartTwice(tag: string): boolean {
  const parts = tag.toLowerCase().split(/[-_]/)
  return new Set(parts).size < parts.length
}

const WEB = 'a full web address: https://example.org/page'
/** The form of a web address; it is judged where it is used. */
export const fullAddress = pipe(string(WEB), maxLength(4096, WEB), transform(cleanLine))

const PAGES =
  'a web address with {id}, and with {year}, {month} and {day} where they belong: ' +
  'https://www.example.org/{year}/{id}'
/** The form of the addresses of articles' pages: without `{id}` all of them would be one. */
export const pageTemplate = pipe(
  string(PAGES),
  maxLength(4000, PAGES),
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
  maxLength(4096, 'at most 4096 characters'),
  transform(cleanLine),
  minLength(1, 'a relative file or a web address'),
)

export const positiveInteger = pipe(
  number('a whole number above 0'),
  integer('a whole number above 0'),
  minValue(1, 'a whole number above 0'),
)

const INSTANT = 'a date with time and offset: 2026-01-15T09:30:00+01:00'
const NO_DATE = `${INSTANT}; an article that is not to be published has \`status: draft\``

/** Makes the form of a date; `timezone` is that of the site, if it has one. */
export function dateTime(timezone: Zone | undefined) {
  return pipe(
    string(({ input }) => (typeof input === 'boolean' ? NO_DATE : INSTANT)),
    rawTransform(({ dataset, addIssue, NEVER }) => {
      const result = parseMoment(dataset.value, timezone)
      if (result.ok) return result.value
      addIssue({ message: expectedOf(result.failure) })
      return NEVER
    }),
  )
}

function expectedOf(error: MomentError): string {
  switch (error.reason) {
    case 'no-instant':
      return INSTANT
    case 'misspelled': {
      const faults = error.faults.length === 0 ? '' : ` (${error.faults.join(', ')})`
      return `\`${error.spelled}\`, as RFC 3339 spells it${faults}`
    }
    case 'no-offset':
      return `\`${error.spelled}\`, if it is meant in ${error.zone} (this one has no offset)`
    case 'day-alone':
      return `a time and an offset too: \`${error.spelled}\` (a day alone is taken where site.yaml has a \`timezone\`)`
    case 'no-such-date':
      return 'a date that exists in the calendar'
    case 'out-of-range':
      return 'a year from 0001 to 9999'
  }
}

const ZONE = 'a time zone of the IANA database: Europe/Warsaw'
export const timezone = pipe(
  string(ZONE),
  maxLength(64, ZONE),
  check(isZoneName, ({ input }) => {
    const near = zonesNear(input)
    return near.length === 0 ? ZONE : `${ZONE} (did you mean ${near.join(' or ')}?)`
  }),
)

const EXPECTED_DAY = 'a day: 2026-01-15'
/** A day of the calendar, `2026-01-15`. */
export const day = pipe(
  string(EXPECTED_DAY),
  check((text) => parseInstant(`${text}T00:00:00Z`).ok, EXPECTED_DAY),
)
