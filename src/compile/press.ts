/**
 * The press: a corpus, and what is needed to make objects of it. An article is rendered once, in
 * every format, whatever the number of feeds and editions that it appears in.
 */

import type { Listing, Translation } from '../article/article.ts'
import type { ArticleLink, OwnLink } from '../article/body.ts'
import type { Corpus } from '../article/corpus.ts'
import type { Instant } from '../article/instant.ts'
import type { Media } from '../article/media.ts'
import type { Digest, Platform } from '../article/platform.ts'
import type { Problem } from '../article/problem.ts'
import { isStillSaid, type Unresolved } from '../article/unresolved.ts'
import type { MediaFacts } from '../edition/facts.ts'
import { digestOf, writeObject } from '../edition/object.ts'
import { summaryOf } from '../feed/content.ts'
import { headlineOf } from '../markup/excerpt.ts'
import { renderArticle } from './articles.ts'
import { type CompileCache, inputDigest } from './compile-cache.ts'
import { isNothing, NOTHING_FOUND } from './findings.ts'
import type { Rendition } from './member.ts'
import { type Product, type Rendering, soundProduct } from './product.ts'

/** A rendering, as it is remembered. */
type RememberedRendition = {
  readonly object: Digest
  readonly summary?: string | undefined
  /** The headline of an untitled article. */
  readonly headline?: string | undefined
  readonly files: readonly (readonly [file: string, digest: Digest])[]
  readonly links: readonly (readonly [file: string, link: ArticleLink])[]
  readonly ownLinks: readonly OwnLink[]
  readonly parts: readonly string[]
  readonly unresolved: readonly Unresolved[]
  readonly problems: readonly Problem[]
}

export class Press {
  readonly corpus: Corpus
  readonly cache: CompileCache
  readonly platform: Platform
  readonly #site: Digest
  readonly #listed: ReadonlyMap<string, Listing>
  readonly #rendered = new Map<string, Rendition>()
  /** Files are large, and stay where they are until they are written. */
  readonly #files = new Map<Digest, Media>()

  constructor(corpus: Corpus, cache: CompileCache, platform: Platform) {
    this.corpus = corpus
    this.cache = cache
    this.platform = platform
    this.#site = inputDigest(platform, corpus.site)
    this.#listed = new Map(corpus.articles.map((article) => [article.id, article]))
  }

  /**
   * Renders an article as it stands at an instant: without the addresses of what is not published
   * then.
   */
  render(article: Listing, at: Instant): Rendition {
    const translations = this.#translationsOf(article, at)
    const plain = this.#recall(article, translations, [])
    const hidden = plain.links.map(({ id }) => id).filter((id) => !this.shown(id, at))
    return hidden.length === 0 ? plain : this.#recall(article, translations, hidden)
  }

  /** Returns the object of other inputs: made by `make`, unless it was made before. */
  object(inputs: readonly unknown[], make: () => Rendering): Product {
    const key = inputDigest(this.platform, this.#site, ...inputs)
    const known = this.cache.recall(key)
    if (known && this.cache.sizeOf(known) !== undefined) return soundProduct(known)
    const { malformed = [], ...written } = make()
    const { digest } = written
    this.cache.keep(written)
    // What is malformed is made again, so that it is told again.
    if (malformed.length > 0) return { digest, findings: { problems: [], malformed } }
    this.cache.remember(key, digest)
    return soundProduct(digest)
  }

  /** Names the object of a file. */
  file(media: Media): Product {
    const { name, type, digest } = media
    const facts: MediaFacts = { name, media_type: type }
    const parts = [{ name: 'file', digest }]
    const object = digestOf({ type: 'media', facts, parts }, this.platform)
    this.#files.set(object, media)
    return soundProduct(object)
  }

  /**
   * Returns the bytes of an object that was made here; undefined if its file is not what it was.
   */
  bytesOf(digest: Digest): Uint8Array | undefined {
    const media = this.#files.get(digest)
    if (!media) return this.cache.object(digest)
    const content = media.load()
    if (!content) return undefined
    const facts: MediaFacts = { name: media.name, media_type: media.type }
    return writeObject('media', facts, [{ name: 'file', content }], this.platform).bytes
  }

  /** Estimates how many bytes an object has. */
  sizeOf(digest: Digest): number {
    return this.#files.get(digest)?.size ?? this.cache.sizeOf(digest) ?? 0
  }

  /** Returns the article of an id, if it may be named at an instant. */
  shown(id: string | undefined, at: Instant): Listing | undefined {
    const article = this.#listed.get(id ?? '')
    return article && article.published <= at ? article : undefined
  }

