/** The register: all feeds of an edition by name, and the words that lead to them. */

import { oldAddressOf } from '../article/old-feed-addresses.ts'
import type { RegisteredFeed, RegisterFacts } from '../edition/facts.ts'
import { aliasName, REGISTER, stepOf, wordOf } from '../edition/names.ts'
import { writeObject } from '../edition/object.ts'
import { FEED_TYPES, type FeedType } from '../feed/feed-types.ts'
import type { PlannedFeed } from './feed-plans.ts'
import type { Press } from './press.ts'
import type { NamedProduct } from './product.ts'

/** Writes the register; old addresses of feeds stand for it, since it says where they lead. */
export function writeRegister(feeds: readonly PlannedFeed[], press: Press): NamedProduct[] {
  const facts: RegisterFacts = {
    feeds: feeds.map(({ plan: { name, kind, label, title, aliases } }) => ({
      name,
      kind,
      label,
      title,
      aliases,
    })),
    words: feedWordsOf(feeds),
    addresses: oldAddressesOf(feeds, press),
  }
  const object = press.object(['register', facts], () =>
    writeObject('register', facts, [], press.platform),
  )
  const old = Object.keys(facts.addresses ?? {}).map(aliasName)
  return [REGISTER, ...old].map((name): NamedProduct => [name, object])
}

/** Finds the documents to which old addresses lead; undefined if there are none. */
function oldAddressesOf(
  feeds: readonly PlannedFeed[],
  { corpus, platform }: Press,
): RegisterFacts['addresses'] {
  const types: Readonly<Record<string, FeedType>> = FEED_TYPES
  const all = feeds.flatMap(({ plan }) =>
    plan.oldAddresses.flatMap((alias) => {
      const old = oldAddressOf(alias, corpus.site, Object.keys(types), platform)
      const type = old && types[old.format]
      return type ? [[old.path, plan.name + type.file] as const] : []
    }),
  )
  return all.length > 0 ? Object.fromEntries(all) : undefined
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
