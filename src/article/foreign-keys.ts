/**
 * Keys of other systems, wherever front matter and `site.yaml` have keys: they are answered with the
 * key that is meant here. They are told and never taken: two systems mean different things by one
 * word.
 */

import type { Vocabulary } from './foreign-words.ts'

/** A key that is not known here: what is to be done, and the key that has its value, if one has. */
type Meaning = { readonly advice: string; readonly key?: string }

/** The keys of a form, and what other systems call them. */
export type Keys = { readonly known: readonly string[]; readonly vocabulary: Vocabulary }

/** Finds what is meant by a key. */
function meaningOf(key: string, value: unknown, { known, vocabulary }: Keys): Meaning | undefined {
  const word = plain(key)
  const { meant: words, remarks = {}, advice = {}, needless } = vocabulary
  const meant = known.find((one) => plain(one) === word) ?? keyMeantBy(word, words)
  if (meant !== undefined) {
    const remark = remarks[word] ?? remarks[meant] ?? ''
    return { key: meant, advice: `here it is \`${meant}\`. Rename it.${remark}` }
  }
  if (Object.hasOwn(advice, word)) return { advice: advice[word]?.(value) ?? '' }
  return needless?.words.split(' ').includes(word) ? { advice: needless.why } : undefined
}

function keyMeantBy(word: string, words: Vocabulary['meant']): string | undefined {
  return Object.keys(words).find((key) => words[key]?.split(' ').includes(word))
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[-_\s]/g, '')
}

/** An object with the values of foreign keys under the keys that are meant. */
export type TranslatedKeys = {
  readonly value: unknown
  /** Keys as they were written, by those that are meant. */
  readonly written: ReadonlyMap<string, string>
  readonly told: readonly { readonly key: string; readonly advice: string }[]
}

/** Translates the keys of a value; the first of two that mean one is taken. */
export function translateKeys(given: unknown, keys: Keys): TranslatedKeys {
  const written = new Map<string, string>()
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { value: given, written, told: [] }
  const told: { key: string; advice: string }[] = []
  const entries = Object.entries(given).flatMap(([key, value]): [string, unknown][] => {
    const meaning = keys.known.includes(key) ? undefined : meaningOf(key, value, keys)
    if (!meaning) return [[key, value]]
    const meant = meaning.key
    const isTwice = meant !== undefined && (Object.hasOwn(given, meant) || written.has(meant))
    const twice = `here it is \`${meant}\`, which is there too. Make one of the two.${keys.vocabulary.remarks?.[plain(key)] ?? ''}`
    told.push({ key, advice: isTwice ? twice : meaning.advice })
    if (meant === undefined || isTwice) return []
    written.set(meant, key)
    return [[meant, value]]
  })
  return { value: Object.fromEntries(entries), written, told }
}