  /** Lists the translations of an article that may be named at an instant. */
  #translationsOf({ id, translations }: Listing, at: Instant): Translation[] {
    return Object.entries(translations).flatMap(([language, other]) => {
      const found = other === id ? undefined : this.shown(other, at)
      return found && !found.retraction ? [{ language, url: found.url }] : []
    })
  }

  #recall(
    article: Listing,
    translations: readonly Translation[],
    hidden: readonly string[],
  ): Rendition {
    const name = JSON.stringify([article.id, translations, hidden])
    const known = this.#rendered.get(name)
    if (known) return known
    const { file, digest } = this.corpus.sourceOf(article)
    const media = article.media.map(({ path }) => path)
    const inputs = [file, digest, article.id, media, translations, hidden]
    const key = inputDigest(this.platform, this.#site, ...inputs)
    const text = this.cache.recall(key)
    const remembered = text === undefined ? undefined : (JSON.parse(text) as RememberedRendition)
    const made =
      (remembered && this.#revive(article, remembered)) ??
      this.#make(article, translations, hidden, key)
    // How grave a finding is depends on more than what was rendered, and is not remembered.
    const problems = this.corpus.judge(article, made.findings.problems)
    const findings = { ...made.findings, problems }
    const rendered = isNothing(findings) ? made : { ...made, findings }
    this.#rendered.set(name, rendered)
    return rendered
  }

  /** Revives a remembered rendering, if everything that it was made from is still the same. */
  #revive(listing: Listing, remembered: RememberedRendition): Rendition | undefined {
    const { object, summary, headline, files, links, ownLinks, parts, problems } = remembered
    const article = underHeadline(listing, headline)
    const references = this.corpus.links
    if (this.cache.sizeOf(object) === undefined) return undefined
    for (const [file, { id, url }] of links) {
      const target = references.articleAt(file)
      if (target?.id !== id || target.url !== url) return undefined
    }
    const { file: source } = this.corpus.sourceOf(listing)
    if (!remembered.unresolved.every((one) => isStillSaid(references, source, one)))
      return undefined
    const media = [...article.media]
    for (const [file, digest] of files) {
      const found = references.mediaAt(file)
      if (found?.digest !== digest) return undefined
      media.push(found)
    }
    const found = links.map(([, link]) => link)
    const findings = problems.length === 0 ? NOTHING_FOUND : { problems, malformed: [] }
    return {
      article,
      object,
      summary,
      media,
      links: found,
      ownLinks,
      parts: new Set(parts),
      findings,
    }
  }

  #make(
    listing: Listing,
    translations: readonly Translation[],
    hidden: readonly string[],
    key: Digest,
  ): Rendition {
    const body = this.corpus.bodyOf(listing, new Set(hidden))
    const headline = listing.isUntitled ? headlineOf(body.markup, listing.language) : undefined
    const article = underHeadline(listing, headline)
    const { markdown, markup, lead, showsImage, html, problems, ownLinks, parts } = body
    // Found once: every format shows it.
    const summary = summaryOf({ ...article, markup, lead })
    const full = {
      ...article,
      translations,
      summary,
      standfirst: article.summary,
      markdown,
      markup,
      showsImage,
      html,
    }
    const { malformed = [], ...written } = renderArticle(full, this.corpus.site, this.platform)
    const findings = { problems, malformed }
    const object = written.digest
    this.cache.keep(written)
    const files = Array.from(body.files, ([file, { digest }]) => [file, digest] as const)
    const links = [...body.links]
    // What is malformed is made again, so that it is told again; what is wrong is remembered.
    if (malformed.length === 0 && problems.every(isLasting)) {
      const remembered: RememberedRendition = {
        object,
        summary,
        headline,
        files,
        links,
        ownLinks,
        parts: [...parts],
        unresolved: [...body.unresolved.values()],
        problems,
      }
      this.cache.remember(key, JSON.stringify(remembered))
    }
    const media = [...article.media, ...body.files.values()]
    const linked = links.map(([, link]) => link)
    return { article, object, summary, media, links: linked, ownLinks, parts, findings }
  }
}

/** Tells whether the same bytes will have a problem again. */
function isLasting({ reason }: Problem): boolean {
  return reason !== 'changed-meanwhile'
}

/** Lists an untitled article under its headline. */
function underHeadline(listing: Listing, headline: string | undefined): Listing {
  return headline === undefined ? listing : { ...listing, title: headline }
}
