/**
 * edgewire's own words: a file for each language that it speaks, and what `site.yaml` says instead.
 *
 * In `[brackets]` stand the words of a link, in `{braces}` what is filled in.
 */

import type { AlertWords } from '../markup/github.ts'
import { isSameLanguage } from './language.ts'
import { ar } from './words/ar.ts'
import { de } from './words/de.ts'
import { en, type OwnWords } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { ja } from './words/ja.ts'
import { pl } from './words/pl.ts'
import { uk } from './words/uk.ts'
import { zh } from './words/zh.ts'

/** OwnWords that replace others: some of them, or all. */
export type GivenWords = {
  readonly [K in keyof OwnWords]?: OwnWords[K] extends string
    ? string | undefined
    : { readonly [F in keyof OwnWords[K]]?: string | undefined } | undefined
}

/** The languages that edgewire speaks, English first. */
export const LANGUAGES: Readonly<Record<string, OwnWords>> = { en, de, fr, es, pl, uk, ar, zh, ja }

/** OwnWords, and the language that they are in. */
export type Speech = { readonly language: string; readonly words: OwnWords }

/** Finds the words for a text in a language; where there are none, they are English. */
export function wordsIn(
  language: string,
  site: { readonly words: Readonly<Record<string, GivenWords>> },
): Speech {
  const known = nearestOf(language, LANGUAGES)
  const given = nearestOf(language, site.words)
  if (given === undefined && known === undefined) return wordsIn('en', site)
  const words = LANGUAGES[known ?? 'en'] ?? en
  if (given === undefined) return { language: known ?? 'en', words }
  return { language: known ?? given, words: replaced(words, site.words[given] ?? {}) }
}

/** Finds the words above the alerts of a text in a language. */
export function alertWordsIn(
  language: string,
  site: { readonly words: Readonly<Record<string, GivenWords>> },
): AlertWords {
  const { language: own, words } = wordsIn(language, site)
  return {
    language: isSameLanguage(own, language) ? undefined : own,
    words: {
      note: words.alert_note,
      tip: words.alert_tip,
      important: words.alert_important,
      warning: words.alert_warning,
      caution: words.alert_caution,
    },
  }
}

/** Lists the words that are missing of a language that edgewire does not speak: it needs them all. */
export function missingWords(language: string, given: GivenWords): string[] {
  if (nearestOf(language, LANGUAGES) !== undefined) return []
  return Object.keys(en).filter((key) => given[key as keyof OwnWords] === undefined)
}

/** Finds a language in which somebody reads as in theirs: the very one, or the same with less. */
function nearestOf(language: string, table: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.hasOwn(table, language)) return language
  return Object.keys(table).find((one) => isSameLanguage(one, language))
}

function replaced(words: OwnWords, given: GivenWords): OwnWords {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => {
      const own = given[key as keyof OwnWords]
      return [key, typeof value === 'string' ? (own ?? value) : { ...value, ...(own as object) }]
    }),
  ) as OwnWords
}

/**
 * Tells what other words in the place of some have to have, as theirs do: as many parts in brackets,
 * and the same gaps. Undefined: they have it.
 */
export function expectedInPlaceOf(words: string, given: string): string | undefined {
  const links = linksIn(words)
  const gaps = gapsIn(words)
  const fits =
    linksIn(given) === links && [...gaps].sort().join() === [...gapsIn(given)].sort().join()
  if (fits) return undefined
  const link = links === 0 ? 'no [brackets]' : 'one part in [brackets], whose words become the link'
  const named = gaps.size === 0 ? 'no {braces}' : [...gaps].join(' and ')
  return `text with ${link}, and with ${named}, as in \`${words}\``
}

function linksIn(words: string): number {
  return words.match(/\[[^\]]*\]/g)?.length ?? 0
}

function gapsIn(words: string): ReadonlySet<string> {
  return new Set(words.match(/\{\w*\}/g))
}

/** Fills in what stands in braces. */
export function filledIn(words: string, values: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)
}

/** Says how many articles there are. */
export function countOfArticles(count: number, { language, words: { articles } }: Speech): string {
  const form = articles[new Intl.PluralRules(language).select(count)] ?? articles.other
  return filledIn(form, { count: new Intl.NumberFormat(language).format(count) })
}
