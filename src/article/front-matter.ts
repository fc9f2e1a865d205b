/**
 * Front matter: the YAML between two lines `---` at the top of an article, and what it may say.
 *
 * `FRONT_MATTER` is the register of its keys; the table in the README of this room
 * is held against it.
 */

import { boolean, type InferOutput, maxEntries, optional, picklist, pipe } from 'valibot'
import { fail, ok, type Result } from '../markup/result.ts'
import { endsAtComments } from './comments.ts'
import {
  alias,
  alternative,
  dateTime,
  fullAddress,
  guid,
  id,
  label,
  labels,
  language,
  line,
  list,
  MOST_MEMBERS,
  names,
  positiveInteger,
  prose,
  reference,
} from './fields.ts'
import { OF_ARTICLES, OF_ATTACHMENTS, OF_IMAGES } from './foreign-words.ts'
import { openingOf } from './openings.ts'
import type { Problem } from './problem.ts'
import { keyed, recordOf, validate } from './schema.ts'
import { type Limits, parseYaml, type Yaml } from './yaml.ts'
import type { Zone } from './zone.ts'

const image = keyed(
  {
    src: reference,
    alt: optional(alternative),
    credit: optional(line),
    width: optional(positiveInteger),
    height: optional(positiveInteger),
  },
  OF_IMAGES,
)

const attachment = keyed(
  {
    src: reference,
    type: optional(line),
    title: optional(line),
    size: optional(positiveInteger),
    duration: optional(positiveInteger),
  },
  OF_ATTACHMENTS,
)

const translations = pipe(
  recordOf(language, id, 'ids by language: {pl: rozmowy}'),
  maxEntries(MOST_MEMBERS, `at most ${MOST_MEMBERS} of them`),
)

/** Makes the form of front matter; `timezone` is that of the site, in which a day alone is known. */
export function frontMatterIn(timezone: Zone | undefined) {
  const date = dateTime(timezone)
  return keyed(
    {
      title: optional(line),
      published: date,
      id: optional(id),
      guid: optional(guid),
      url: optional(fullAddress),
      updated: optional(date),
      correction: optional(prose),
      summary: optional(line),
      authors: optional(names),
      section: optional(label),
      tags: optional(labels),
      language: optional(language),
      translations: optional(translations),
      image: optional(image),
      attachments: optional(list(attachment, 'a list of attachments, each with src')),
      external_url: optional(fullAddress),
      via: optional(fullAddress),
      aliases: optional(list(alias, 'a list of old ids or paths: [old-story]')),
      copyright: optional(line),
      license: optional(fullAddress),
      status: optional(
        picklist(['published', 'draft', 'retracted'], 'published, draft or retracted'),
      ),
      retracted_at: optional(date),
      reason: optional(line),
      replaced_by: optional(id),
      announce: optional(boolean('true or false')),
      imported: optional(boolean('true or false')),
    },
    OF_ARTICLES,
  )
}

/** The keys of front matter, whatever the zone of the site. */
export const FRONT_MATTER: FrontMatterForm = frontMatterIn(undefined)

export type FrontMatterForm = ReturnType<typeof frontMatterIn>

/** The keys that say something of a retraction, and of nothing else. */
export const RETRACTION_KEYS = ['retracted_at', 'reason', 'replaced_by', 'announce'] as const

export type FrontMatter = InferOutput<FrontMatterForm>

/** A file cut into its front matter, as YAML, and its Markdown. */
export type Cut = {
  readonly yaml: string
  readonly body: string
  /** The line of the file on which the Markdown begins. */
  readonly bodyLine: number
}

/** Cuts the text of an article's file. */
export function cutSource(text: string): Cut | undefined {
  const match = /^\ufeff?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/.exec(text)
  if (!match) return undefined
  const bodyLine = match[0].split('\n').length
  return { yaml: match[1] ?? '', body: text.slice(match[0].length), bodyLine }
}

/** More than anybody writes by hand. It is read whenever the folder is. */
const FRONT_MATTER_LIMITS: Limits = { length: 128 * 1024, lexemes: 20_000 }

/** Finds the places of the keys of an article's front matter. */
export function parseCut({ yaml }: Cut, file: string): Result<Yaml, readonly Problem[]> {
  return parseYaml(yaml, file, FRONT_MATTER_LIMITS, 2)
}

/** Front matter, and what its author may not mean. */
export type ReadFrontMatter = { readonly front: FrontMatter; readonly notes: readonly Problem[] }

/** Reads an article's file into its checked front matter. */
export function parseFrontMatter(
  text: string,
  file: string,
  form: FrontMatterForm = FRONT_MATTER,
): Result<ReadFrontMatter, readonly Problem[]> {
  const cut = cutSource(text)
  if (!cut) return fail([{ file, column: 1, ...openingOf(text, Object.keys(form.entries)) }])
  const yaml = parseCut(cut, file)
  if (!yaml.ok) return yaml
  const front = validate(form, yaml.value)
  const found = [...endsAtComments(yaml.value), ...(front.ok ? [] : front.failure)]
  const notes = found.filter(({ isNote }) => isNote)
  return front.ok && notes.length === found.length ? ok({ front: front.value, notes }) : fail(found)
}
