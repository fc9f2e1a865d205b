/**
 * Keys of other systems: what Jekyll, Hugo, Zola, Astro, Eleventy, Docusaurus, Ghost and exports of
 * WordPress write, and what is meant by it here. They are told and never taken: two systems mean
 * different things by one word.
 */

import type { Problem } from './problem.ts'
import type { Yaml } from './yaml.ts'

/** Keys by the one that is meant, without case, hyphens and underscores. */
const MEANT: Readonly<Record<string, string>> = {
  title: 'headline posttitle',
  published:
    'date pubdate publishdate publishedat publisheddate publishedon dateposted datepublished postdate postdategmt created createdat creationdate',
  updated:
    'lastmod lastmodified lastmodifiedat lastupdate lastupdated modified modifiedat modifieddate updatedat updateddate updatedon dateupdated datemodified postmodified',
  id: 'slug postname',
  url: 'canonical canonicalurl canonicallink',
  summary:
    'description desc excerpt customexcerpt postexcerpt abstract teaser lead intro subtitle metadescription',
  authors: 'author by byline creator dc:creator writer writers',
  section: 'category primarycategory',
  tags: 'categories tag keywords label labels topic topics',
  language: 'lang locale',
  image:
    'cover coverimage thumbnail thumb featuredimage featuredimg featureimage feature hero heroimage banner bannerimage headerimage socialimage ogimage picture photo img images',
  attachments: 'attachment enclosure enclosures audio podcast',
  external_url: 'link linkurl externallink',
  via: 'source sourceurl',
  aliases: 'alias redirectfrom redirects oldurls',
  copyright: 'rights',
  license: 'licence licenseurl',
  status: 'poststatus',
}

const MEANT_BY: ReadonlyMap<string, string> = new Map(
  Object.entries(MEANT).flatMap(([key, words]) => words.split(' ').map((word) => [word, key])),
)

/** Words that are added where the key alone does not say all. */
const REMARKS: Readonly<Record<string, string>> = {
  categories: ' The most important one may be the `section`.',
  image: ' It has `src` and `alt`.',
  attachments: ' They are a list, each with `src`.',
}

const IS_DRAFT = 'an article that is not to be published has `status: draft`'
const AS_RETRACTED = 'what was published is taken back with `status: retracted`. Take it out.'

/** Keys that are no other key with the same value. */
const ADVICE: Readonly<Record<string, (value: unknown) => string>> = {
  draft: (value) =>
    value === false ? `${IS_DRAFT}, any other needs no word. Take it out.` : adviceOfDraft,
  hidden: () => `${IS_DRAFT}. Write that, or take it out.`,
  unlisted: () => `${IS_DRAFT}. Write that, or take it out.`,
  private: () => `${IS_DRAFT}. Write that, or take it out.`,
  publish: () => `${IS_DRAFT}. Write that, or take it out.`,
  ispublished: () => `${IS_DRAFT}. Write that, or take it out.`,
  visibility: () => `${IS_DRAFT}. Write that, or take it out.`,
  permalink: adviceOfAddress,
  oldurl: adviceOfAddress,
  redirectto: () => 'an article that is read elsewhere has `url`. Write that, or take it out.',
  expirydate: () => AS_RETRACTED,
  unpublishdate: () => AS_RETRACTED,
  taxonomies: () => 'here they are `tags`, a list, and `section`. Write those.',
  math: () => 'it is said for the whole site, in site.yaml. Take it out.',
}

const adviceOfDraft = 'write `status: draft` instead.'

function adviceOfAddress(value: unknown): string {
  const path = typeof value === 'string' && /^\/[^\s:{}]*$/.test(value) ? value : '/old/path/'
  return `write \`aliases: [${path}]\`, and that address leads here.`
}

/** Keys of how a page looks, and where it stands: here, all pages are made alike. */
const OF_PAGES = new Set(
  'layout template type kind weight order navorder menu parent series seriesorder toc tocdepth showtoc comments comment disqus sidebar sidebarlabel sidebarposition sidebarsticky pin pinned sticky featured classes cssclass cssclasses bodyclass markup outputs cascade build sitemap robots noindex mermaid katex readingtime readtime showreadingtime hidetitle hidetableofcontents paginationlabel paginationnext paginationprev customediturl eleventyexcludefromcollections eleventynavigation eleventycomputed posttype postformat wordpressid share related searchhidden'.split(
    ' ',
  ),
)

const OF_A_PAGE = 'pages are made alike, and in the order of their dates. Take it out.'

/** A key that is not known here: what is to be done, and the key that has its value, if one has. */
export type Meaning = { readonly advice: string; readonly key?: string }

/** Finds what is meant by a key; `known` are those of here. */
function meaningOf(key: string, value: unknown, known: readonly string[]): Meaning | undefined {
  const word = plain(key)
  const meant = known.find((one) => plain(one) === word) ?? MEANT_BY.get(word)
  if (meant !== undefined) {
    const remark = REMARKS[word] ?? REMARKS[meant] ?? ''
    return { key: meant, advice: `here it is \`${meant}\`. Rename it.${remark}` }
  }
  if (Object.hasOwn(ADVICE, word)) return { advice: ADVICE[word]?.(value) ?? '' }
  return OF_PAGES.has(word) ? { advice: OF_A_PAGE } : undefined
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[-_\s]/g, '')
}

/** YAML without keys of other systems, and what is to be told of each. */
export type Translated = { readonly yaml: Yaml; readonly problems: readonly Problem[] }

/**
 * Puts the values of foreign keys under the keys that are meant, so that they are judged in the
 * same run; each keeps its place.
 */
export function translate(yaml: Yaml, known: readonly string[]): Translated {
  const { value, written, told } = translateKeys(yaml.value, known)
  if (told.length === 0) return { yaml, problems: [] }
  const back = <Path extends readonly (string | number)[]>(path: Path): (string | number)[] => {
    const [first = '', ...rest] = path
    return path.length === 0 ? [] : [written.get(String(first)) ?? first, ...rest]
  }
  const problems = told.map(({ key, advice }) => ({
    ...yaml.placeOfKey([key]),
    reason: 'foreign-key' as const,
    key,
    advice,
  }))
  const places = {
    placeOf: (path: readonly (string | number)[]) => yaml.placeOf(back(path)),
    placeOfKey: (path: readonly (string | number)[]) => yaml.placeOfKey(back(path)),
  }
  return { yaml: { ...yaml, ...places, value }, problems }
}

type TranslatedKeys = {
  readonly value: unknown
  /** Keys as they were written, by those that are meant. */
  readonly written: ReadonlyMap<string, string>
  readonly told: readonly { readonly key: string; readonly advice: string }[]
}

/** Translates the keys of a value; the first of two that mean one is taken. */
export function translateKeys(given: unknown, known: readonly string[]): TranslatedKeys {
  const written = new Map<string, string>()
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { value: given, written, told: [] }
  const told: { key: string; advice: string }[] = []
  const entries = Object.entries(given).flatMap(([key, value]): [string, unknown][] => {
    const meaning = known.includes(key) ? undefined : meaningOf(key, value, known)
    if (!meaning) return [[key, value]]
    const meant = meaning.key
    const isTwice = meant !== undefined && (Object.hasOwn(given, meant) || written.has(meant))
    const twice = `here it is \`${meant}\`, which is there too. Make one of the two.${REMARKS[plain(key)] ?? ''}`
    told.push({ key, advice: isTwice ? twice : meaning.advice })
    if (meant === undefined || isTwice) return []
    written.set(meant, key)
    return [[meant, value]]
  })
  return { value: Object.fromEntries(entries), written, told }
}
