/**
 * Values of YAML that is not right: each key is read by itself. So one run judges the texts of
 * articles too, and what they say of each other; published is none of it.
 */

import { type ObjectEntries, parse, safeParse } from 'valibot'
import { type Cut, type FrontMatter, type FrontMatterForm, parseCut } from './front-matter.ts'
import { momentIn } from './moment.ts'
import { parseSiteYaml, SITE, type Site } from './site.ts'
import type { Yaml } from './yaml.ts'
import { UTC } from './zone.ts'

/** The keys of which nothing is known. */
export type LostKeys = ReadonlySet<string>

export const NOTHING_LOST: LostKeys = new Set()

/** Reads front matter; `cut` is undefined where even that was not found. */
export function salvageFrontMatter(
  cut: Cut | undefined,
  file: string,
  form: FrontMatterForm,
): { readonly front: FrontMatter; readonly lost: LostKeys } {
  const yaml = cut && parseCut(cut, file)
  const { known, lost } = readKeys(form.entries, yaml?.ok ? yaml.value : undefined)
  return { front: { published: UNKNOWN_MOMENT, ...known }, lost }
}

/** Stands for an instant that nobody knows. */
const UNKNOWN_MOMENT = momentIn(UTC, 0)

/** Stands for what nobody knows of a site. */
const UNKNOWN_SITE = parse(SITE, {
  title: '?',
  description: '?',
  language: 'en',
  home: 'https://unknown.example/',
  base: 'https://unknown.example',
  tag: 'unknown.example,2000',
})

/** Reads `site.yaml`; the text is undefined where there is none. */
export function salvageSite(
  text: string | undefined,
  file: string,
): { readonly site: Site; readonly lost: LostKeys; readonly yaml: Yaml } {
  const read = text === undefined ? undefined : parseSiteYaml(text, file)
  const yaml = read?.ok ? read.value : undefined
  const { known, lost } = readKeys(SITE.entries, yaml)
  const top = () => ({ file, line: 1, column: 1 })
  return {
    site: { ...UNKNOWN_SITE, ...known },
    lost,
    yaml: yaml ?? { value: undefined, placeOf: top, placeOfKey: top, ends: () => [] },
  }
}

function readKeys(
  entries: ObjectEntries,
  yaml: Yaml | undefined,
): { readonly known: Readonly<Record<string, unknown>>; readonly lost: LostKeys } {
  const { value } = yaml ?? {}
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const known: Record<string, unknown> = {}
  const lost = new Set<string>()
  for (const [key, form] of Object.entries(entries)) {
    const given = isObject && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
    const read = safeParse(form, given)
    if (!isObject || !read.success) lost.add(key)
    else if (read.output !== undefined) known[key] = read.output
  }
  return { known, lost }
}
