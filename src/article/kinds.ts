/**
 * The register of kinds of feed: which feeds of a kind an article is in, and what the site says of
 * them. A new kind is a name in `feed-kinds.ts` and an entry here: lists, addresses, routes and
 * descriptions are made of both.
 */

import type { FeedAlias } from './feed-aliases.ts'
import { type FeedKind, FOLDER_KINDS, folderOfKind } from './feed-kinds.ts'
import { type Labelled, matches } from './filter.ts'
import { isSameLanguage, nameOfLanguage } from './language.ts'
import type { Site } from './site.ts'
import { folderNameOf } from './slug.ts'
import type { OwnWords } from './words/en.ts'

/** The words of the site about a feed; where it says nothing, its own hold. */
export type Description = {
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly aliases?: readonly FeedAlias[] | undefined
  readonly language?: string | undefined
  readonly length?: number | undefined
  readonly archives?: boolean | undefined
  readonly image_enclosures?: boolean | undefined
}

/** A feed of a kind, as an article says it. */
type Word = {
  /** The last step of its folder. */
  readonly step: string
  /** The word by which the feed is known. */
  readonly label: string
  /** The word that people read, if it is another one: an author has a key and a name. */
  readonly shown?: string
  /** The path in the front matter that says it. */
  readonly path?: readonly (string | number)[]
}

type Kind = {
  /** The heading above a list of them. */
  readonly title: string
  /** Lists the feeds of the kind that an article is in. */
  readonly wordsOf: (article: Labelled, site: Site) => readonly Word[]
  /** Tells what the site says of a feed. */
  readonly describe: (label: string, site: Site) => Description
  /** Lists the feeds that the site declares, if there are no others: they need no article. */
  readonly declared?: (site: Site) => readonly Word[]
  /** True if the only feed of a kind is the feed of everything, and left out. */
  readonly needsOthers?: true
  /** True if a title says enough without the name of the site. */
  readonly hasOwnTitles?: true
  /** True if entries name the feed as their category. */
  readonly isCategory?: true
}

export const KINDS: { readonly [K in FeedKind]: Kind } = {
  everything: {
    title: 'Everything',
    wordsOf: ({ language }, { title, language: own, one_language: one }) =>
      one && !isSameLanguage(language, own) ? [] : [{ step: '', label: title }],
    describe: (_, { title, description, archives, aliases, image_enclosures }) => ({
      title,
      description,
      archives,
      aliases,
      image_enclosures,
    }),
    declared: ({ title }) => [{ step: '', label: title }],
    hasOwnTitles: true,
  },
  sections: {
    title: 'Sections',
    wordsOf: ({ section: label }, { sections }) =>
      label === undefined
        ? []
        : [{ step: folderStepOf(label, sections), label, path: ['section'] }],
    describe: (label, { sections }) => ownOf(sections, label) ?? {},
    isCategory: true,
  },
  tags: {
    title: 'Tags',
    wordsOf: ({ tags }, site) =>
      tags.map((label, index) => ({
        step: folderStepOf(label, site.tags),
        label,
        path: ['tags', index],
      })),
    describe: (label, { tags }) => ownOf(tags, label) ?? {},
    isCategory: true,
  },
  authors: {
    title: 'Authors',
    // An author of `site.yaml` is known by key: the name may be corrected.
    wordsOf: ({ authors }, site) =>
      authors.map(({ slug: step, name }, index) => {
        const label = Object.hasOwn(site.authors, step) ? step : name
        return { step, label, shown: name, path: ['authors', index] }
      }),
    describe(label, { authors }) {
      const { name: title, aliases = [] } = ownOf(authors, label) ?? {}
      return { title, aliases: title === undefined ? [] : [title, ...aliases] }
    },
  },
  languages: {
    title: 'Languages',
    wordsOf: ({ language }) => [{ step: language.toLowerCase(), label: language }],
    describe: (language, site) => ({
      title: nameOfLanguage(language, site.language),
      language,
    }),
    needsOthers: true,
  },
  feeds: {
    title: 'Feeds',
    wordsOf: (article, { feeds }) =>
      Object.entries(feeds).flatMap(([label, { filter }]) =>
        matches(article, filter) ? [{ step: label, label }] : [],
      ),
    describe: (label, { feeds }) => ownOf(feeds, label) ?? {},
    declared: ({ feeds }) => Object.keys(feeds).map((label) => ({ step: label, label })),
    hasOwnTitles: true,
  },
}

/** Names a kind in the words of a language. */
export function titleOfKind(kind: FeedKind, { kinds }: OwnWords): string {
  return ownOf(kinds, kind) ?? KINDS[kind].title
}

/** In the order in which people are shown them. */
export const FEED_KINDS: readonly FeedKind[] = ['everything', ...FOLDER_KINDS]

/** A feed as an article says it, and where it is. */
export type FeedPlace = Word & {
  readonly kind: FeedKind
  /** The folder of its documents: `/tags/osce/`. */
  readonly name: string
}

/** Lists the feeds of a kind that an article is in. */
export function placesOfKind(kind: FeedKind, article: Labelled, site: Site): FeedPlace[] {
  return KINDS[kind].wordsOf(article, site).map((word) => placeOf(kind, word))
}

/** Lists the feeds of a kind that the site declares; undefined if articles make them. */
export function declaredPlaces(kind: FeedKind, site: Site): FeedPlace[] | undefined {
  return KINDS[kind].declared?.(site).map((word) => placeOf(kind, word))
}

function placeOf(kind: FeedKind, word: Word): FeedPlace {
  const name = folderOfKind(kind) + (word.step === '' ? '' : `${word.step}/`)
  return { ...word, kind, name }
}

/** Names the folder of a label: as the site names it, or as the label does itself. */
function folderStepOf(label: string, described: Site['tags']): string {
  return ownOf(described, label)?.name ?? folderNameOf(label)
}

function ownOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
