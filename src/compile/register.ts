/** The register: all feeds of an edition by name, and the words that lead to them. */

import type { RegisteredFeed, RegisterFacts } from '../edition/facts.ts'
import { REGISTER, stepOf, wordOf } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import type { PlannedFeed } from './feed-plans.ts'
import type { Press } from './press.ts'
import type { NamedProduct } from './product.ts'

/** Writes the register. */
export function writeRegister(feeds: readonly PlannedFeed[], press: Press): NamedProduct {
  const facts: RegisterFacts = {
    feeds: feeds.map(({ plan: { name, kind, label, title, aliases } }) => ({
      name,
      kind,
      label,
      title,
      aliases,
    })),
    words: feedWordsOf(feeds),
  }
  const object = press.object(['register', facts], () =>
    writeObject('register', facts, [], press.platform),
  )
  return [REGISTER, object]
}

/**
 * Collects the words that lead to feeds: the name of a folder to that one, whatever others are
 * called.
 */
function feedWordsOf(feeds: readonly PlannedFeed[]): RegisterFacts['words'] {
  const words: Record<string, Record<string, string>> = {}
  const enter = (word: string, { kind, name }: RegisteredFeed): void => {
    words[kind] ??= {}
    if (!Object.hasOwn(words[kind], word)) words[kind][word] = name
  }
  for (const { plan } of feeds) enter(stepOf(plan.name), plan)
  for (const { plan } of feeds)
    for (const word of [plan.label, ...plan.aliases]) enter(wordOf(word), plan)
  return words
}
