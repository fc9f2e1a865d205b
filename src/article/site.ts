/**
 * `site.yaml`: what is true of the whole site. `SITE` is the register of its keys; the table
 * in the README of this room is held against it.
 */

import {
  array,
  boolean,
  check,
  type InferOutput,
  optional,
  pipe,
  regex,
  string,
  transform,
} from 'valibot'
import { ok, type Result } from '../markup/result.ts'
import { feedAliases } from './feed-aliases.ts'
import {
  day,
  fullAddress,
  id,
  label,
  labels,
  language,
  line,
  names,
  pageTemplate,
  positiveInteger,
  reference,
  timezone,
} from './fields.ts'
import { OF_SITES } from './foreign-words.ts'
import type { Problem } from './problem.ts'
import { keyed, recordOf, validate } from './schema.ts'
import { en, type PlainWord } from './words/en.ts'
import { expectedInPlaceOf, type GivenWords, missingWords } from './words.ts'
import { type Limits, parseYaml, type Yaml } from './yaml.ts'

const TAG = 'a domain that you own and the year in which you did: example.org,2026'
const COLOUR = 'a colour such as "#b3261e", in quotes'
const SWITCH = 'true or false'

const colour = pipe(string(COLOUR), regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, COLOUR))
const colours = { accent: optional(colour), background: optional(colour), text: optional(colour) }
const described = keyed({
  title: optional(line),
  name: optional(id),
  description: optional(line),
  aliases: optional(feedAliases),
})
const author = keyed({
  name: line,
  url: optional(fullAddress),
  avatar: optional(reference),
  aliases: optional(feedAliases),
})
/** edgewire's own words in a language: others than `words/` has for it. */
const wordsOfLanguage = keyed({
  ...(Object.fromEntries(
    Object.entries(en).map(([key, words]) => [key, optional(inPlaceOf(String(words)))]),
  ) as Record<PlainWord, ReturnType<typeof optional<ReturnType<typeof inPlaceOf>, undefined>>>),
  articles: optional(
    keyed({
      // A number that a language has a word for needs no figure.
      zero: optional(line),
      one: optional(line),
      two: optional(line),
      few: optional(inPlaceOf(en.articles.other)),
      many: optional(inPlaceOf(en.articles.other)),
      other: optional(inPlaceOf(en.articles.other)),
    }),
  ),
  kinds: optional(recordOf(label, line, 'words by kind of feed')),
  purposes: optional(recordOf(label, line, 'sentences by format')),
})

/** Makes the form of words that stand in the place of others. */
function inPlaceOf(words: string) {
  return pipe(
    line,
    check(
      (given) => expectedInPlaceOf(words, given) === undefined,
      ({ input }) => expectedInPlaceOf(words, input) ?? '',
    ),
  )
}

const filter = {
  section: optional(label),
  tags: optional(labels),
  authors: optional(names),
  language: optional(language),
}

export const SITE = keyed(
  {
    title: line,
    description: line,
    language,
    timezone: optional(timezone),
    home: fullAddress,
    base: pipe(
      fullAddress,
      regex(
        /^https?:\/\/[^/?#]+\/?$/i,
        'the address of the site, without a path: https://news.example.org',
      ),
      transform(withoutSlash),
    ),
    // RFC 4151: the authority and the date of a tag URI.
    tag: pipe(string(TAG), regex(/^[a-z0-9.-]+\.[a-z]{2,},\d{4}(?:-\d{2}(?:-\d{2})?)?$/, TAG)),
    authors: optional(recordOf(id, author, 'authors by key: {desk: {name: The desk}}'), {}),
    icon: optional(reference),
    logo: optional(reference),
    colours: optional(keyed({ ...colours, dark: optional(keyed(colours)) }), {}),
    navigation: optional(
      array(keyed({ title: line, path: reference }), 'a list of {title, path}'),
      [],
    ),
    copyright: optional(line),
    license: optional(fullAddress),
    feed_length: optional(positiveInteger, 30),
    byte_budget: optional(positiveInteger, 1_000_000),
    ttl: optional(positiveInteger, 300),
    sections: optional(recordOf(label, described, 'titles and descriptions by section'), {}),
    tags: optional(recordOf(label, described, 'titles and descriptions by tag'), {}),
    feeds: optional(
      recordOf(
        id,
        keyed({
          title: line,
          description: optional(line),
          aliases: optional(feedAliases),
          length: optional(positiveInteger),
          archives: optional(boolean(SWITCH), false),
          image_enclosures: optional(boolean(SWITCH), false),
          filter: keyed({ ...filter, not: optional(keyed(filter)) }),
        }),
        'feeds by name, each with a title and a filter',
      ),
      {},
    ),
    aliases: optional(feedAliases),
    archives: optional(boolean(SWITCH), true),
    image_enclosures: optional(boolean(SWITCH), false),
    pages: optional(boolean(SWITCH), true),
    math: optional(boolean(SWITCH), false),
    url: optional(pageTemplate),
    words: optional(
      pipe(
        recordOf(language, wordsOfLanguage, 'words by language: {en: {archive: Back issues}}'),
        check(
          (all) => missingIn(all).length === 0,
          ({ input }) =>
            `all words of a language that edgewire does not speak (missing: ${missingIn(input).join(', ')})`,
        ),
      ),
      {},
    ),
    one_language: optional(boolean(SWITCH), false),
    alt_required_since: optional(day),
  },
  OF_SITES,
)

function missingIn(all: Readonly<Record<string, GivenWords>>): string[] {
  return Object.entries(all).flatMap(([tag, given]) => missingWords(tag, given))
}

/** `base` has no slash at its end; `ttl` is in seconds. */
export type Site = InferOutput<typeof SITE>

/** More than anybody writes by hand. It is read whenever the folder is. */
const SITE_LIMITS: Limits = { length: 2 * 1024 * 1024, lexemes: 200_000 }

/** The site, and where the values of its keys stand in its file. */
export type ReadSite = { readonly site: Site; readonly yaml: Yaml }

/** Reads the YAML of `site.yaml`. */
export function parseSiteYaml(text: string, file: string): Result<Yaml, readonly Problem[]> {
  return parseYaml(text, file, SITE_LIMITS)
}

/** Reads `site.yaml`; `base` replaces the address of the site, for previews. */
export function parseSite(
  text: string,
  file: string,
  base: string | undefined,
): Result<ReadSite, readonly Problem[]> {
  const yaml = parseSiteYaml(text, file)
  if (!yaml.ok) return yaml
  const site = validate(SITE, yaml.value)
  if (!site.ok) return site
  const { value } = site
  return ok({ site: base ? { ...value, base: withoutSlash(base) } : value, yaml: yaml.value })
}

function withoutSlash(address: string): string {
  return address.replace(/\/$/, '')
}
